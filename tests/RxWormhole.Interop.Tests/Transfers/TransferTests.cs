namespace RxWormhole.Interop.Tests;

/// <summary>The command line clients among themselves and with each other, through our mailbox server and our relay.</summary>
public sealed class TransferTests
{
    private LoneMachine machine = null!;
    private ServeProcess server = null!;
    private string folder = null!;

    [OneTimeSetUp]
    public void StartServer()
    {
        Peer.Need(Peer.Wormhole, Peer.William, Peer.Python);
        machine = new LoneMachine();
        server = new ServeProcess(relay: "127.0.0.1:4001", metrics: "127.0.0.1:0", run: (program, arguments) => machine.Run(program, arguments));
    }

    [OneTimeTearDown]
    public void StopServer()
    {
        server?.Dispose();
        machine?.Dispose();
    }

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("rxwormhole-transfer-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    private static IEnumerable<TestCaseData> Transfers() =>
        from sender in new[] { Client.Python, Client.Go }
        from receiver in new[] { Client.Python, Client.Go }
        from parcel in new[] { Parcel.Text, Parcel.File, Parcel.Folder }
        select new TestCaseData(sender, receiver, parcel);

    [TestCaseSource(nameof(Transfers))]
    public void Sent_ArrivesThroughOurRelay(Client sender, Client receiver, Parcel parcel)
    {
        var before = RelayMeter.Read(machine, server);
        // One session in 256 between the Go client and any other ends with a wrong code (docs/adr/0010-peers-as-they-are.md).
        for (var attempt = 1; !TryTransfer(sender, receiver, parcel, $"{attempt}"); attempt++)
            Assert.That(attempt, Is.LessThan(3), "wrong codes");
        // Metrics are told from what was read a moment ago, if anybody did.
        Assert.That(() => RelayMeter.Read(machine, server) - before, Is.GreaterThanOrEqualTo(parcel.Size).After(10).Seconds.PollEvery(100));
    }

    private bool TryTransfer(Client sender, Client receiver, Parcel parcel, string attempt)
    {
        var from = Directory.CreateDirectory(Path.Combine(folder, "from", attempt)).FullName;
        var to = Directory.CreateDirectory(Path.Combine(folder, "to", attempt)).FullName;
        using var sending = machine.Run(sender.Program, sender.Send(server, server, TransferWay.Relay, parcel.Pack(from)), Client.Environment, from);
        using var receiving = machine.Run(receiver.Program, receiver.Receive(server, server, TransferWay.Relay, Client.CodeOf(sending)), Client.Environment, to);
        receiver.Accept(receiving);
        receiving.WaitForExit();
        // A Go client that was told of no wrong code would wait for ever.
        if (sender != receiver && Client.SaysWrongCode(receiving))
            return false;
        sending.WaitForExit();
        if (sender != receiver && Client.SaysWrongCode(sending))
            return false;

        Assert.That(receiving.ExitCode, Is.Zero, receiving.Errors);
        Assert.That(sending.ExitCode, Is.Zero, sending.Errors);
        parcel.AssertArrived(from, to, receiving.Output);
        if (parcel.Size > 0)
        {
            sender.AssertWay(sending, TransferWay.Relay);
            receiver.AssertWay(receiving, TransferWay.Relay);
        }

        return true;
    }
}
