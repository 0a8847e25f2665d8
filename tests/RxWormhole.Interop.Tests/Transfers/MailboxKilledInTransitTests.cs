namespace RxWormhole.Interop.Tests;

/// <summary>The mailbox server is killed when all that is left of a transfer goes through the relay, which is a process of its own here.</summary>
public sealed class MailboxKilledInTransitTests
{
    // The file takes some seconds; that it was killed in between is seen, not hoped for.
    private static readonly string[] Slow = ["--set", "Relay:BytesPerSecond=150000"];

    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("rxwormhole-transit-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void BothAreGoClients_TheTransferIsFinished()
    {
        Peer.Need(Peer.William, Peer.Python);
        using var machine = new LoneMachine();
        using var mailbox = new ServeProcess(run: Run);
        using var relay = new ServeProcess(mailbox: "none", relay: "127.0.0.1:4001", metrics: "127.0.0.1:0", options: Slow, run: Run);
        using var servers = new TransferServers(mailbox.Mailbox, relay.Relay);
        var (from, to) = (Directory.CreateDirectory(Path.Combine(folder, "from")).FullName, Directory.CreateDirectory(Path.Combine(folder, "to")).FullName);
        using var sending = machine.Run(Client.Go.Program, Client.Go.Send(servers, TransferWay.Relay, Parcel.File.Pack(from)), Client.Environment, from);
        using var receiving = machine.Run(Client.Go.Program, Client.Go.Receive(servers, TransferWay.Relay, Client.CodeOf(sending)), Client.Environment, to);
        Client.Go.Accept(receiving);
        Assert.That(() => RelayMeter.Read(machine, relay.Metrics), Is.GreaterThan(100_000).After(30).Seconds.PollEvery(50));
        mailbox.Kill();
        Assert.That(RelayMeter.Read(machine, relay.Metrics), Is.LessThan(Parcel.File.Size), "it was not over");
        receiving.WaitForExit();
        sending.WaitForExit();
        Assert.That(receiving.ExitCode, Is.Zero, receiving.Errors);
        Assert.That(sending.ExitCode, Is.Zero, sending.Errors);
        Parcel.File.AssertArrived(from, to, receiving.Output, Client.Go, Client.Go);

        PeerProcess Run(string program, IEnumerable<string> arguments) => machine.Run(program, arguments);
    }
}
