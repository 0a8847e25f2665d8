using System.Text;

namespace RxWormhole.Cli;

/// <summary>Reads a line of an input that is no terminal, and not a byte more: what follows may be what is sent.</summary>
internal static class InputLine
{
    private const int Longest = 1 << 20;

    /// <exception cref="EndOfStreamException">There is none.</exception>
    /// <exception cref="FailedException">It is endless, or no text.</exception>
    internal static string Read(Stream input)
    {
        var line = new List<byte>();
        int next;
        while ((next = input.ReadByte()) is not (-1 or '\n'))
        {
            if (line.Count == Longest)
                throw new FailedException(ExitCode.Usage, "The line on standard input is too long.");
            line.Add((byte)next);
        }

        if (next == -1 && line.Count == 0)
            throw new EndOfStreamException();
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. line]).TrimEnd('\r');
        }
        catch (DecoderFallbackException)
        {
            throw new FailedException(ExitCode.Usage, "The line on standard input is not valid UTF-8.");
        }
    }
}
