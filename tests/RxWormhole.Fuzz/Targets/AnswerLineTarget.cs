using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using RxWormhole.Cli;

namespace RxWormhole.Fuzz;

/// <summary>Answers to questions, line by line on standard input.</summary>
internal sealed class AnswerLineTarget : FuzzTarget
{
    // Each line is read by a thread of its own.
    private const int MostLines = 8;

    internal override string Name => "answer-line";

    internal override void Run(ReadOnlySpan<byte> input)
    {
        using var stream = new MemoryStream(input.ToArray(), writable: false);
        var lines = new AnswerLines(() => stream);
        try
        {
            for (var i = 0; i < MostLines; i++)
            {
                var line = lines.Next.Take(1).ToTask().GetAwaiter().GetResult();
                Hold.That(!line.Contains('\n', StringComparison.Ordinal) && !line.EndsWith('\r'), "a line is one line");
            }
        }
        catch (EndOfStreamException)
        {
            Hold.That(stream.Position == stream.Length, "the end is the end");
        }
        catch (FailedException exception)
        {
            Hold.That(exception.Failure is { Kind: ExitCode.Usage, Message.Length: > 0 }, "what failed says why");
        }
    }
}
