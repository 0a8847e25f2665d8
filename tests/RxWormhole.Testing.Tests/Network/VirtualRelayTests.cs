using System.Text.Json.Nodes;
using RxWormhole.Tests;
using RxWormhole.Tests.Transit;

namespace RxWormhole.Testing.Tests;

/// <summary>What the reference relay was seen to do, asked of the virtual one.</summary>
public sealed class VirtualRelayTests : NetworkFixture
{
    private static IEnumerable<TestCaseData> Cases() => Vectors.Cases("transit-relay.json");

    [TestCaseSource(nameof(Cases))]
    public void Vector_IsAnswered(JsonNode vector)
    {
        var relay = Network.AddRelay("relay.example");
        var ends = new SortedDictionary<string, RawEnd>(StringComparer.Ordinal);
        var heard = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var step in vector["steps"]!.AsArray())
        {
            var name = step!["connection"].Text();
            if (!ends.TryGetValue(name, out var end))
            {
                ends.Add(name, end = Dial(Network.Host(name), relay.Hint.Ways[0]));
                Advance(1);
            }

            if ((string?)step["event"] == "closes")
                end.Connection!.Dispose();
            else
                end.Say(step["sends"].Text());
            Advance(1);
            var effects = step["effects"]!.AsObject();
            if (vector["note"] is not null && effects.Count > 1)
            {
                Assert.That(new[] { ends["a"].Heard, ends["a2"].Heard }, Is.EquivalentTo(new[] { "ok\n", "" }));
                Assert.That(ends["b"].Heard, Is.EqualTo("ok\n"));
                return;
            }

            foreach (var (other, each) in ends)
            {
                var effect = effects[other];
                Assert.That(each.Heard[heard.GetValueOrDefault(other)..], Is.EqualTo((string?)effect?["receives"] ?? ""), $"{other} after {step.ToJsonString()}");
                if (effect?["closed_by_relay"] is not null)
                    Assert.That(each.ClosedAt, Is.Not.Null, other);
                heard[other] = each.Heard.Length;
            }
        }
    }

    [Test]
    public void OneByTcpAndOneByWebSocket_MeetAndAreCounted()
    {
        var relay = Network.AddRelay("relay.example", 4002);
        var (a, b) = (Dial(Alice, relay.Hint.Ways[0]), Dial(Bob, relay.WebSocketHint.Ways[0]));
        Advance(1);
        a.Say($"please relay {new string('0', 64)} for side {new string('1', 16)}\n");
        Advance(1);
        Assert.That(relay.Waiting, Is.EqualTo(1));
        b.Say($"please relay {new string('0', 64)} for side {new string('2', 16)}\n");
        Advance(1);
        a.Say("hello");
        Advance(1);
        Assert.Multiple(() =>
        {
            Assert.That(b.Heard, Is.EqualTo("ok\nhello"));
            Assert.That((relay.Pairs, relay.Waiting, relay.Bytes), Is.EqualTo((1, 0, 5L)));
        });
    }

    [Test]
    public void StoppedAndStarted_ConnectionsAreCutAndNewOnesRefusedMeanwhile()
    {
        var relay = Network.AddRelay("relay.example");
        var before = Dial(Alice, relay.Hint.Ways[0]);
        Advance(1);
        relay.Stop();
        var during = Dial(Alice, relay.Hint.Ways[0]);
        Advance(1);
        relay.Start();
        relay.Start();
        var after = Dial(Alice, relay.Hint.Ways[0]);
        Advance(1);
        Assert.That(before.ClosedAt, Is.Not.Null);
        Assert.That(during.Refusal, Is.Not.Null);
        Assert.That(after.Connection, Is.Not.Null);
    }

    [Test]
    public void SilentRelay_TakesEverythingAndSaysNothing()
    {
        var relay = Network.AddRelay("relay.example");
        relay.IsSilent = true;
        var end = Dial(Alice, relay.Hint.Ways[0]);
        Advance(1);
        end.Say("GET / HTTP/1.0\n");
        Advance(100);
        Assert.That((end.Heard, end.ClosedAt), Is.EqualTo(("", (double?)null)));
    }

    [Test]
    public void OneOfAPairIsSlow_TheOtherWaits()
    {
        MakeNetwork(new VirtualNetworkOptions { Window = 64 * 1024 });
        var relay = Network.AddRelay("relay.example");
        Bob.Faults = new NetworkFaults { BytesPerSecond = 50_000 };
        var (a, b) = (Dial(Alice, relay.Hint.Ways[0]), Dial(Bob, relay.Hint.Ways[0]));
        Advance(1);
        a.Say($"please relay {new string('0', 64)} for side {new string('1', 16)}\n");
        b.Say($"please relay {new string('0', 64)} for side {new string('2', 16)}\n");
        Advance(1);
        var writing = a.Connection!.WriteAsync(new byte[1_000_000]).AsTask();
        Advance(10);
        Assert.That(writing.IsCompleted, Is.False);
        Assert.That(b.Heard.Length, Is.EqualTo(500_000).Within(70_000));
        Advance(100);
        Assert.That(b.Heard.Length, Is.EqualTo(1_000_003));
    }
}
