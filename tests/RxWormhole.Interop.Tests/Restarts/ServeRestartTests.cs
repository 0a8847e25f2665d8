using System.Reactive.Linq;
using System.Text;
using System.Text.Json.Nodes;
using RxWormhole.Protocol;

namespace RxWormhole.Interop.Tests;

/// <summary>Our server is killed in the middle of a session of our client with Python's, and started again on its database.</summary>
/// <remarks>The Go client never connects again, whatever server it has (the mailbox protocol, section 2.10), so it cannot take part.</remarks>
[TestFixtureSource(nameof(Links))]
public sealed class ServeRestartTests(OurLink link)
{
    private const string AppId = "example.com/restart";
    private const int Many = 20;

    private ServeDatabase database = null!;
    private ServeProcess server = null!;
    private PythonPeer? peer;

    private static IEnumerable<OurLink> Links => OurLink.All;

    [SetUp]
    public void StartServer()
    {
        database = new ServeDatabase();
        server = new ServeProcess(options: ["--db", database.File]);
    }

    [TearDown]
    public void StopServer()
    {
        peer?.Dispose();
        server?.Dispose();
        database?.Dispose();
    }

    [Test]
    public void KilledBeforeThePeerComes_TheyMeetAllTheSame()
    {
        using var ours = Create();
        var code = ours.AllocateCode().Get();
        Assert.That(() => database.Count("messages"), Is.EqualTo(1).After(10).Seconds.PollEvery(50), "our key exchange message");
        server.Kill();
        server.Restart();
        Pair(ours, code);
        AssertFinishes(ours);
    }

    [Test]
    public void KilledBetweenTwoMessages_TheSessionGoesOn()
    {
        using var ours = Meet();
        ours.Send("before").Get();
        Assert.That(Receive(), Is.EqualTo("before"));
        server.Kill();
        server.Restart();
        Send("theirs");
        ours.Send("after").Get();
        Assert.That(Receive(), Is.EqualTo("after"));
        Assert.That(ours.Receive().Get().Text, Is.EqualTo("theirs"));
        AssertFinishes(ours);
    }

    [Test]
    public void KilledWhileManyMessagesAreUnderWay_EachArrivesOnce()
    {
        using var ours = Meet();
        var numbers = Enumerable.Range(0, Many).ToArray();
        var sends = numbers.Select(i => ours.Send($"ours {i}").Start()).ToArray();
        foreach (var i in numbers)
            Send($"theirs {i}");
        Assert.That(ours.Receive().Get().Text, Is.EqualTo("theirs 0"));
        server.Kill();
        server.Restart();
        Assert.That(numbers.Skip(1).Select(_ => ours.Receive().Get().Text), Is.EqualTo(numbers.Skip(1).Select(i => $"theirs {i}")));
        Assert.That(numbers.Select(_ => Receive()), Is.EqualTo(numbers.Select(i => $"ours {i}")));
        foreach (var send in sends)
            send.Get();
        AssertFinishes(ours);
    }

    // Our client does not wait to close for a server that cannot be reached, so it is there again when both begin to.
    [Test]
    public void KilledBeforeBothClose_BothAreToldThatTheyHave()
    {
        using var ours = Meet();
        server.Kill();
        server.Restart();
        AssertFinishes(ours);
    }

    [Test]
    public void KilledAgainAndAgain_TheSessionGoesOn()
    {
        using var ours = Meet();
        for (var i = 0; i < 3; i++)
        {
            server.Kill();
            var sent = ours.Send($"{i}").Start();
            server.Restart();
            Assert.That(Receive(), Is.EqualTo($"{i}"));
            sent.Get();
        }

        AssertFinishes(ours);
    }

    private Wormhole Create() =>
        Wormhole.Create(new WormholeOptions { AppId = AppId, Rendezvous = server.Mailbox, Mode = link.Mode, Connector = link.Connector });

    private Wormhole Meet()
    {
        var ours = Create();
        Pair(ours, ours.AllocateCode().Get());
        return ours;
    }

    private void Pair(Wormhole ours, string code)
    {
        // Only now: the first connection of the Python client must not fail.
        peer = new PythonPeer(AppId, server.Mailbox);
        peer.Ask(new JsonObject { ["do"] = "set_code", ["code"] = code });
        Assert.That(ours.Verifier.Get().Hex, Is.EqualTo((string)peer.Ask(new JsonObject { ["do"] = "verifier" })["verifier"]!));
    }

    private void AssertFinishes(Wormhole ours)
    {
        peer!.Say(new JsonObject { ["do"] = "close" });
        Assert.That(ours.Close().Get(), Is.EqualTo(new CloseResult(Mood.Happy, true)));
        Assert.That((string)peer!.Answer()["closed"]!, Is.EqualTo("happy"));
        AssertNothingLeft();
    }

    private void AssertNothingLeft() =>
        Assert.That(() => database.Count("nameplates") + database.Count("mailboxes") + database.Count("messages"), Is.Zero.After(10).Seconds.PollEvery(50));

    private void Send(string text) => peer!.Ask(new JsonObject { ["do"] = "send", ["hex"] = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)) });

    private string Receive() => Encoding.UTF8.GetString(Convert.FromHexString((string)peer!.Ask(new JsonObject { ["do"] = "receive" })["message"]!));
}
