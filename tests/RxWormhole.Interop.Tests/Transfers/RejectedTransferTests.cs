namespace RxWormhole.Interop.Tests;

/// <summary>A receiver that does not want what it is offered: both sides are told, and nothing is left behind.</summary>
public sealed class RejectedTransferTests : TransferFixture
{
    private static IEnumerable<TestCaseData> Refusals() =>
        from pair in OurTransferTests.Pairs
        from parcel in new[] { Parcel.File, Parcel.Folder }
        select new TestCaseData(pair.Sender, pair.Receiver, parcel);

    [TestCaseSource(nameof(Refusals))]
    public void ReceiverSaysNo_BothEnd(Client sender, Client receiver, Parcel parcel)
    {
        Peer.Need([.. sender.Needs, .. receiver.Needs]);
        for (var attempt = 1; !TryRefuse(sender, receiver, parcel, $"{attempt}"); attempt++)
            Assert.That(attempt, Is.LessThan(3), "wrong codes");
    }

    [Test]
    public void ThereIsSuchAFile_ItIsRefusedAndLeftAlone()
    {
        var (from, to) = (In("from"), In("to"));
        var what = Parcel.File.Pack(from);
        var there = Path.Combine(to, Path.GetFileName(what[0]));
        File.WriteAllText(there, "mine");
        using var sending = Run(Client.Ours, Client.Ours.Send(Servers, TransferWay.Direct, what), from);
        using var receiving = Run(Client.Ours, Client.Ours.Receive(Servers, TransferWay.Direct, Client.CodeOf(sending)), to);
        receiving.WaitForExit();
        sending.WaitForExit();
        Assert.That(OurEvents.End(receiving), Is.EqualTo("local-file"), receiving.Output);
        Assert.That(OurEvents.End(sending), Is.EqualTo("rejected"), sending.Output);
        Assert.That(File.ReadAllText(there), Is.EqualTo("mine"));
        Assert.That(Directory.GetFileSystemEntries(to), Has.Length.EqualTo(1));
    }

    private bool TryRefuse(Client sender, Client receiver, Parcel parcel, string attempt)
    {
        var (from, to) = (In("from", attempt), In("to", attempt));
        using var sending = Run(sender, sender.Send(Servers, TransferWay.Direct, parcel.Pack(from)), from);
        using var receiving = Run(receiver, receiver.ReceiveNothing(Servers, Client.CodeOf(sending)), to);
        receiver.Refuse(receiving);
        receiving.WaitForExit();
        if (sender != receiver && Client.SaysWrongCode(receiving))
            return false;
        sending.WaitForExit();
        if (sender != receiver && Client.SaysWrongCode(sending))
            return false;
        Assert.That(Directory.GetFileSystemEntries(to), Is.Empty);
        Assert.That(sending.ExitCode, Is.Not.Zero, sending.Output);
        Assert.That(sending.Output + sending.Errors, Does.Contain("transfer rejected"));
        if (sender == Client.Ours)
            Assert.That(OurEvents.End(sending), Is.EqualTo("rejected"), sending.Output);
        if (receiver == Client.Ours)
            Assert.That(OurEvents.End(receiving), Is.EqualTo("rejected"), receiving.Output);
        return true;
    }
}
