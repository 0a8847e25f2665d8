using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RxWormhole.Testing;

/// <summary>Choices for tests that are the same in every run and on every machine: those of one seed and name follow from each other, those of others have nothing in common with them.</summary>
public sealed class Dice
{
    private ulong state;

    /// <summary>Makes one.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="name">Any text: what the choices are about.</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public Dice(int seed, string name = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed} {name}")), hash);
        state = BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>Chooses a number from 0 up to but not including a bound.</summary>
    /// <param name="bound">More than zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is less than one.</exception>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)(((Draw() >> 32) * (ulong)bound) >> 32);
    }

    /// <summary>Chooses a number of a range, both ends included.</summary>
    /// <param name="least">The least.</param>
    /// <param name="most">The most, not less than that.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty, or too large to have a length.</exception>
    public int Between(int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        return (int)(least + Length((long)most - least, nameof(most)));
    }

    /// <summary>Chooses a time of a range, to the millisecond.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest, not shorter than that, by 24 days at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty, or too large.</exception>
    public TimeSpan Between(TimeSpan least, TimeSpan most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        var milliseconds = ((Int128)most.Ticks - least.Ticks) / TimeSpan.TicksPerMillisecond;
        return least + TimeSpan.FromMilliseconds(Length((long)milliseconds, nameof(most)));
    }

    /// <summary>Says yes in so many of a hundred cases.</summary>
    /// <param name="percent">From 0, never, to 100, always.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 0 or more than 100.</exception>
    public bool Chance(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        return Next(100) < percent;
    }

    /// <summary>Chooses one of several.</summary>
    /// <param name="choices">At least one.</param>
    /// <exception cref="ArgumentNullException">The choices are null.</exception>
    /// <exception cref="ArgumentException">There are none.</exception>
    public T Pick<T>(IReadOnlyList<T> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        if (choices.Count == 0)
            throw new ArgumentException("There is nothing to choose from.", nameof(choices));
        return choices[Next(choices.Count)];
    }

    private int Length(long length, string name)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(length, int.MaxValue, name);
        return Next((int)length + 1);
    }

    // SplitMix64.
    private ulong Draw()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
