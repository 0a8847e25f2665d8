using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace RxWormhole;

/// <summary>One of the few buffers that go round in a pump.</summary>
/// <remarks>Their memory outlives the link, because it lies where the collector seldom looks: a few are kept, wiped, for the links to come.</remarks>
internal sealed class PumpBuffer
{
    /// <summary>What one buffer holds: one record of ours, whole, so that reading one at a time never leaves a part behind.</summary>
    internal const int Size = RecordOutput.RecordBytes + Protocol.RecordSealer.Overhead;

    private const int MostKept = 16;

    private static readonly ConcurrentQueue<byte[]> Kept = new();

    private byte[] bytes = Rent();

    internal byte[] Bytes
    {
        get => bytes;
        set => bytes = value;
    }

    /// <summary>How many bytes at the front count.</summary>
    internal int Length { get; set; }

    internal bool IsLarge => Bytes.Length > Size;

    internal Memory<byte> Filled => Bytes.AsMemory(0, Length);

    internal static PumpBuffer[] Few(int count) => [.. Enumerable.Range(0, count).Select(_ => new PumpBuffer())];

    /// <summary>Gives the memory back, when nothing of the link runs any more. Does nothing the second time, whichever threads find the link at rest at once.</summary>
    internal void Return()
    {
        var given = Interlocked.Exchange(ref bytes, []);
        Length = 0;
        if (given.Length != Size || Kept.Count >= MostKept)
            return;
        CryptographicOperations.ZeroMemory(given);
        Kept.Enqueue(given);
    }

    // Pinned, so that neither sockets nor libsodium have to pin them again and again.
    private static byte[] Rent() => Kept.TryDequeue(out var kept) ? kept : GC.AllocateUninitializedArray<byte>(Size, pinned: true);
}
