namespace RxWormhole.Interop.Tests;

/// <summary>Our client with each of the others, and with itself, through the Python mailbox server and the Python relay.</summary>
public sealed class PythonServerTests : TransferFixture
{
    private static IEnumerable<TestCaseData> Transfers() =>
        from pair in OurTransferTests.Pairs
        from each in new[]
        {
            (Parcel.Text, TransferWay.Direct),
            (Parcel.File, TransferWay.Direct),
            (Parcel.File, TransferWay.Relay),
            (Parcel.Folder, TransferWay.Direct),
            (Parcel.Folder, TransferWay.Relay),
        }
        select new TestCaseData(pair.Sender, pair.Receiver, each.Item1, each.Item2);

    private protected override TransferServers Serve()
    {
        var relay = new PythonRelay(Machine);
        var mailbox = new PythonMailbox(Machine, []);
        return new(mailbox.Address, PythonRelay.Address, mailbox, relay);
    }

    [TestCaseSource(nameof(Transfers))]
    public void Sent_Arrives(Client sender, Client receiver, Parcel parcel, TransferWay way) => Transfer(sender, receiver, parcel, way);
}
