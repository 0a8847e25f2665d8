namespace RxWormhole.Testing;

/// <summary>A request over HTTP: a link of its own, whose frames come all at once, and so do those of the answer.</summary>
/// <remarks>As RxWormhole.Server's MailboxPost does it: the answer is written when everything is carried out and durable, and then the connection is over.</remarks>
internal sealed class VirtualRequest(VirtualRendezvous rendezvous, VirtualClient client, IObserver<ReadOnlyMemory<byte>> answer)
    : VirtualLink(rendezvous, client, answer)
{
    private readonly List<ReadOnlyMemory<byte>> collected = [];
    private volatile bool isAnswered;

    internal override bool MayRepeat => true;

    private protected override string Kind => "request";

    private protected override string? Farewell => null;

    /// <summary>Sends the request.</summary>
    /// <param name="commands">The messages in it.</param>
    /// <param name="length">How many bytes it has.</param>
    internal IDisposable Post(IReadOnlyList<ReadOnlyMemory<byte>> commands, int length) => Begin(() => CarryOut(commands), length);

    internal override void Send(ReadOnlyMemory<byte> frame) => collected.Add(frame);

    internal override void Complete()
    {
        if (isAnswered)
            return;
        isAnswered = true;
        Leave();
        foreach (var frame in collected)
            base.Send(frame);
        base.Complete();
    }

    // Though the client may have given it up: there was nothing to wait for before it could be sent.
    private void CarryOut(IReadOnlyList<ReadOnlyMemory<byte>> commands)
    {
        if (!TryReach())
            return;
        foreach (var command in commands)
        {
            if (isAnswered)
                return;
            Arrive(isFromClient: true, command);
        }

        Finish();
    }
}
