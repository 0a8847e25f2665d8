using RxWormhole.Protocol;
using RxWormhole.Server;

namespace RxWormhole.Fuzz;

/// <summary>The body of a request to a mailbox server over HTTP.</summary>
internal sealed class HttpPostTarget : FuzzTarget
{
    internal override string Name => "http-post";

    internal override IReadOnlyList<string> Words { get; } = [.. ClientCommandTarget.Keys, "[", "]", "[{\"type\":\"list\"},", "}]"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var body = input.ToArray();
        if (PostBody.Split(body) is not { } commands)
            return;
        var at = 0;
        foreach (var command in commands)
        {
            var (start, length) = command.GetOffsetAndLength(body.Length);
            Hold.That(start > at && length > 0, "commands are one behind the other");
            at = start + length;
            var read = MessageCodec.ReadCommand(body.AsSpan(command));
            Hold.That((read.Message is null) != (read.Fault is null), "either a message or a fault");
        }
    }
}
