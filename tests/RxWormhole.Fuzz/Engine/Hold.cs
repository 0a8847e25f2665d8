using System.Diagnostics.CodeAnalysis;

namespace RxWormhole.Fuzz;

/// <summary>A property that does not hold.</summary>
internal sealed class PropertyException(string property) : Exception(property);

/// <summary>Properties of targets. What is said of one names it: a smaller input that breaks the same property has the same fault.</summary>
internal static class Hold
{
    internal static void That([DoesNotReturnIf(false)] bool condition, string property)
    {
        if (!condition)
            throw new PropertyException(property);
    }

    internal static void Same(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, string property) => That(one.SequenceEqual(other), property);

    internal static void Same(byte[] one, byte[] other, string property) => Same(one.AsSpan(), other, property);

    internal static void Same<T>(T one, T other, string property) => That(EqualityComparer<T>.Default.Equals(one, other), property);
}
