using System.Text;

namespace RxWormhole.Protocol.Tests.Server;

public sealed class MemoryMailboxServerTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private int drawn;

    [Test]
    public void Allocate_GivesTheSameNameplateWhileNobodyElseClaimedIt()
    {
        var server = Server();
        var first = Say(server, Bound(server, "a"), """{"type":"allocate"}""");
        var again = Say(server, Bound(server, "a"), """{"type":"allocate"}""");
        var other = Say(server, Bound(server, "b"), """{"type":"allocate"}""");
        var name = ((ServerMessage.Allocated)first[1]).Nameplate;
        Assert.Multiple(() =>
        {
            Assert.That(again[1], Is.EqualTo(first[1]));
            Assert.That(other[1], Is.Not.EqualTo(first[1]));
            Assert.That(server.Applications["app"].Nameplates, Has.Count.EqualTo(2));
        });

        Say(server, Bound(server, "b"), $$"""{"type":"claim","nameplate":"{{name}}"}""");
        var fresh = Say(server, Bound(server, "a"), """{"type":"allocate"}""");
        Assert.That(fresh[1], Is.Not.EqualTo(first[1]).And.InstanceOf<ServerMessage.Allocated>());
    }

    [Test]
    public void Pruning_SparesWhatIsSubscribedToAndTakesTheNameplateAlong()
    {
        var server = Server();
        var a = Bound(server, "a");
        Claim(server, a, "4");
        var b = Bound(server, "b");
        Say(server, b, $$"""{"type":"open","mailbox":"{{Claim(server, b, "5")}}"}""");

        server.Prune(Start.AddMinutes(11));
        Assert.That(server.Applications["app"].Mailboxes, Has.Count.EqualTo(2), "not over yet");
        server.Prune(Start.AddMinutes(12));
        Assert.That(server.Applications["app"].Nameplates, Is.EqualTo(new[] { "5" }));

        server.Disconnect(b);
        server.Prune(Start.AddMinutes(22));
        Assert.That(server.Applications["app"].Mailboxes, Has.Count.EqualTo(1), "the subscriber's presence was the last touch");
        server.Prune(Start.AddMinutes(24));
        Assert.That(server.Applications["app"].Mailboxes, Is.Empty);
        Assert.That(server.Applications["app"].Nameplates, Is.Empty);
    }

    [Test]
    public void ClaimedNameplate_IsNotGivenOutAsAllocated()
    {
        var server = Server();
        Claim(server, Bound(server, "a"), "4");
        Assert.That(Say(server, Bound(server, "a"), """{"type":"allocate"}""")[1], Is.InstanceOf<ServerMessage.Allocated>().With.Property("Nameplate").Not.EqualTo("4"));
    }

    [Test]
    public void ClosingAnOldMailbox_SparesANameplateThatPointsElsewhereByNow()
    {
        var server = Server();
        var a = Bound(server, "a");
        var old = Claim(server, a, "4");
        Say(server, a, """{"type":"release"}""");
        var mailbox = Claim(server, Bound(server, "b"), "4");
        Assert.That(mailbox, Is.Not.EqualTo(old));

        Say(server, a, $$"""{"type":"close","mailbox":"{{old}}"}""");
        Assert.That(server.Applications["app"].Mailboxes, Is.EqualTo(new[] { mailbox }));
        Assert.That(server.Applications["app"].Nameplates, Is.EqualTo(new[] { "4" }));
    }

    [Test]
    public void MalformedCommands_AreAnsweredByTheirOwnFault()
    {
        var server = Server();
        var (unbound, _) = server.Connect();
        var bound = Bound(server, "a");
        Assert.Multiple(() =>
        {
            Assert.That(Fault(unbound, """{"type":"ping"}"""), Is.EqualTo("ping requires 'ping'"));
            Assert.That(Fault(bound, """{"type":"ping"}"""), Is.EqualTo("ping requires 'ping'"));
            foreach (var type in new[] { "submit-permissions", "submit-permission" })
            {
                Assert.That(Fault(bound, $$"""{"type":"{{type}}"}"""), Is.EqualTo("unknown type"), "a server that requires none does not know them");
                Assert.That(Fault(bound, $$"""{"type":"{{type}}","method":"none"}"""), Is.EqualTo("unknown type"));
            }
        });

        string Fault(int connection, string frame) => ((ServerMessage.Error)Say(server, connection, frame)[1]).Text;
    }

    [Test]
    public void StampWithTheRustClientsDate_OpensTheDoor()
    {
        const string Stamp = "1:0:2026-11-23:r::x:0";
        Assert.That(Hashcash.Check(Stamp, 0, "r"), Is.False, "a date that is none");
        Assert.That(
            Try(new PermissionRequired { Hashcash = new HashcashRequest(0, "r") }, $$"""{"type":"submit-permissions","method":"hashcash","stamp":"{{Stamp}}"}"""),
            Is.Null);
    }

    [Test]
    public void AddAfterTheMailboxIsGone_IsRefused()
    {
        var server = Server();
        var a = Bound(server, "a");
        var mailbox = Claim(server, a, "4");
        Say(server, a, $$"""{"type":"open","mailbox":"{{mailbox}}"}""");
        server.Forget();
        Assert.That(Say(server, a, """{"type":"add","phase":"0","body":"00"}""")[1], Is.InstanceOf<ServerMessage.Error>().With.Property("Text").EqualTo("this mailbox is gone"));
        Assert.That(server.Applications["app"].Mailboxes, Is.Empty);
    }

    [Test]
    public void MailboxIds_AreThirteenCharactersOfBase32()
    {
        var server = Server();
        var ids = Enumerable.Range(1, 9).Select(i => Claim(server, Bound(server, $"s{i}"), $"{i}")).ToArray();
        Assert.That(ids, Is.Unique.And.All.Matches("^[a-z2-7]{13}$"));
    }

    [Test]
    public void RequiredPermission_IsAskedForBeforeBind()
    {
        var request = new HashcashRequest(4, "r");
        new HashcashMint(request, Start, new byte[12]).TrySlice(10_000, out var stamp);
        var required = new PermissionRequired { Hashcash = request };

        Assert.Multiple(() =>
        {
            Assert.That(Try(required), Is.EqualTo("this server requires a permission before bind"));
            Assert.That(Try(required, """{"type":"submit-permissions","method":"none"}"""), Does.Contain("does not take"));
            Assert.That(Try(required, """{"type":"submit-permissions","method":"hashcash","stamp":"1:4:260101:q::x:0"}"""), Does.Contain("not good"));
            Assert.That(Try(required, """{"type":"submit-permissions"}"""), Does.Contain("requires 'method'"));
            Assert.That(Try(required, $$"""{"type":"submit-permissions","method":"hashcash","stamp":"{{stamp}}"}"""), Is.Null);
            Assert.That(Try(required, $$"""{"type":"submit-permission","method":"hashcash","stamp":"{{stamp}}"}"""), Is.Null, "the Rust spelling");
            Assert.That(Try(required with { None = true }), Is.Null);
            Assert.That(Try(required with { None = true }, """{"type":"submit-permissions","method":"none"}"""), Is.Null);
            Assert.That(Try(new PermissionRequired(), """{"type":"submit-permissions","method":"hashcash","stamp":"x"}"""), Does.Contain("does not take"));
        });
    }

    [Test]
    public void RefusedBind_EndsTheConnection()
    {
        var server = new MemoryMailboxServer(new WelcomeInfo { Permission = new PermissionRequired() }, KeepPolicy.Reference);
        var (connection, _) = server.Connect();
        var (_, hangUp) = server.Receive(connection, """{"type":"bind","appid":"app","side":"a"}"""u8, Start, Entropy());
        Assert.That(hangUp, Is.True);
    }

    [Test]
    public void UnknownConnection_IsAnsweredNothing()
    {
        var server = Server();
        var (deliveries, hangUp) = server.Receive(99, "{}"u8, Start, Entropy());
        Assert.That(deliveries, Is.Empty);
        Assert.That(hangUp, Is.False);
    }

    [Test]
    public void Deleting_TakesTheMessagesAlong()
    {
        var store = new MemoryMailboxes();
        var mailbox = new Mailbox("m", null, [], Start, TimeSpan.Zero);
        store.Save(default, new Meeting(null, mailbox));
        store.Append("m", new ServerMessage.Message("a", "0", "00"));
        store.Append("m", new ServerMessage.Message("a", "1", "01"));
        Assert.That(store.Read("m").Select(message => message.Phase), Is.EqualTo(new[] { "0", "1" }));
        store.Save(new Meeting(null, mailbox), default);
        Assert.That(store.Read("m"), Is.Empty);
        Assert.That(store.Mailboxes, Is.Empty);
    }

    [Test]
    public void Restored_IsAsItWasWhenItWasCopied()
    {
        var server = Server();
        var a = Bound(server, "a");
        var nameplate = ((ServerMessage.Allocated)Say(server, a, """{"type":"allocate"}""")[1]).Nameplate;
        var mailbox = Claim(server, a, nameplate);
        Say(server, a, $$"""{"type":"open","mailbox":"{{mailbox}}"}""");
        Say(server, a, """{"type":"add","phase":"0","body":"00"}""");
        var (copy, before) = (server.Copy(), Stored(server));

        Say(server, a, """{"type":"add","phase":"1","body":"0011"}""");
        Claim(server, Bound(server, "b"), "22");
        Say(server, Bound(server, "c"), """{"type":"claim","nameplate":"22"}""");
        var after = Stored(server);
        Say(server, a, """{"type":"release"}""");
        Say(server, a, """{"type":"close"}""");
        Assert.That(Stored(server), Is.Not.EqualTo(after).And.Not.EqualTo(before));

        server.Restore(copy);
        Assert.That(Stored(server), Is.EqualTo(before));
        Assert.That(server.Applications["app"].FindWaiting("a")?.Name, Is.EqualTo(nameplate));
        Assert.That(server.Applications["app"].Expired(Start.AddYears(1)), Is.EqualTo(new[] { mailbox }));
    }

    [Test]
    public void OwnWayToCarryOutOperations_IsTaken()
    {
        var seen = new List<Operation>();
        var server = new MemoryMailboxServer(new WelcomeInfo(), KeepPolicy.Reference, (store, operation, context) =>
        {
            seen.Add(operation);
            return MailboxOperations.Run(store, operation, context);
        });
        Claim(server, Bound(server, "a"), "4");
        Assert.That(seen, Is.EqualTo(new[] { new Operation.Claim("4", null) }));
    }

    private static string[] Stored(MemoryMailboxServer server) =>
    [
        .. server.Applications.SelectMany(each => each.Value.Nameplates.Select(name => $"{name} {each.Value.CountNameplates(name.Length)}")),
        .. server.Applications.SelectMany(each => each.Value.Mailboxes.Select(id =>
            $"{id} {each.Value.FindMailbox(id)!.Sides.Length} {each.Value.Size} {string.Join(' ', each.Value.Read(id).Select(message => message.Phase))}")),
    ];

    // The error that the last of the frames and a bind are answered with, or null.
    private string? Try(PermissionRequired required, params string[] frames)
    {
        var server = new MemoryMailboxServer(new WelcomeInfo { Permission = required }, KeepPolicy.Reference);
        var (connection, _) = server.Connect();
        return frames.Append("""{"type":"bind","appid":"app","side":"a"}""")
            .SelectMany(frame => Say(server, connection, frame)).OfType<ServerMessage.Error>().FirstOrDefault()?.Text;
    }

    private static MemoryMailboxServer Server() => new(new WelcomeInfo(), KeepPolicy.Reference);

    private int Bound(MemoryMailboxServer server, string side)
    {
        var (connection, _) = server.Connect();
        Say(server, connection, $$"""{"type":"bind","appid":"app","side":"{{side}}"}""");
        return connection;
    }

    private string Claim(MemoryMailboxServer server, int connection, string nameplate) =>
        ((ServerMessage.Claimed)Say(server, connection, $$"""{"type":"claim","nameplate":"{{nameplate}}"}""")[1]).Mailbox;

    private ServerMessage[] Say(MemoryMailboxServer server, int connection, string frame) =>
        [.. server.Receive(connection, Encoding.UTF8.GetBytes(frame), Start, Entropy()).Deliveries.Select(delivery => delivery.Message)];

    private byte[] Entropy() => System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(drawn++))[..MemoryMailboxServer.EntropyLength];
}
