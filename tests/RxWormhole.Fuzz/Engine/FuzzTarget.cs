namespace RxWormhole.Fuzz;

/// <summary>Something that reads bytes from outside, and what must hold whatever the bytes are.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Its name on the command line, and that of its corpus folder.</summary>
    internal abstract string Name { get; }

    /// <summary>Longer inputs are not made.</summary>
    internal virtual int MostLength => 4096;

    /// <summary>What one run may allocate for each byte of input, on top of <see cref="FixedBytes"/>. All readings of a run count, so it is some times what one costs.</summary>
    internal virtual int BytesPerByte => 400;

    /// <summary>What one run may allocate whatever the input.</summary>
    internal virtual int FixedBytes => 128 << 10;

    /// <summary>Words of this format, to be put in where a mutation puts something in.</summary>
    internal virtual IReadOnlyList<string> Words => [];

    /// <summary>Reads the input, and throws where anything is not as it should be. Returning is passing.</summary>
    internal abstract void Run(ReadOnlySpan<byte> input);
}
