using System.Reactive.Linq;
using System.Text;
using System.Text.Json.Nodes;
using RxWormhole.Protocol;

namespace RxWormhole.Interop.Tests;

/// <summary>(d): the Python server is killed and started again in the middle of a session with the Python client, with its database and without.</summary>
public sealed class ServerRestartTests
{
    private const string AppId = "example.com/restart";

    [TestCase(LinkMode.Push, true)]
    [TestCase(LinkMode.Push, false)]
    [TestCase(LinkMode.Poll, true)]
    [TestCase(LinkMode.Poll, false)]
    public void ServerRestartsAfterThePairing_TheSessionGoesOn(LinkMode mode, bool keepData)
    {
        using var server = new PythonMailbox();
        using var peer = new PythonPeer(AppId, server.Address);
        using var ours = Wormhole.Create(new WormholeOptions { AppId = AppId, Rendezvous = server.Address, Mode = mode });
        peer.Ask(new JsonObject { ["do"] = "set_code", ["code"] = ours.AllocateCode().Get() });
        ours.Send("before").Get();
        Assert.That(Receive(peer), Is.EqualTo("before"));

        server.Kill();
        server.Restart(keepData);
        peer.Ask(new JsonObject { ["do"] = "send", ["hex"] = Convert.ToHexStringLower("theirs"u8) });
        ours.Send("after").Get();
        Assert.That(Receive(peer), Is.EqualTo("after"));
        Assert.That(ours.Receive().Get().Text, Is.EqualTo("theirs"));
        peer.Say(new JsonObject { ["do"] = "close" });
        Assert.That(ours.Close().Get(), Is.EqualTo(new CloseResult(Mood.Happy, true)));
        Assert.That((string)peer.Answer()["closed"]!, Is.EqualTo("happy"));
    }

    [TestCase(LinkMode.Push, true)]
    [TestCase(LinkMode.Push, false)]
    [TestCase(LinkMode.Poll, true)]
    [TestCase(LinkMode.Poll, false)]
    public void ServerRestartsBeforeThePeerComes_TheyMeetAllTheSame(LinkMode mode, bool keepData)
    {
        using var server = new PythonMailbox();
        using var ours = Wormhole.Create(new WormholeOptions { AppId = AppId, Rendezvous = server.Address, Mode = mode });
        var code = ours.AllocateCode().Get();

        // In the database when the mailbox has our pake, so that it may be lost.
        Assert.That(() => server.Count("messages"), Is.EqualTo(1).After(10).Seconds.PollEvery(100));
        if (mode == LinkMode.Push)
            ours.Status.FirstAsync(status => status.Stage == WormholeStage.WaitingForPeer).Get();
        server.Kill();
        server.Restart(keepData);
        Assert.That(() => server.Count("nameplates"), Is.EqualTo(1).After(20).Seconds.PollEvery(100));

        using var peer = new PythonPeer(AppId, server.Address);
        peer.Ask(new JsonObject { ["do"] = "set_code", ["code"] = code });
        Assert.That(ours.Verifier.Get().Hex, Is.EqualTo((string)peer.Ask(new JsonObject { ["do"] = "verifier" })["verifier"]!));
        peer.Say(new JsonObject { ["do"] = "close" });
        Assert.That(ours.Close().Get().Acknowledged, Is.True);
        peer.Answer();
        Assert.That(() => server.Count("mailboxes") + server.Count("nameplates"), Is.Zero.After(10).Seconds.PollEvery(100));
    }

    private static string Receive(PythonPeer peer) =>
        Encoding.UTF8.GetString(Convert.FromHexString((string)peer.Ask(new JsonObject { ["do"] = "receive" })["message"]!));
}
