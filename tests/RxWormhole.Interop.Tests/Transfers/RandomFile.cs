namespace RxWormhole.Interop.Tests;

/// <summary>Files of random bytes, which no compression makes fewer.</summary>
internal static class RandomFile
{
    private const int Block = 1 << 20;

    internal static void Write(string path, long length)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        var block = new byte[Block];
        for (var left = length; left > 0; left -= Block)
        {
#pragma warning disable CA5394 // What is random here is no secret.
            Random.Shared.NextBytes(block);
#pragma warning restore CA5394
            file.Write(block, 0, (int)Math.Min(left, Block));
        }
    }

    /// <summary>Compares byte for byte.</summary>
    internal static void AssertSame(string expected, string actual)
    {
        using var first = File.OpenRead(expected);
        using var second = File.OpenRead(actual);
        Assert.That(second.Length, Is.EqualTo(first.Length), actual);
        var (these, those) = (new byte[Block], new byte[Block]);
        for (var left = first.Length; left > 0; left -= Block)
        {
            var length = (int)Math.Min(left, Block);
            first.ReadExactly(these, 0, length);
            second.ReadExactly(those, 0, length);
            if (!these.AsSpan(0, length).SequenceEqual(those.AsSpan(0, length)))
                Assert.Fail($"{actual} differs between {first.Length - left} and {first.Length - left + length}.");
        }
    }
}
