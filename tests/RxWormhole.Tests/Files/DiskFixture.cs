using NUnit.Framework.Constraints;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Files;

/// <summary>A test on a folder of the real disk, which has neighbours that must stay as they are.</summary>
public abstract class DiskFixture
{
    private string root = "";
    private string[] around = [];

    /// <summary>Where the test receives.</summary>
    protected string Folder { get; private set; } = "";

    /// <summary>Where the test sends from.</summary>
    protected string From { get; private set; } = "";

    protected ReceiveOptions Receive => new() { Folder = Folder };

    [SetUp]
    public void MakeFolders()
    {
        root = Directory.CreateTempSubdirectory("rxwormhole-").FullName;
        Folder = Directory.CreateDirectory(Path.Join(root, "up", "target")).FullName;
        From = Directory.CreateDirectory(Path.Join(root, "from")).FullName;
        Directory.CreateDirectory(Path.Join(root, "up", "target-evil"));
        File.WriteAllText(Path.Join(root, "up", "sentinel"), "untouched");
        File.WriteAllText(Path.Join(root, "up", "target-evil", "x"), "untouched");
        around = Around();
    }

    [TearDown]
    public void NothingAroundHasChanged()
    {
        try
        {
            Assert.That(Around(), Is.EqualTo(around));
        }
        finally
        {
            PhysicalFiles.Default.Delete(root);
        }
    }

    /// <summary>What is in the folder received into: files as they are, folders with a slash.</summary>
    protected string[] Received =>
    [
        .. Directory.EnumerateFileSystemEntries(Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(path => Path.GetRelativePath(Folder, path) + (Directory.Exists(path) ? "/" : ""))
            .Order(StringComparer.Ordinal),
    ];

    protected string ReadReceived(string name) => File.ReadAllText(Path.Join(Folder, name));

    protected string Write(string name, string content)
    {
        var path = Path.Join(From, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    private protected static Landing Land(LandingOffer offer, ReceiveOptions options) => Landing.For(offer, options, SeededEntropy.Create(1));

    private protected static IResolveConstraint Fails(TransferFault fault) =>
        Throws.TypeOf<TransferException>().With.Property(nameof(TransferException.Fault)).EqualTo(fault);

    // Path, time and content of everything that is not in the folder received into, nor sent from.
    private string[] Around() =>
    [
        .. Directory.EnumerateFileSystemEntries(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Where(path => !path.StartsWith(Folder + "/", StringComparison.Ordinal) && !path.StartsWith(From, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => $"{path} {(Directory.Exists(path) ? "" : File.ReadAllText(path) + File.GetLastWriteTimeUtc(path).Ticks)}"),
    ];
}
