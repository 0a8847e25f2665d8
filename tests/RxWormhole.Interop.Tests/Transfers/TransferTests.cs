namespace RxWormhole.Interop.Tests;

/// <summary>The command line clients among themselves and with each other, through our mailbox server and our relay.</summary>
public sealed class TransferTests : TransferFixture
{
    // The Go client is told of no relay and cannot be kept from connecting where there is an address.
    private protected override string[] Addresses => [];

    private static IEnumerable<TestCaseData> Transfers() =>
        from sender in new[] { Client.Python, Client.Go }
        from receiver in new[] { Client.Python, Client.Go }
        from parcel in new[] { Parcel.Text, Parcel.File, Parcel.Folder }
        select new TestCaseData(sender, receiver, parcel);

    [TestCaseSource(nameof(Transfers))]
    public void Sent_ArrivesThroughOurRelay(Client sender, Client receiver, Parcel parcel)
    {
        Peer.Need(Peer.Python);
        var before = RelayMeter.Read(Machine, Servers.Metrics!);
        Transfer(sender, receiver, parcel, TransferWay.Relay);
        // Metrics are told from what was read a moment ago, if anybody did.
        Assert.That(() => RelayMeter.Read(Machine, Servers.Metrics!) - before, Is.GreaterThanOrEqualTo(parcel.Size).After(10).Seconds.PollEvery(100));
    }
}
