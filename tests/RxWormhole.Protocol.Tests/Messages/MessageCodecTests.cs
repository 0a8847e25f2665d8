using System.Text;
using System.Text.Json.Nodes;

namespace RxWormhole.Protocol.Tests.Messages;

public sealed class MessageCodecTests
{
    private static IEnumerable<TestCaseData> ClientMessages()
    {
        yield return new(new ClientMessage.Bind("a", "b", null), """{"type":"bind","appid":"a","side":"b"}""");
        yield return new(
            new ClientMessage.Bind("a", "b", new ClientVersion("rxwormhole", "1")),
            """{"type":"bind","appid":"a","side":"b","client_version":["rxwormhole","1"]}""");
        yield return new(new ClientMessage.List { Id = "x\"y" }, """{"type":"list","id":"x\"y"}""");
        yield return new(new ClientMessage.Allocate(), """{"type":"allocate"}""");
        yield return new(new ClientMessage.Claim("4"), """{"type":"claim","nameplate":"4"}""");
        yield return new(new ClientMessage.Claim("4", 600), """{"type":"claim","nameplate":"4","keep":600}""");
        yield return new(new ClientMessage.Release("4"), """{"type":"release","nameplate":"4"}""");
        yield return new(new ClientMessage.Release(null), """{"type":"release"}""");
        yield return new(new ClientMessage.Open("m"), """{"type":"open","mailbox":"m"}""");
        yield return new(new ClientMessage.Open("m", 7), """{"type":"open","mailbox":"m","keep":7}""");
        yield return new(new ClientMessage.Add("pake", "00ff"), """{"type":"add","phase":"pake","body":"00ff"}""");
        yield return new(new ClientMessage.Close("m", "happy"), """{"type":"close","mailbox":"m","mood":"happy"}""");
        yield return new(new ClientMessage.Close(null, null), """{"type":"close"}""");
        yield return new(new ClientMessage.Ping("[1,{\"a\":null}]"), """{"type":"ping","ping":[1,{"a":null}]}""");
        yield return new(new ClientMessage.Ping("7"), """{"type":"ping","ping":7}""");
        yield return new(new ClientMessage.Ping("null"), """{"type":"ping","ping":null}""");
        yield return new(new ClientMessage.SubmitPermissions("none", null), """{"type":"submit-permissions","method":"none"}""");
        yield return new(
            new ClientMessage.SubmitPermissions("hashcash", "1:0"),
            """{"type":"submit-permissions","method":"hashcash","stamp":"1:0"}""");
    }

    private static IEnumerable<TestCaseData> ServerMessages()
    {
        yield return new(new ServerMessage.Ack("null"), """{"type":"ack","id":null}""");
        yield return new(new ServerMessage.Ack("\"x\""), """{"type":"ack","id":"x"}""");
        yield return new(new ServerMessage.Ack("[1]"), """{"type":"ack","id":[1]}""");
        yield return new(new ServerMessage.Allocated("4") { ServerTx = 1.5 }, """{"type":"allocated","nameplate":"4","server_tx":1.5}""");
        yield return new(new ServerMessage.Claimed("m"), """{"type":"claimed","mailbox":"m"}""");
        yield return new(new ServerMessage.Released(), """{"type":"released"}""");
        yield return new(
            new ServerMessage.Message("s", "0", "00", "\"i\"", 2.25),
            """{"type":"message","side":"s","phase":"0","body":"00","id":"i","server_rx":2.25}""");
        yield return new(new ServerMessage.Closed(), """{"type":"closed"}""");
        yield return new(new ServerMessage.Pong("{\"a\":1}"), """{"type":"pong","pong":{"a":1}}""");
        yield return new(new ServerMessage.Pong("null"), """{"type":"pong","pong":null}""");
        yield return new(new ServerMessage.Error("crowded", "{\"type\":\"claim\"}"), """{"type":"error","error":"crowded","orig":{"type":"claim"}}""");
        yield return new(new ServerMessage.Unknown("new"), """{"type":"new"}""");
    }

    [TestCaseSource(nameof(ClientMessages))]
    public void ClientMessage_IsWrittenAndReadBack(ClientMessage message, string json)
    {
        var frame = MessageCodec.Write(message);
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(frame), JsonNode.Parse(json)), Is.True, Encoding.UTF8.GetString(frame));

        var command = MessageCodec.ReadCommand(frame);
        Assert.Multiple(() =>
        {
            Assert.That(command.Fault, Is.Null);
            Assert.That(command.Message! with { Id = message.Id }, Is.EqualTo(message));
            Assert.That(command.Type, Is.EqualTo((string)JsonNode.Parse(json)!["type"]!));
            Assert.That(command.Original, Is.EqualTo(Encoding.UTF8.GetString(frame)));
            Assert.That(command.Id, Is.EqualTo(JsonNode.Parse(json)!["id"]?.ToJsonString() ?? "null").Or.EqualTo("\"x\\\"y\""));
        });
    }

    [TestCaseSource(nameof(ServerMessages))]
    public void ServerMessage_IsWrittenAndReadBack(ServerMessage message, string json)
    {
        var frame = MessageCodec.Write(message);
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(frame), JsonNode.Parse(json)), Is.True, Encoding.UTF8.GetString(frame));
        Assert.That(MessageCodec.TryRead(frame, out var read, out var reason), Is.True, reason);
        Assert.That(read! with { ServerTx = message.ServerTx }, Is.EqualTo(message));
    }

    [Test]
    public void Nameplates_AreObjectsOnTheWire()
    {
        var frame = MessageCodec.Write(new ServerMessage.Nameplates(["1", "12"]));
        Assert.That(Encoding.UTF8.GetString(frame), Does.Contain("""[{"id":"1"},{"id":"12"}]"""));
        Assert.That(Read("""{"type":"nameplates","nameplates":[{"id":"7"},{"id":"99","extra":1}]}"""),
            Is.InstanceOf<ServerMessage.Nameplates>().With.Property("Names").EqualTo(new[] { "7", "99" }));
    }

    [Test]
    public void Welcome_IsTakenApartAndKeptWhole()
    {
        var welcome = (ServerMessage.Welcome)Read("""
            {"type":"welcome","welcome":{"motd":"hi","error":"no","current_cli_version":"0.1","mailbox-keep-seconds":86400,"new-key":[1],
             "permission-required":{"none":{},"hashcash":{"bits":6,"resource":"r"},"later":1,"off":null}}}
            """);
        Assert.Multiple(() =>
        {
            Assert.That(welcome.Info.Motd, Is.EqualTo("hi"));
            Assert.That(welcome.Info.Error, Is.EqualTo("no"));
            Assert.That(welcome.Info.CurrentCliVersion, Is.EqualTo("0.1"));
            Assert.That(welcome.Info.MailboxKeepSeconds, Is.EqualTo(86400));
            Assert.That(welcome.Info.Permission!.None, Is.True);
            Assert.That(welcome.Info.Permission.Hashcash, Is.EqualTo(new HashcashRequest(6, "r")));
            Assert.That(welcome.Info.Permission.Methods, Is.EqualTo(new[] { "none", "hashcash", "later" }));
            Assert.That(JsonNode.Parse(welcome.Info.Json)!["new-key"]!.ToJsonString(), Is.EqualTo("[1]"));
        });

        var again = MessageCodec.Write(welcome);
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(again)!["welcome"], JsonNode.Parse(welcome.Info.Json)), Is.True);
    }

    [TestCase("""{"motd":1,"error":{},"current_cli_version":[],"mailbox-keep-seconds":"x","permission-required":null}""")]
    [TestCase("""{"mailbox-keep-seconds":0}""")]
    [TestCase("""{"mailbox-keep-seconds":-5}""")]
    [TestCase("""{"mailbox-keep-seconds":99999999999}""")]
    [TestCase("""{"mailbox-keep-seconds":1.5}""")]
    public void WelcomeKeysOfWrongTypes_CountAsMissing(string json)
    {
        var info = ((ServerMessage.Welcome)Read($$"""{"type":"welcome","welcome":{{json}}}""")).Info;
        Assert.That(info with { Json = "{}" }, Is.EqualTo(new WelcomeInfo()));
    }

    [TestCase("""{"hashcash":{"bits":161,"resource":"r"}}""")]
    [TestCase("""{"hashcash":{"bits":-1,"resource":"r"}}""")]
    [TestCase("""{"hashcash":{"bits":"6","resource":"r"}}""")]
    [TestCase("""{"hashcash":{"bits":6,"resource":"a:b"}}""")]
    [TestCase("""{"hashcash":{"bits":6}}""")]
    [TestCase("""{"hashcash":6,"none":null}""")]
    public void PermissionThatCannotBeShown_IsNotOffered(string json)
    {
        var permission = ((ServerMessage.Welcome)Read($$$"""{"type":"welcome","welcome":{"permission-required":{{{json}}}}}""")).Info.Permission!;
        Assert.That((permission.None, permission.Hashcash), Is.EqualTo((false, (HashcashRequest?)null)));
    }

    [TestCase("", "JSON")]
    [TestCase("{nope", "JSON")]
    [TestCase("[1]", "JSON")]
    [TestCase("null", "JSON")]
    [TestCase("\"welcome\"", "JSON")]
    [TestCase("{}", "type")]
    [TestCase("""{"type":5}""", "type")]
    [TestCase("""{"type":null}""", "type")]
    [TestCase("""{"type":"claimed"}""", "claimed")]
    [TestCase("""{"type":"claimed","mailbox":5}""", "claimed")]
    [TestCase("""{"type":"allocated","nameplate":null}""", "allocated")]
    [TestCase("""{"type":"message","side":"a","phase":"0"}""", "message")]
    [TestCase("""{"type":"message","side":"a","phase":0,"body":"00"}""", "message")]
    [TestCase("""{"type":"message","side":{},"phase":"0","body":"00"}""", "message")]
    [TestCase("""{"type":"nameplates","nameplates":{"id":"4"}}""", "nameplates")]
    [TestCase("""{"type":"nameplates","nameplates":[{"id":4}]}""", "nameplates")]
    [TestCase("""{"type":"welcome","welcome":[]}""", "welcome")]
    [TestCase("""{"type":"pong"}""", "pong")]
    [TestCase("""{"type":"error","error":5}""", "error")]
    public void MalformedServerMessage_IsNamedInTheReason(string json, string part)
    {
        Assert.That(MessageCodec.TryRead(Encoding.UTF8.GetBytes(json), out var message, out var reason), Is.False);
        Assert.That(message, Is.Null);
        Assert.That(reason, Does.Contain(part));
    }

    // JSON has no infinity to write it with.
    [Test]
    public void TimeBeyondAllNumbers_IsNone() =>
        Assert.That(Read("""{"type":"message","side":"a","phase":"0","body":"00","server_rx":1e400}"""), Is.EqualTo(new ServerMessage.Message("a", "0", "00")));

    [TestCase("""{"type":"brand-new","nameplates":5,"id":{},"server_tx":"x","welcome":7,"orig":[]}""")]
    [TestCase("""{"type":"released","mailbox":{},"side":[],"server_rx":{},"more":{"a":[]}}""")]
    [TestCase("""{"type":"released","type":"released"}""")]
    public void WrongTypesWhereNothingDependsOnThem_ArePassedOver(string json) => Assert.That(Read(json), Is.Not.Null);

    [TestCase("", null, "JSON")]
    [TestCase("{nope", null, "JSON")]
    [TestCase("[1]", null, "JSON")]
    [TestCase("{}", null, "missing 'type'")]
    [TestCase("""{"type":5}""", null, "'type' must be text")]
    [TestCase("""{"type":"no-such-type"}""", "no-such-type", "unknown type")]
    [TestCase("""{"type":"bind","side":"s"}""", "bind", "bind requires 'appid'")]
    [TestCase("""{"type":"bind","appid":"a"}""", "bind", "bind requires 'side'")]
    [TestCase("""{"type":"bind","appid":5,"side":"s"}""", "bind", "'appid' must be text")]
    [TestCase("""{"type":"bind","appid":"a","side":null}""", "bind", "'side' must be text")]
    [TestCase("""{"type":"claim"}""", "claim", "claim requires 'nameplate'")]
    [TestCase("""{"type":"claim","nameplate":4}""", "claim", "'nameplate' must be text")]
    [TestCase("""{"type":"claim","nameplate":"four"}""", "claim", "'nameplate' must be 1 to 40 digits")]
    [TestCase("""{"type":"claim","nameplate":"11111111111111111111111111111111111111111"}""", "claim", "'nameplate' must be 1 to 40 digits")]
    [TestCase("""{"type":"release","nameplate":4}""", "release", "'nameplate' must be text")]
    [TestCase("""{"type":"open"}""", "open", "open requires 'mailbox'")]
    [TestCase("""{"type":"open","mailbox":[]}""", "open", "'mailbox' must be text")]
    [TestCase("""{"type":"add","body":"00"}""", "add", "missing 'phase'")]
    [TestCase("""{"type":"add","phase":"0"}""", "add", "missing 'body'")]
    [TestCase("""{"type":"add","phase":{},"body":"00"}""", "add", "'phase' must be text")]
    [TestCase("""{"type":"add","phase":"0","body":5}""", "add", "'body' must be text")]
    [TestCase("""{"type":"close","mailbox":5}""", "close", "'mailbox' must be text")]
    [TestCase("""{"type":"close","mood":[]}""", "close", "'mood' must be text")]
    [TestCase("""{"type":"ping"}""", "ping", "ping requires 'ping'")]
    [TestCase("""{"type":"submit-permissions"}""", "submit-permissions", "submit-permissions requires 'method'")]
    [TestCase("""{"type":"submit-permissions","method":"hashcash","stamp":5}""", "submit-permissions", "'stamp' must be text")]
    public void MalformedCommand_KeepsItsTypeAndSaysWhatIsWrong(string json, string? type, string fault)
    {
        var command = MessageCodec.ReadCommand(Encoding.UTF8.GetBytes(json));
        Assert.Multiple(() =>
        {
            Assert.That(command.Message, Is.Null);
            Assert.That(command.Type, Is.EqualTo(type));
            Assert.That(command.Fault, Does.Contain(fault));
            Assert.That(command.Original, Is.EqualTo(fault == "JSON" ? "null" : json));
        });
    }

    [Test]
    public void RustSpellingOfPermissions_IsUnderstood() =>
        Assert.That(
            MessageCodec.ReadCommand("""{"type":"submit-permission","method":"hashcash","stamp":"x"}"""u8).Message,
            Is.EqualTo(new ClientMessage.SubmitPermissions("hashcash", "x")));

    [TestCase("""{"type":"bind","appid":"a","side":"b","client_version":null}""")]
    [TestCase("""{"type":"bind","appid":"a","side":"b","client_version":["x"]}""")]
    [TestCase("""{"type":"bind","appid":"a","side":"b","client_version":[1,2]}""")]
    [TestCase("""{"type":"bind","appid":"a","side":"b","client_version":"python"}""")]
    public void OddClientVersion_CountsAsNone(string json) =>
        Assert.That(MessageCodec.ReadCommand(Encoding.UTF8.GetBytes(json)).Message, Is.EqualTo(new ClientMessage.Bind("a", "b", null)));

    [TestCase("null", null)]
    [TestCase("0", null)]
    [TestCase("5.0", 5)]
    [TestCase("99999999999", int.MaxValue)]
    [TestCase("1e99", int.MaxValue)]
    public void Keep_IsWhatWasAskedForAsFarAsThereIsSuchANumber(string keep, int? seconds) =>
        Assert.That(
            MessageCodec.ReadCommand(Encoding.UTF8.GetBytes($$"""{"type":"open","mailbox":"m","keep":{{keep}}}""")).Message,
            Is.EqualTo(new ClientMessage.Open("m", seconds)));

    [TestCase("-1")]
    [TestCase("1.5")]
    [TestCase("1e999")]
    [TestCase("\"5\"")]
    [TestCase("{}")]
    public void WrongKeepAndSince_AreFaults(string number)
    {
        Assert.That(Fault($$"""{"type":"open","mailbox":"m","keep":{{number}}}"""), Does.Contain("'keep' must be a whole number"));
        Assert.That(Fault($$"""{"type":"open","mailbox":"m","since":{{number}}}"""), Does.Contain("'since' must be a whole number"));
        Assert.That(Fault($$"""{"type":"claim","nameplate":"4","keep":{{number}}}"""), Does.Contain("'keep' must be a whole number"));
    }

    [TestCase("""{"type":"bind","appid":"*","side":"b"}""", "appid")]
    [TestCase("""{"type":"bind","appid":"a","side":"*"}""", "side")]
    [TestCase("""{"type":"open","mailbox":"*"}""", "mailbox")]
    [TestCase("""{"type":"add","phase":"*","body":""}""", "phase")]
    [TestCase("""{"type":"close","mailbox":"m","mood":"*"}""", "mood")]
    [TestCase("""{"type":"list","id":"*"}""", "id")]
    public void WhatIsKeptOfACommandBesidesItsBody_HasALimit(string json, string key)
    {
        Assert.That(Fault(json.Replace("*", new string('x', 254), StringComparison.Ordinal)), Is.Null);
        Assert.That(Fault(json.Replace("*", new string('x', 257), StringComparison.Ordinal)), Is.EqualTo($"'{key}' must have at most 256 characters"));
    }

    [TestCase("id")]
    [TestCase("ping")]
    public void HalfASurrogatePair_IsNotPassedOn(string key) =>
        Assert.That(Fault($$"""{"type":"ping","ping":1,"{{key}}":"\ud800"}"""), Is.EqualTo("a message must be a JSON object"));

    private static string? Fault(string json) => MessageCodec.ReadCommand(Encoding.UTF8.GetBytes(json)).Fault;

    [TestCase("""{"type":"ack","id":null,"server_tx":null}""", null)]
    [TestCase("""{"type":"released","id":null,"welcome":null,"nameplates":null,"nameplate":null,"mailbox":null,"side":null,"phase":null,"body":null,"error":null,"orig":null,"server_rx":null}""", null)]
    [TestCase("""{"type":"claimed","mailbox":null}""", "lacks")]
    [TestCase("""{"type":"nameplates","nameplates":null}""", "lacks")]
    [TestCase("""{"type":"welcome","welcome":null}""", "lacks")]
    [TestCase("""{"type":null}""", "without a type")]
    public void NullOfTheServer_IsAValueThatIsMissing(string frame, string? fault)
    {
        Assert.That(MessageCodec.TryRead(Encoding.UTF8.GetBytes(frame), out _, out var reason), Is.EqualTo(fault is null));
        Assert.That(reason, fault is null ? Is.Null : Does.Contain(fault));
    }

    [TestCase("""{"type":"claim","nameplate":"4","keep":null,"id":null}""", null)]
    [TestCase("""{"type":"bind","appid":"a","side":"b","client_version":null}""", null)]
    [TestCase("""{"type":"bind","appid":null,"side":"b"}""", "'appid' must be text")]
    [TestCase("""{"type":"submit-permissions","method":null}""", "'method' must be text")]
    [TestCase("""{"type":"submit-permissions","method":1}""", "'method' must be text")]
    public void NullOfAClient_IsNoText(string frame, string? fault) =>
        Assert.That(MessageCodec.ReadCommand(Encoding.UTF8.GetBytes(frame)).Fault, Is.EqualTo(fault));

    [Test]
    public void FrameThatIsNoJson_HasANullForItsIdAndItself()
    {
        var command = MessageCodec.ReadCommand("{"u8);
        Assert.That((command.Type, command.Id, command.Original, command.Message), Is.EqualTo(((string?)null, "null", "null", (ClientMessage?)null)));
    }

    [Test]
    public void HostileBytes_GiveAReasonAndThrowNothing()
    {
        byte[][] hostile =
        [
            [0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d],
            Encoding.UTF8.GetBytes("""{"type":"\ud800"}"""),
            Encoding.UTF8.GetBytes("""{"type":"add","phase":"\udc00","body":"00"}"""),
            [.. """{"type":"open","mailbox":" """u8, 0xC3, 0x28, .. "\"}"u8],
            Encoding.UTF8.GetBytes("""{"type":"ping","ping":""" + new string('[', 200_000)),
            Encoding.UTF8.GetBytes("""{"welcome":""" + string.Concat(Enumerable.Repeat("{\"a\":", 200_000))),
            Encoding.UTF8.GetBytes("""{"type":"pong","pong":1}{}"""),
            [0xEF, 0xBB, 0xBF, 0x7b, 0x7d],
            [0x00],
        ];
        foreach (var frame in hostile)
        {
            Assert.That(MessageCodec.TryRead(frame, out _, out var reason), Is.False);
            Assert.That(reason, Is.Not.Null);
            Assert.That(MessageCodec.ReadCommand(frame), Has.Property("Message").Null.And.Property("Fault").Not.Null);
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 3000)]
    public void AnyBytes_AreReadWithoutThrowing(byte[] noise)
    {
        MessageCodec.TryRead(noise, out _, out _);
        MessageCodec.ReadCommand(noise);
    }

    [FsCheck.NUnit.Property(MaxTest = 3000)]
    public void GoodFrameWithBytesChanged_IsReadWithoutThrowing(int position, byte replacement)
    {
        var frame = """{"type":"message","side":"a","phase":"0","body":"00ff","id":null,"server_rx":1.5,"orig":[{"id":"x"}]}"""u8.ToArray();
        frame[Math.Abs(position % frame.Length)] = replacement;
        MessageCodec.TryRead(frame, out _, out _);
        MessageCodec.ReadCommand(frame);
    }

    private static ServerMessage Read(string json)
    {
        Assert.That(MessageCodec.TryRead(Encoding.UTF8.GetBytes(json), out var message, out var reason), Is.True, reason);
        return message!;
    }
}
