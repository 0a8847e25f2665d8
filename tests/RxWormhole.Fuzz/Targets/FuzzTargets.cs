namespace RxWormhole.Fuzz;

/// <summary>All of them.</summary>
internal static class FuzzTargets
{
    internal static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new AnswerLineTarget(),
        new CheckpointTarget(),
        new ClientCommandTarget(),
        new CodeTarget(),
        new ConfigTarget(),
        new HttpAnswerTarget(),
        new HttpPostTarget(),
        new HttpRefusalTarget(),
        new MailboxServerTarget(),
        new NameTarget(),
        new NormalizationTarget(),
        new PakeTarget(),
        new PermissionTarget(),
        new PublicKeyTarget(),
        new RelayHintTarget(),
        new RelayRequestTarget(),
        new SealedBodyTarget(),
        new ServerFrameTarget(),
        new ServerOptionsTarget(),
        new SessionRecordTarget(),
        new ShownTextTarget(),
        new StreamedFolderTarget(),
        new TransferMessageTarget(),
        new TransferRecordTarget(),
        new TransferUriTarget(),
        new TransitHandshakeTarget(),
        new TransitMessageTarget(),
        new TransitRecordTarget(),
        new VersionBodyTarget(),
        new WebSocketFrameTarget(),
        new ZipFolderTarget(),
        new ZipRecordTarget(),
    ];
}
