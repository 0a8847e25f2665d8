using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Text;

namespace RxWormhole.Cli;

/// <summary>Lines of standard input, read when somebody waits for one and not before: what follows may be for another program.</summary>
/// <remarks>A line that nobody waited for any more when it came is the next one's.</remarks>
internal sealed class AnswerLines(Func<Stream> open)
{
    // Longer than any code, key or answer.
    private const int MostBytes = 64 << 10;

    private readonly Lock gate = new();
    private Stream? input;
    private AsyncSubject<string>? pending;

    /// <summary>The next line, without its end.</summary>
    /// <remarks>
    /// value: the line. completion: along with it. error: <see cref="EndOfStreamException"/>, there are no more;
    /// <see cref="FailedException"/>, it is too long or no text. dispose: it is left to whoever asks next.
    /// </remarks>
    internal IObservable<string> Next => Observable.Create<string>(observer => Read().Do(_ => Taken()).Subscribe(observer));

    private AsyncSubject<string> Read()
    {
        lock (gate)
        {
            if (pending is { } before)
                return before;
            var line = pending = new AsyncSubject<string>();
            // Reading blocks, perhaps for ever, and must not keep the process.
            new Thread(() => ReadInto(line)) { IsBackground = true, Name = "standard input" }.Start();
            return line;
        }
    }

    private void Taken()
    {
        lock (gate)
            pending = null;
    }

    private void ReadInto(AsyncSubject<string> line)
    {
        try
        {
            line.OnNext(ReadLine(input ??= open()));
            line.OnCompleted();
        }
        catch (DecoderFallbackException exception)
        {
            line.OnError(new FailedException(NoText("What came from standard input is no UTF-8 text."), exception));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FailedException)
        {
            line.OnError(exception);
        }
    }

    private static Failure NoText(string message) => new(ExitCode.Usage, message, "A line of UTF-8 text is expected there; bytes that are no text are sent with: rxwormhole send -");

    private static string ReadLine(Stream input)
    {
        var line = new List<byte>();
        int next;
        while ((next = input.ReadByte()) is not (-1 or '\n'))
        {
            line.Add((byte)next);
            if (line.Count > MostBytes)
                throw new FailedException(NoText("A line of standard input is too long for a code or an answer."));
        }

        if (next < 0 && line.Count == 0)
            throw new EndOfStreamException("Standard input has ended.");
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. line]).TrimEnd('\r');
    }
}
