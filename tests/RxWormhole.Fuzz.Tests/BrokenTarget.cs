namespace RxWormhole.Fuzz;

/// <summary>A reader with a bug that its author did not think of: a length that is larger than what follows.</summary>
internal sealed class BrokenTarget : FuzzTarget
{
    internal override string Name => "broken";

    internal override IReadOnlyList<string> Words { get; } = ["LEN:"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        if (!input.StartsWith("LEN:"u8) || input.Length < 6)
            return;
        var length = input[4];
        Hold.That(input.Slice(5, length).Length == length, "never seen");
    }
}

/// <summary>A property, a bound of memory or a bound of time that does not hold.</summary>
internal sealed class OnlyTarget(Action<int> run) : FuzzTarget
{
    internal override string Name => "only";

    internal override void Run(ReadOnlySpan<byte> input) => run(input.Count((byte)'!'));
}
