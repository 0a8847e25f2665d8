namespace RxWormhole.Interop.Tests;

/// <summary>A machine with a mailbox server and a relay on it, ours where nothing else is said, and two clients there.</summary>
public abstract class TransferFixture
{
    private readonly List<PeerProcess> ours = [];

    private protected LoneMachine Machine { get; private set; } = null!;

    private protected TransferServers Servers { get; private set; } = null!;

    /// <summary>A folder for this test.</summary>
    private protected string Folder { get; private set; } = null!;

    /// <summary>The addresses that connections between the two clients can use.</summary>
    private protected virtual string[] Addresses => ["192.0.2.1/32", "2001:db8::1/128"];

    [OneTimeSetUp]
    public void StartServers()
    {
        Machine = new LoneMachine(Addresses);
        Servers = Serve();
    }

    [OneTimeTearDown]
    public void StopServers()
    {
        Servers?.Dispose();
        Machine?.Dispose();
    }

    private protected virtual TransferServers Serve()
    {
        var ours = new ServeProcess(relay: "127.0.0.1:4001", metrics: "127.0.0.1:0", run: (program, arguments) => Machine.Run(program, arguments));
        return new(ours.Mailbox, ours.Relay, ours) { Metrics = ours.Metrics };
    }

    [SetUp]
    public void MakeFolder() => Folder = Directory.CreateTempSubdirectory("rxwormhole-transfer-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Folder, recursive: true);

    /// <summary>Whatever the test was about: what our processes wrote is what docs/json-events.schema.json says.</summary>
    [TearDown]
    public void CheckEvents()
    {
        var ended = ours.ToArray();
        ours.Clear();
        Assert.Multiple(() => Array.ForEach(ended, OurEvents.AssertValid));
    }

    /// <summary>A folder in this test's.</summary>
    private protected string In(params string[] names) => Directory.CreateDirectory(Path.Combine([Folder, .. names])).FullName;

    private protected PeerProcess Run(Client client, string[] arguments, string folder)
    {
        var process = Machine.Run(client.Program, arguments, Client.Environment, folder);
        if (client == Client.Ours)
            ours.Add(process);
        return process;
    }

    /// <summary>Sends a parcel and sees that it arrives, in the way that is asked for.</summary>
    private protected void Transfer(Client sender, Client receiver, Parcel parcel, TransferWay way)
    {
        Peer.Need([.. sender.Needs, .. receiver.Needs]);
        // One session in 256 between the Go client and any other ends with a wrong code (docs/adr/0010-peers-as-they-are.md).
        for (var attempt = 1; !TryTransfer(sender, receiver, parcel, way, $"{attempt}"); attempt++)
            Assert.That(attempt, Is.LessThan(3), "what the Go client does now and then, again and again");
    }

    private bool TryTransfer(Client sender, Client receiver, Parcel parcel, TransferWay way, string attempt)
    {
        var (from, to) = (In("from", attempt), In("to", attempt));
        using var sending = Run(sender, sender.Send(Servers, way, parcel.Pack(from)), from);
        using var receiving = Run(receiver, receiver.Receive(Servers, way, Client.CodeOf(sending)), to);
        receiver.Accept(receiving);
        receiving.WaitForExit();
        // A Go client that was told of no wrong code would wait for ever.
        if (sender != receiver && Client.SaysWrongCode(receiving))
            return false;
        sending.WaitForExit();
        if (sender != receiver && Client.SaysWrongCode(sending))
            return false;
        // Now and then the Go client ends so, having closed its own connection in the middle.
        if (sender == Client.Go && sending.Errors.Contains("use of closed network connection", StringComparison.Ordinal))
            return false;

        Assert.That(receiving.ExitCode, Is.Zero, $"receiver: {receiving.Output}{receiving.Errors}\nsender: {sending.Output}{sending.Errors}");
        Assert.That(sending.ExitCode, Is.Zero, $"sender: {sending.Output}{sending.Errors}");
        parcel.AssertArrived(from, to, receiver.Received(receiving), sender, receiver);
        if (parcel != Parcel.Text)
        {
            sender.AssertWay(sending, way);
            receiver.AssertWay(receiving, way);
        }

        return true;
    }
}
