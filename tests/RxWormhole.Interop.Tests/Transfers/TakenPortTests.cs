namespace RxWormhole.Interop.Tests;

/// <summary>A port that is taken: the machine cannot do what it is told, and both sides know.</summary>
public sealed class TakenPortTests : TransferFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public void PortIsTaken_OneFailsAndTheOtherIsTold(bool isSender)
    {
        var (from, to) = (In("from"), In("to"));
        // The relay has it.
        string[] taken = ["--port", $"{Servers.Relay.Port}"];
        using var sending = Run(Client.Ours, [.. Client.Ours.Send(Servers, TransferWay.Direct, Parcel.File.Pack(from)), .. isSender ? taken : []], from);
        using var receiving = Run(Client.Ours, [.. Client.Ours.Receive(Servers, TransferWay.Direct, Client.CodeOf(sending)), .. isSender ? [] : taken], to);
        receiving.WaitForExit();
        sending.WaitForExit();
        var (failing, other) = isSender ? (sending, receiving) : (receiving, sending);
        Assert.That((OurEvents.End(failing), failing.ExitCode), Is.EqualTo(("failure", 1)), failing.Output);
        Assert.That((string?)OurEvents.Last(failing, "error")!["advice"], Does.Contain("--port"));
        Assert.That(other.ExitCode, Is.Not.Zero, other.Output);
        Assert.That(Directory.GetFileSystemEntries(to), Is.Empty);
    }
}
