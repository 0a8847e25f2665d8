using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>What a relay is asked for.</summary>
internal sealed class RelayRequestTarget : FuzzTarget
{
    internal override string Name => "relay-request";

    internal override int MostLength => 1024;

    internal override IReadOnlyList<string> Words { get; } = ["please relay ", " for side ", "0123456789abcdef", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        if (!RelayRequest.TryParse(input, out var request))
            return;
        Hold.Same(Encoding.ASCII.GetBytes($"please relay {request.Token}{(request.Side is { } side ? $" for side {side}" : "")}"), input, "a request is all of the line");
        Hold.That(!request.Matches(request) == request.Side is not null, "nobody meets the same side");
        Hold.That(!request.ToString().Contains(request.Token, StringComparison.Ordinal), "a token is not shown");
    }
}
