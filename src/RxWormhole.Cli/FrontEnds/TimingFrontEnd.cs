using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Text.Json;

namespace RxWormhole.Cli;

/// <summary>Notes when what happened, for <c>--dump-timing</c>, and passes everything on.</summary>
/// <remarks>The file is a list of <c>{name, start, stop, details}</c>, as the Python client writes it, with its names where they mean the same. Unlike its, it holds no messages, and it is written whatever came of it.</remarks>
internal sealed class TimingFrontEnd(IFrontEnd inner, IScheduler clock, Stream file) : IFrontEnd, IDisposable
{
    private readonly Lock gate = new();
    private readonly List<Span> spans = [];
    private Span? stage;
    private Span? moving;

    public void Tell(CliEvent what)
    {
        lock (gate)
            Note(what);
        if (what is CliEvent.Done or CliEvent.Error)
            Save();
        inner.Tell(what);
    }

    public IObservable<string> Ask(Question question) => Timed(question.Name == "accept" ? "permission" : question.Name, inner.Ask(question));

    public IObservable<string> AskText(string prompt) => Timed("input", inner.AskText(prompt));

    public IObservable<string> EnterCode(Wormhole wormhole, CodeRequest request) => Timed("input code", inner.EnterCode(wormhole, request));

    public void Dispose() => (inner as IDisposable)?.Dispose();

    // What the command has done does not depend on it.
    private void Save()
    {
        try
        {
            var text = new MemoryStream();
            Write(text);
            if (file.CanSeek)
                file.SetLength(0);
            file.Write(text.GetBuffer().AsSpan(0, (int)text.Length));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            inner.Tell(new CliEvent.Note($"The times could not be written: {exception.Message}"));
        }
    }

    private void Write(Stream target)
    {
        lock (gate)
        {
            Add("exit", null);
            using var json = new Utf8JsonWriter(target, new JsonWriterOptions { Indented = true });
            json.WriteStartArray();
            foreach (var span in spans)
                span.Write(json);
            json.WriteEndArray();
        }
    }

    private IObservable<string> Timed(string name, IObservable<string> asking) => Observable.Defer(() =>
    {
        Span span;
        lock (gate)
            span = Add(name, "user");
        return asking.Finally(() =>
        {
            lock (gate)
                End(span);
        });
    });

    private void Note(CliEvent what)
    {
        switch (what)
        {
            case CliEvent.Status { Now.Stage: var now }:
                if (stage is { } before && before.Name == now.ToString())
                    break;
                End(stage);
                stage = Add(now.ToString(), null);
                break;
            case CliEvent.Progress { Value.Stage: var now }:
                var name = now switch
                {
                    TransferStage.Waiting => "offer",
                    TransferStage.Connecting => "transit",
                    TransferStage.Moving => "move",
                    TransferStage.Finishing => "get ack",
                    _ => "done",
                };
                if (moving?.Name == name)
                    break;
                End(moving);
                moving = Add(name, null);
                break;
            case CliEvent.Route route:
                Add("transit connected", null).Details = route.Value.ToString();
                break;
            case CliEvent.Code { IsNew: true }:
                Add("code", null);
                break;
        }
    }

    private Span Add(string name, string? waiting)
    {
        var span = new Span(name, clock.Now, waiting);
        spans.Add(span);
        return span;
    }

    private void End(Span? span)
    {
        if (span is not null)
            span.Stop = clock.Now;
    }

    private sealed class Span(string name, DateTimeOffset start, string? waiting)
    {
        internal string Name => name;

        internal DateTimeOffset? Stop { get; set; }

        internal string? Details { get; set; }

        internal void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("start", Unix(start));
            if (Stop is { } stop)
                json.WriteNumber("stop", Unix(stop));
            else
                json.WriteNull("stop");
            json.WriteStartObject("details");
            if (waiting is not null)
                json.WriteString("waiting", waiting);
            if (Details is not null)
                json.WriteString("where", Details);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        private static double Unix(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
    }
}
