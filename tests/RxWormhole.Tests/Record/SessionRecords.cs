using RxWormhole.Protocol;

namespace RxWormhole.Tests.Record;

/// <summary>Records at the stages of a session, and what the server may say about them.</summary>
internal static class SessionRecords
{
    internal const string Ours = "ours";
    internal const string Theirs = "theirs";

    internal static readonly SessionRecord New = new()
    {
        AppId = "example.com/test",
        Server = new Uri("ws://rendezvous.invalid/v1"),
        Side = Ours,
        Scalar = new SecretBytes([1, 2, 3]),
        Started = new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero),
        Limit = null,
    };

    internal static readonly SessionRecord ToAllocate = New with { Words = "a-b" };

    internal static readonly SessionRecord WithNameplate = New with { Nameplate = "4" };

    /// <summary>With a code, and a <c>pake</c> to send.</summary>
    internal static readonly SessionRecord WithCode = WithNameplate with { Code = "4-a-b", Pake = Sealed(Phase.Pake) };

    internal static readonly SessionRecord WithMailbox = WithCode with { IsHeld = true, Mailbox = "mb" };

    /// <summary>Somebody else has opened the exchange, so that we have a <c>version</c> to send.</summary>
    internal static readonly SessionRecord WithPeer = WithMailbox with
    {
        Pake = Echoed(Phase.Pake),
        Version = Sealed(Phase.Version),
        IsReleased = true,
        IsPeerThere = true,
        PeerSide = Theirs,
        PeerPake = Body(Phase.Pake),
    };

    internal static readonly SessionRecord Paired = WithPeer with { Version = Echoed(Phase.Version), IsConfirmed = true };

    internal static OwnPhase Waiting(string phase) => new(phase, Body(phase), IsSealed: false);

    internal static OwnPhase Sealed(string phase) => new(phase, Body(phase), IsSealed: true);

    internal static OwnPhase Offered(string phase) => Sealed(phase) with { IsOffered = true };

    internal static OwnPhase Echoed(string phase) => Offered(phase) with { IsEchoed = true };

    /// <summary>A message of ours, as the server plays it back.</summary>
    internal static ServerMessage Echo(string phase) => new ServerMessage.Message(Ours, phase, Hex(phase));

    /// <summary>A message of the other side.</summary>
    internal static ServerMessage Peer(string phase) => new ServerMessage.Message(Theirs, phase, Hex(phase));

    internal static ServerMessage Error(string command, string text = "no") => new ServerMessage.Error(text, $$"""{"type":"{{command}}"}""");

    internal static byte[] Body(string phase) => System.Text.Encoding.ASCII.GetBytes($"body of {phase}");

    internal static string Hex(string phase) => Convert.ToHexStringLower(Body(phase));
}
