using System.Reactive.Linq;
using System.Text;
using System.Text.Json;

namespace RxWormhole.Cli.Tests.Transfers;

/// <summary>Notes what it is told, in both forms, and answers as it was told beforehand.</summary>
internal sealed class ScriptedFrontEnd : IFrontEnd
{
    private readonly SortedDictionary<string, IObservable<string>> answers = new(StringComparer.Ordinal);

    internal List<CliEvent> Events { get; } = [];

    /// <summary>The same as lines of JSON, and the questions.</summary>
    internal List<string> Lines { get; } = [];

    internal List<Question> Questions { get; } = [];

    internal Failure? Failure => Events.OfType<CliEvent.Error>().SingleOrDefault()?.Failure;

    internal CliEvent.Done? Done => Events.OfType<CliEvent.Done>().SingleOrDefault();

    internal string? Code => Events.OfType<CliEvent.Code>().SingleOrDefault()?.Text;

    /// <summary>Answers a question, by its name, or a prompt; <see cref="Observable.Never{T}()"/> lets it wait.</summary>
    internal ScriptedFrontEnd Answer(string name, IObservable<string> answer)
    {
        answers[name] = answer;
        return this;
    }

    internal ScriptedFrontEnd Answer(string name, string answer) => Answer(name, Observable.Return(answer));

    public void Tell(CliEvent what)
    {
        Events.Add(what);
        Note(json => EventJson.Write(json, what));
    }

    public IObservable<string> Ask(Question question) => Observable.Defer(() =>
    {
        Questions.Add(question);
        Note(json => EventJson.Write(json, question));
        return Find(question.Name);
    });

    public IObservable<string> AskText(string prompt) => Observable.Defer(() =>
    {
        Note(json => EventJson.WriteInput(json, prompt));
        return Find(prompt);
    });

    public IObservable<string> EnterCode(Wormhole wormhole, CodeRequest request) => AskText("code").SelectMany(wormhole.SetCode);

    // As where standard input has ended.
    private IObservable<string> Find(string name) =>
        answers.TryGetValue(name, out var answer) ? answer : Observable.Throw<string>(new EndOfStreamException("Nobody answers."));

    private void Note(Action<Utf8JsonWriter> write)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
            write(json);
        Lines.Add(Encoding.UTF8.GetString(text.ToArray()));
    }
}
