namespace RxWormhole.Interop.Tests.Faults;

/// <summary>A byte of a stream, found while the stream passes.</summary>
public abstract record Spot
{
    /// <summary>A function that gets one byte after the other, and says when it is the one.</summary>
    internal abstract Func<byte, bool> Finder();
}

/// <summary>The byte at an offset.</summary>
public sealed record AtOffset(long Offset) : Spot
{
    internal override Func<byte, bool> Finder()
    {
        var left = Offset;
        return _ => left-- == 0;
    }

    public override string ToString() => $"byte {Offset}";
}

/// <summary>A byte of a frame, or of the head of the request or answer, which is frame 0.</summary>
public sealed record InFrame(int Frame, Place Place) : Spot
{
    internal override Func<byte, bool> Finder()
    {
        var map = new WireMap();
        return next =>
        {
            map.Feed(next);
            return map.Frame == Frame && Place switch
            {
                Place.First => map.At == 0,
                Place.Second => map.At == 1,
                Place.Mask => map is { HasMask: true, PayloadAt: -4 },
                Place.Payload => map.PayloadAt == 0,
                Place.Middle => map.At == (Frame == 0 ? 60 : map.Length / 2),
                _ => map.IsLast,
            };
        };
    }

    public override string ToString() => $"{Place} of frame {Frame}";
}

/// <summary>Where in a frame.</summary>
public enum Place
{
    /// <summary>Its first byte: between two frames, for a cut.</summary>
    First,

    /// <summary>Its second byte, which has its length and whether it is masked.</summary>
    Second,

    /// <summary>The first byte of its mask, with which every fourth byte of what it says is another one.</summary>
    Mask,

    /// <summary>The first byte of what it says.</summary>
    Payload,

    /// <summary>A byte in the middle.</summary>
    Middle,

    /// <summary>Its last byte.</summary>
    Last,
}

/// <summary>The byte behind a text, masked or not; spaces do not count.</summary>
/// <param name="Text">The text.</param>
/// <param name="Occurrence">Which of several, from 1.</param>
/// <param name="IsDigit">Whether the next decimal digit is meant; with its lowest bit flipped it is another one.</param>
public sealed record Behind(string Text, int Occurrence = 1, bool IsDigit = false) : Spot
{
    internal override Func<byte, bool> Finder()
    {
        var map = new WireMap();
        var seen = new System.Text.StringBuilder();
        var left = Occurrence;
        var isHit = false;
        return next =>
        {
            map.Feed(next);
            if (map.Plain is null or (byte)' ')
                return false;
            if (left == 0)
                return IsHit();
            var isBehind = seen.Length >= Text.Length && seen.ToString(seen.Length - Text.Length, Text.Length) == Text;
            seen.Append((char)map.Plain);
            return isBehind && --left == 0 && IsHit();

            bool IsHit()
            {
                if (isHit || (IsDigit && map.Plain is not (>= (byte)'0' and <= (byte)'9')))
                    return false;
                return isHit = true;
            }
        };
    }

    public override string ToString() => $"the byte behind {Text}{(Occurrence == 1 ? "" : $" no. {Occurrence}")}";
}
