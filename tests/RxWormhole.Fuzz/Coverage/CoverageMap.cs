using System.Runtime.InteropServices;

namespace RxWormhole.Fuzz;

/// <summary>What the instrumented assemblies write down while they run: how often each step from one place to the next was taken.</summary>
internal sealed unsafe class CoverageMap
{
    private const int Size = 1 << 16;

    // As long as the process.
    private static readonly byte* Memory = (byte*)NativeMemory.AllocZeroed(Size);

    private readonly byte* memory = Memory;

    // For each step, the orders of magnitude in which it was seen.
    private readonly byte[] seen = new byte[Size];

    private CoverageMap()
    {
    }

    /// <summary>How many steps were seen at all.</summary>
    internal int Steps { get; private set; }

    /// <summary>A map that knows nothing yet. Before instrumented code runs for the first time there must be one.</summary>
    internal static CoverageMap Attach()
    {
        SharpFuzz.Common.Trace.SharedMem = Memory;
        return new CoverageMap();
    }

    /// <summary>Before a run.</summary>
    internal void Clear()
    {
        new Span<byte>(memory, Size).Clear();
        SharpFuzz.Common.Trace.PrevLocation = 0;
    }

    /// <summary>Whether the run took a step that none had taken, or took one some times more often than all before.</summary>
    internal bool IsNew()
    {
        var isNew = false;
        var map = new ReadOnlySpan<byte>(memory, Size);
        for (int at = 0, next; (next = map[at..].IndexOfAnyExcept((byte)0)) >= 0; at++)
        {
            at += next;
            var magnitude = Magnitude(map[at]);
            if ((seen[at] & magnitude) == 0)
            {
                isNew = true;
                if (seen[at] == 0)
                    Steps++;
                seen[at] |= magnitude;
            }
        }

        return isNew;
    }

    /// <summary>The steps of the run, however often each was taken.</summary>
    internal List<int> Taken()
    {
        var taken = new List<int>();
        for (var at = 0; at < Size; at++)
        {
            if (memory[at] != 0)
                taken.Add(at);
        }

        return taken;
    }

    // 1, 2, 3, 4 to 7, 8 to 15, 16 to 31, 32 to 127, more: the usual ones.
    private static byte Magnitude(byte count) => count switch
    {
        1 => 1, 2 => 2, 3 => 4, < 8 => 8, < 16 => 16, < 32 => 32, < 128 => 64, _ => 128,
    };
}
