using RxWormhole.Testing;

namespace RxWormhole.Tests.Transfers;

/// <summary>Both sides of a transfer in virtual time: sessions, network and relay are virtual, the files are in a temporary folder.</summary>
public abstract class TransferFixture : VirtualTimeFixture
{
    protected const string Content = "content.bin";

    protected VirtualNetwork Network { get; private set; } = null!;

    protected VirtualRelay Relay { get; private set; } = null!;

    protected string From { get; private set; } = null!;

    protected string To { get; private set; } = null!;

    protected ReceiveOptions Into => new() { Folder = To };

    [SetUp]
    public void MakeNetworkAndFolders()
    {
        Network = new VirtualNetwork(Clock);
        Relay = Network.AddRelay("relay.example");
        From = Directory.CreateTempSubdirectory("rxwormhole-from-").FullName;
        To = Directory.CreateTempSubdirectory("rxwormhole-to-").FullName;
    }

    [TearDown]
    public void DeleteFolders()
    {
        Directory.Delete(From, recursive: true);
        Directory.Delete(To, recursive: true);
    }

    protected WormholeOptions ForFiles(string client) => Network.OptionsFor(Rendezvous, PublicServers.FileTransfer, client) with
    {
        AppVersions = WormholeOptions.ForFiles.AppVersions,
    };

    /// <summary>Options of somebody who knows version 1 only.</summary>
    protected WormholeOptions ForFilesOfOthers(string client) => Network.OptionsFor(Rendezvous, PublicServers.FileTransfer, client);

    /// <summary>Two wormholes of one code, alice's allocated.</summary>
    protected (Wormhole Alice, Wormhole Bob) Meet(bool isAliceOurs = true, bool isBobOurs = true)
    {
        var alice = Create(isAliceOurs ? ForFiles("alice") : ForFilesOfOthers("alice"));
        var bob = Create(isBobOurs ? ForFiles("bob") : ForFilesOfOthers("bob"));
        var code = Record(alice.AllocateCode());
        Advance(0.5);
        bob.SetCode(code.Values.Single()).Subscribe();
        return (alice, bob);
    }

    protected string Make(string name, int length, int seed = 1)
    {
        var path = Path.Combine(From, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Bytes(length, seed));
        return path;
    }

    protected static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected string[] Received => [.. Directory.EnumerateFileSystemEntries(To, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(To, path)).Order(StringComparer.Ordinal)];

    /// <summary>Accepts what comes.</summary>
    private protected Recorder<TransferProgress> Accept(Wormhole bob, ReceiveOptions? options = null, Action<IDisposable>? subscribed = null)
    {
        var progress = new Recorder<TransferProgress>(() => Now);
        bob.ReceiveOffer(options ?? Into).Subscribe(
            offer =>
            {
                var subscription = ((IncomingContent)offer).Accept().Subscribe(progress);
                subscribed?.Invoke(subscription);
            },
            progress.OnError);
        return progress;
    }

    private protected static void AssertDone(Recorder<TransferProgress> progress, long length, bool isOrdered = true)
    {
        Assert.That(progress.Error, Is.Null);
        Assert.That(progress.IsCompleted, Is.True);
        Assert.That(progress.Values[^1].Stage, Is.EqualTo(TransferStage.Done));
        Assert.That((progress.Values[^1].Bytes, progress.Values[^1].Total), Is.EqualTo((length, length)));
        // What a sender had handed over when a connection was lost may have to be sent again.
        if (isOrdered)
            Assert.That(progress.Values.Select(each => each.Bytes), Is.Ordered);
    }

    private protected static TException Failure<TException>(Recorder<TransferProgress> progress)
        where TException : Exception
    {
        Assert.That(progress.Error, Is.InstanceOf<TException>());
        return (TException)progress.Error!;
    }
}
