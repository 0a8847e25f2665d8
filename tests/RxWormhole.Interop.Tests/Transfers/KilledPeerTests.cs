using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RxWormhole.Interop.Tests;

/// <summary>The other side is killed, at some moment of a transfer: ours ends with a clear error, soon, and leaves nothing behind but a part to go on with.</summary>
public sealed partial class KilledPeerTests : TransferFixture
{
    private const int Large = 512 << 20;

    // A peer that is killed while nothing moves is missed when the session's time is over.
    private static readonly string[] Impatient = ["--timeout", "4s"];

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static readonly Client[] All = [Client.Python, Client.Go, Client.Ours];

    // Ours waits for one of ours to come back; how long is a matter of virtual time.
    private static readonly Client[] Others = [Client.Python, Client.Go];

    private string large = null!;

    [OneTimeSetUp]
    public void MakeFile()
    {
        large = Path.Combine(Directory.CreateTempSubdirectory("rxwormhole-large-").FullName, "large.bin");
        RandomFile.Write(large, Large);
    }

    [OneTimeTearDown]
    public void DeleteFile() => Directory.Delete(Path.GetDirectoryName(large)!, recursive: true);

    [Retry(3)] // One session in 256 with the Go client ends with a wrong code (docs/adr/0010).
    [TestCaseSource(nameof(All))]
    public void ReceiverIsKilledAtItsPrompt_OurSenderGivesUp(Client other)
    {
        using var sending = Send(Client.Ours, Impatient);
        using var receiving = Run(other, other.ReceiveNothing(Servers, Client.CodeOf(sending)), In("to"));
        receiving.WaitFor(each => (each.Output + each.Errors) is var said && Offered().IsMatch(said) ? said : null);
        receiving.Kill();
        AssertFails(sending);
    }

    [Retry(3)] // One session in 256 with the Go client ends with a wrong code (docs/adr/0010).
    [TestCaseSource(nameof(Others))]
    public void ReceiverIsKilledInTheMiddle_OurSenderFails(Client other)
    {
        using var sending = Send(Client.Ours);
        using var receiving = Receive(other, Client.CodeOf(sending));
        sending.WaitFor(each => Moved(each) > 0 ? "" : null);
        receiving.Kill();
        Assert.That(Moved(sending), Is.LessThan(Large), "it was not over");
        AssertFails(sending);
    }

    [Retry(3)] // One session in 256 with the Go client ends with a wrong code (docs/adr/0010).
    [TestCaseSource(nameof(All))]
    public void SenderIsKilledBeforeItIsConnected_OurReceiverGivesUp(Client other)
    {
        using var sending = Send(other);
        var code = Client.CodeOf(sending);
        sending.Kill();
        using var receiving = Receive(Client.Ours, code, Impatient);
        AssertFails(receiving);
        AssertNothingIsLeft();
    }

    [Retry(3)] // One session in 256 with the Go client ends with a wrong code (docs/adr/0010).
    [TestCaseSource(nameof(Others))]
    public void SenderIsKilledInTheMiddle_OurReceiverFails(Client other)
    {
        using var sending = Send(other);
        using var receiving = Receive(Client.Ours, Client.CodeOf(sending));
        receiving.WaitFor(each => Moved(each) > 0 ? "" : null);
        sending.Kill();
        AssertFails(receiving);
        AssertNothingIsLeft();
    }

    [Retry(3)] // One session in 256 with the Go client ends with a wrong code (docs/adr/0010).
    [TestCaseSource(nameof(Others))]
    public void ReceiverIsKilledAtTheEnd_OurSenderEndsEitherWay(Client other)
    {
        using var sending = Send(Client.Ours);
        using var receiving = Receive(other, Client.CodeOf(sending));
        sending.WaitFor(each => Moved(each) == Large ? "" : null);
        receiving.Kill();
        AssertEnds(sending);
        Assert.That(OurEvents.End(sending), Is.Not.Null, sending.Output);
    }

    [Retry(3)] // One session in 256 with the Go client ends with a wrong code (docs/adr/0010).
    [TestCaseSource(nameof(Others))]
    public void SenderIsKilledAtTheEnd_OurReceiverHasAllOrFails(Client other)
    {
        using var sending = Send(other);
        using var receiving = Receive(Client.Ours, Client.CodeOf(sending));
        receiving.WaitFor(each => Moved(each) == Large ? "" : null);
        sending.Kill();
        AssertEnds(receiving);
        if (receiving.ExitCode != 0)
            AssertNothingIsLeft();
        else
            Assert.That(new FileInfo(Path.Combine(In("to"), "large.bin")).Length, Is.EqualTo(Large));
    }

    [Test]
    public void OurReceiverIsKilled_TheNextOneGoesOnWithThePart()
    {
        using (var sending = Send(Client.Ours))
        {
            using var receiving = Receive(Client.Ours, Client.CodeOf(sending));
            receiving.WaitFor(each => Moved(each) > Large / 10 ? "" : null);
            receiving.Kill();
            sending.Kill();
        }

        var part = new FileInfo(Directory.GetFiles(In("to")).Single());
        Assert.That(part.Name, Does.EndWith(".rxwormhole-part"));
        Assert.That(part.Length, Is.InRange(1, Large - 1));
        using var again = Send(Client.Ours);
        using var rest = Receive(Client.Ours, Client.CodeOf(again));
        rest.WaitForExit();
        Assert.That(rest.ExitCode, Is.Zero, rest.Output + rest.Errors);
        Assert.That(Bytes(rest).First(bytes => bytes > 0), Is.GreaterThanOrEqualTo(part.Length), rest.Output);
        Assert.That(Directory.GetFiles(In("to")).Select(Path.GetFileName), Is.EqualTo(new[] { "large.bin" }));
        RandomFile.AssertSame(large, Path.Combine(In("to"), "large.bin"));
    }

    private PeerProcess Send(Client client, params string[] more)
    {
        Peer.Need(client.Needs);
        return Run(client, [.. client.Send(Servers, TransferWay.Direct, large), .. more], Folder);
    }

    private PeerProcess Receive(Client client, string code, params string[] more)
    {
        Peer.Need(client.Needs);
        var receiving = Run(client, [.. client.Receive(Servers, TransferWay.Direct, code), .. more], In("to"));
        client.Accept(receiving);
        return receiving;
    }

    private static long Moved(PeerProcess ours)
    {
        var last = Bytes(ours).LastOrDefault();
        return last > 0 || !ours.HasExited ? last : throw new AssertionException($"It ended with {ours.ExitCode}: {ours.Output}{ours.Errors}");
    }

    private static IEnumerable<long> Bytes(PeerProcess ours) => OurEvents.All(ours, "progress").Select(each => (long)each["bytes"]!);

    private static void AssertEnds(PeerProcess ours)
    {
        var clock = Stopwatch.StartNew();
        ours.WaitForExit();
        Assert.That(clock.Elapsed, Is.LessThan(Soon));
    }

    private static void AssertFails(PeerProcess ours)
    {
        AssertEnds(ours);
        Assert.That(OurEvents.End(ours), Is.EqualTo("transfer").Or.EqualTo("nobody-came").Or.EqualTo("rejected"), ours.Output + ours.Errors);
        Assert.That(ours.ExitCode, Is.EqualTo((int)OurEvents.Last(ours, "error")!["exitCode"]!));
    }

    private void AssertNothingIsLeft() => Assert.That(Directory.GetFileSystemEntries(In("to")), Is.Empty);

    [GeneratedRegex(@"ok\? \(|""event"":""question""")]
    private static partial Regex Offered();
}
