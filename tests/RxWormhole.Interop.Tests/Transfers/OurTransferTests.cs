namespace RxWormhole.Interop.Tests;

/// <summary>Our client with each of the others, and with itself: texts, files, folders; directly and through the relay.</summary>
public sealed class OurTransferTests : TransferFixture
{
    internal static readonly (Client Sender, Client Receiver)[] Pairs =
        [(Client.Ours, Client.Ours), (Client.Ours, Client.Python), (Client.Python, Client.Ours), (Client.Ours, Client.Go), (Client.Go, Client.Ours)];

    private static IEnumerable<TestCaseData> Transfers() =>
        from pair in Pairs
        from each in new[]
        {
            (Parcel.Text, TransferWay.Direct),
            (Parcel.FileOf(0), TransferWay.Direct),
            (Parcel.FileOf(1), TransferWay.Direct),
            (Parcel.FileOf(65_535), TransferWay.Direct),
            (Parcel.FileOf(65_536), TransferWay.Direct),
            (Parcel.FileOf(65_537), TransferWay.Direct),
            (Parcel.FileOf(65_537), TransferWay.Relay),
            (Parcel.FileOf(10 << 20), TransferWay.Relay),
            (Parcel.FileOf(1 << 30), TransferWay.Direct),
            (Parcel.Tree, TransferWay.Direct),
            (Parcel.Tree, TransferWay.Relay),
        }
        select new TestCaseData(pair.Sender, pair.Receiver, each.Item1, each.Item2);

    [TestCaseSource(nameof(Transfers))]
    public void Sent_Arrives(Client sender, Client receiver, Parcel parcel, TransferWay way) => Transfer(sender, receiver, parcel, way);

    [Test]
    public void SeveralPaths_AreLaidOutByOurReceiver() => Transfer(Client.Ours, Client.Ours, Parcel.Several, TransferWay.Direct);
}
