using System.Reactive.Linq;
using System.Text;
using System.Text.Json.Nodes;
using RxWormhole.Protocol;

namespace RxWormhole.Interop.Tests;

/// <summary>(a) and (e): our library and a script on the Python client's API, through the Python server, push and poll.</summary>
[TestFixture(LinkMode.Push)]
[TestFixture(LinkMode.Poll)]
public sealed class PythonApiTests(LinkMode mode)
{
    private const string AppId = "example.com/interop";

    private PythonMailbox server = null!;

    [OneTimeSetUp]
    public void StartServer() => server = new PythonMailbox();

    [OneTimeTearDown]
    public void StopServer() => server?.Dispose();

    private WormholeOptions Options => new()
    {
        AppId = AppId,
        Rendezvous = server.Address,
        Mode = mode,
        AppVersions = AppVersions.Parse("""{"ours": [1, 2]}"""),
    };

    [TestCase(true)]
    [TestCase(false)]
    public void Everything_GoesBothWays(bool weAllocate)
    {
        using var peer = new PythonPeer(AppId, server.Address, """{"theirs": "é"}""");
        using var ours = Wormhole.Create(Options);
        if (weAllocate)
        {
            var code = ours.AllocateCode(3).Get();
            Assert.That(code.Split('-'), Has.Length.EqualTo(4));
            peer.Ask(new JsonObject { ["do"] = "set_code", ["code"] = code });
        }
        else
        {
            ours.SetCode((string)peer.Ask(new JsonObject { ["do"] = "allocate" })["code"]!).Get();
        }

        Assert.That(ours.Verifier.Get().Hex, Is.EqualTo((string)peer.Ask(new JsonObject { ["do"] = "verifier" })["verifier"]!));
        Assert.That(ours.Versions.Get(), Is.EqualTo(AppVersions.Parse("""{"theirs": "é"}""")));
        Assert.That(peer.Ask(new JsonObject { ["do"] = "versions" })["versions"]!.ToJsonString(), Is.EqualTo("""{"ours":[1,2]}"""));
        Assert.That(
            Convert.ToHexStringLower(ours.DeriveKey("purpose é", 40).Get()),
            Is.EqualTo((string)peer.Ask(new JsonObject { ["do"] = "derive", ["purpose"] = "purpose é", ["length"] = 40 })["key"]!));

        var sends = Enumerable.Range(0, 5).Select(i => ours.Send($"ours {i}").Start()).ToArray();
        for (var i = 0; i < 5; i++)
        {
            peer.Ask(new JsonObject { ["do"] = "send", ["hex"] = Hex($"theirs {i}") });
            Assert.That(Text(peer.Ask(new JsonObject { ["do"] = "receive" })["message"]), Is.EqualTo($"ours {i}"));
        }

        Assert.That(sends.Select(send => send.Get()), Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
        for (var i = 0; i < 5; i++)
            Assert.That(ours.Receive().Get().Text, Is.EqualTo($"theirs {i}"));

        peer.Say(new JsonObject { ["do"] = "close" });
        Assert.That(ours.Close().Get(), Is.EqualTo(new CloseResult(Mood.Happy, true)));
        Assert.That((string)peer.Answer()["closed"]!, Is.EqualTo("happy"));
        AssertNothingLeft();
    }

    [Test]
    public void LargeMessage_GoesBothWays()
    {
        using var peer = new PythonPeer(AppId, server.Address);
        using var ours = Wormhole.Create(Options);
        var large = Convert.ToHexStringLower(Enumerable.Range(0, 1 << 20).Select(i => (byte)(i * 7)).ToArray());
        peer.Ask(new JsonObject { ["do"] = "set_code", ["code"] = ours.AllocateCode().Get() });
        peer.Ask(new JsonObject { ["do"] = "send", ["hex"] = large });
        ours.Send(Convert.FromHexString(large));
        Assert.That(Convert.ToHexStringLower(ours.Receive().Get().Bytes.Span), Is.EqualTo(large));
        Assert.That((string)peer.Ask(new JsonObject { ["do"] = "receive" })["message"]!, Is.EqualTo(large));
        peer.Say(new JsonObject { ["do"] = "close" });
        ours.Close().Get();
        peer.Answer();
        AssertNothingLeft();
    }

    [Test]
    public void WrongCode_IsNoticedOnBothSides()
    {
        using var peer = new PythonPeer(AppId, server.Address);
        using var ours = Wormhole.Create(Options);
        var code = ours.AllocateCode().Get();
        peer.Say(new JsonObject { ["do"] = "set_code", ["code"] = code + "-wrong" });
        peer.Answer();
        peer.Say(new JsonObject { ["do"] = "verifier" });
        Assert.That(() => ours.Verifier.Get(), Throws.InstanceOf<WrongCodeException>());
        Assert.That((string)peer.Answer()["error"]!, Is.EqualTo("WrongPasswordError"));
        peer.Ask(new JsonObject { ["do"] = "close" });
        Assert.That(ours.Close().Get(), Is.EqualTo(new CloseResult(Mood.Scary, true)));
        AssertNothingLeft();
    }

    [Test]
    public void HumanMadeCodeOutsideAscii_IsTheSamePassword()
    {
        using var peer = new PythonPeer(AppId, server.Address);
        using var ours = Wormhole.Create(Options);
        ours.SetCode("91-cre\u0300me-🙈").Get();
        peer.Ask(new JsonObject { ["do"] = "set_code", ["code"] = "91-cr\u00e8me-🙈" });
        Assert.That(ours.Verifier.Get().Hex, Is.EqualTo((string)peer.Ask(new JsonObject { ["do"] = "verifier" })["verifier"]!));
        peer.Say(new JsonObject { ["do"] = "close" });
        ours.Close().Get();
        peer.Answer();
        AssertNothingLeft();
    }

    // The server deletes a mailbox when the last side has closed it; the Python client may be the last.
    private void AssertNothingLeft()
    {
        Assert.That(() => server.Count("nameplates") + server.Count("mailboxes"), Is.Zero.After(10).Seconds.PollEvery(200));
    }

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));

    private static string Text(JsonNode? hex) => Encoding.UTF8.GetString(Convert.FromHexString((string)hex!));
}
