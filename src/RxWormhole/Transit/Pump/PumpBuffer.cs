namespace RxWormhole;

/// <summary>One of the few buffers that go round in a pump.</summary>
internal sealed class PumpBuffer
{
    /// <summary>What one buffer holds: one record of ours, whole, so that reading one at a time never leaves a part behind.</summary>
    internal const int Size = RecordOutput.RecordBytes + Protocol.RecordSealer.Overhead;

    // Pinned, so that neither sockets nor libsodium have to pin them again and again.
    internal byte[] Bytes { get; set; } = GC.AllocateUninitializedArray<byte>(Size, pinned: true);

    /// <summary>How many bytes at the front count.</summary>
    internal int Length { get; set; }

    internal bool IsLarge => Bytes.Length > Size;

    internal Memory<byte> Filled => Bytes.AsMemory(0, Length);

    internal static PumpBuffer[] Few(int count) => [.. Enumerable.Range(0, count).Select(_ => new PumpBuffer())];
}
