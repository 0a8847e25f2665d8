using System.Buffers;
using System.Reactive.Linq;
using System.Text.Json;

namespace RxWormhole.Cli;

/// <summary>Tells a program: one event a line, as JSON. It answers questions with a line of its own. docs/json-events.md describes both.</summary>
/// <param name="output">Where events go.</param>
/// <param name="lines">Where answers come from.</param>
internal sealed class JsonFrontEnd(Stream output, AnswerLines lines) : IFrontEnd
{
    private const int MostTries = 3;

    private readonly Lock gate = new();
    private readonly ArrayBufferWriter<byte> buffer = new();

    public void Tell(CliEvent what) => Write(json => EventJson.Write(json, what));

    public IObservable<string> Ask(Question question) => Ask(question, MostTries);

    public IObservable<string> AskText(string prompt) => Observable.Defer(() =>
    {
        Write(json => EventJson.WriteInput(json, prompt));
        return lines.Next;
    });

    public IObservable<string> EnterCode(Wormhole wormhole, CodeRequest request) =>
        AskText("code").SelectMany(typed => wormhole.SetCode(GivenCode.Read(typed, request.Sends, request.Server).Text));

    private IObservable<string> Ask(Question question, int tries) =>
        from line in Observable.Defer(() =>
        {
            Write(json => EventJson.Write(json, question));
            return lines.Next;
        })
        from answer in question.Choices.Any(choice => choice.Word == line.Trim()) ? Observable.Return(line.Trim())
            : tries > 1 ? Ask(question, tries - 1)
            : Observable.Throw<string>(new FailedException(ExitCode.Usage, "None of the answers was one of the choices.", "Answer with a line that is one of the question's choices."))
        select answer;

    private void Write(Action<Utf8JsonWriter> write)
    {
        lock (gate)
        {
            buffer.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(buffer))
                write(json);
            buffer.Write("\n"u8);
            try
            {
                output.Write(buffer.WrittenSpan);
                output.Flush();
            }
            catch (IOException)
            {
                // Nobody reads any more. What was begun is done all the same; the exit code tells how it went.
            }
        }
    }
}
