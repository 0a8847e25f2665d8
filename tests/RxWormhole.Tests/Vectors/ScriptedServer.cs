using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Text.Json.Nodes;

namespace RxWormhole.Tests;

/// <summary>A server that says what a recorded conversation has it say, and writes down what the client sends.</summary>
internal sealed class ScriptedServer(Accommodations accommodations) : IRendezvousConnector
{
    private readonly List<JsonObject> mailbox = [];
    private IObserver<ReadOnlyMemory<byte>>? link;
    private List<JsonObject> sent = [];

    /// <summary>What was sent on each connection, ended or not.</summary>
    internal List<List<JsonObject>> Connections { get; } = [];

    internal bool IsDialled => link is not null;

    public IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound) =>
        Observable.Create<ReadOnlyMemory<byte>>(observer =>
        {
            link = observer;
            sent = [];
            Connections.Add(sent);
            var list = sent;
            return new CompositeDisposable(
                outbound.Subscribe(frame => OnSent(JsonNode.Parse(frame.Span)!.AsObject())),
                Disposable.Create(() =>
                {
                    if (link == observer)
                        list.Add(new JsonObject { ["(connection)"] = "closed by us" });
                    link = null;
                }));
        });

    internal void Say(JsonNode message)
    {
        if ((string?)message["type"] == "message")
            mailbox.Add(message.DeepClone().AsObject());
        Deliver(message);
    }

    /// <summary>Echoes what the client added last as a phase.</summary>
    internal void Echo(string side, string phase)
    {
        var added = Connections.SelectMany(connection => connection).Last(each => (string?)each["type"] == "add" && (string?)each["phase"] == phase);
        Say(new JsonObject { ["type"] = "message", ["side"] = side, ["phase"] = phase, ["body"] = (string)added["body"]!, ["id"] = null });
    }

    internal void Lose()
    {
        var lost = link;
        link = null;
        lost?.OnError(new LinkException("lost"));
    }

    private void OnSent(JsonObject command)
    {
        sent.Add(command);
        switch ((string?)command["type"])
        {
            // A script knows nothing of pings. Like a real server, this one is done with what came before: it has played back the mailbox.
            case "ping" when accommodations.HasFlag(Accommodations.AnswersPings):
                Deliver(new JsonObject { ["type"] = "pong", ["pong"] = command["ping"]!.DeepClone() });
                break;
            case "open":
                foreach (var message in mailbox.ToArray())
                    Deliver(message);
                break;
            case "close" when accommodations.HasFlag(Accommodations.AnswersLateClose) && sent.Any(each => (string?)each["type"] == "release")
                && !sent.Any(each => (string?)each["type"] == "open"):
                Deliver(new JsonObject { ["type"] = "closed" });
                break;
        }
    }

    private void Deliver(JsonNode message) => link?.OnNext(System.Text.Encoding.UTF8.GetBytes(message.ToJsonString()));
}
