using Microsoft.Reactive.Testing;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Files;

/// <summary>Several files and folders with one code: they go into the user's own folder, so nothing comes that was not said, and nothing of what is there changes.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class SeveralLandingTests(bool streams)
{
    private VirtualFiles files = null!;

    private ReceiveOptions Receive => new() { Sink = files, Folder = "/in" };

    [SetUp]
    public void MakeFiles()
    {
        files = new VirtualFiles(new TestScheduler());
        files.AddFolder("/in");
    }

    [Test]
    public void TakenName_IsRefusedBeforeAnythingArrives([Values(ExistingPolicy.Refuse, ExistingPolicy.Overwrite)] ExistingPolicy existing)
    {
        files.AddFile("/in/c", "mine"u8);
        Assert.That(() => Land(RawZip.Of("a", "b", "c"), Receive with { Existing = existing }, "a", "b", "c"), Fails(TransferFault.Exists));
        Assert.That(files.Read("/in/c"), Is.EqualTo("mine"u8.ToArray()));
    }

    [Test]
    public void NameThatWasNotOffered_IsRefused([Values("x", "a/x", "b", ".bashrc", "A", "c/")] string name)
    {
        using (var landing = Land(RawZip.Of("a", name), Receive, "a", "b/", "c"))
            Assert.That(() => Arrive(landing, RawZip.Of("a", name)), Fails(TransferFault.BadFolder));
        Assert.That(files.Paths, Is.EqualTo(new[] { "/in/" }));
    }

    [Test]
    public void OfferedNameThatDoesNotCome_IsNoticedBeforeAnythingIsPlaced()
    {
        using (var landing = Land(RawZip.Of("a"), Receive, "a", "b"))
            Assert.That(() => Arrive(landing, RawZip.Of("a")), Fails(TransferFault.BadFolder));
        Assert.That(files.Paths, Is.EqualTo(new[] { "/in/" }));
    }

    [Test]
    public void DotName_TakesExplicitPermission()
    {
        var zip = RawZip.Of("a", ".ssh/authorized_keys");
        Assert.That(() => Land(zip, Receive, "a", ".ssh/"), Fails(TransferFault.UnsafeName));
        Assert.That(() => Land(zip, Receive with { AllowHidden = false }, "a", ".ssh/"), Fails(TransferFault.UnsafeName));
        using var landing = Land(zip, Receive with { AllowHidden = true }, "a", ".ssh/");
        Arrive(landing, zip);
        Assert.That(files.Paths, Does.Contain("/in/.ssh/authorized_keys"));
    }

    [Test]
    public void NameThatCannotBeUsed_IsRefusedBeforeAnythingArrives([Values("..", "a/b", "../b", "a\\b", "", "A", "b.rxwormhole-part")] string name) =>
        Assert.That(() => Land(RawZip.Of("a"), Receive, "a", name), Fails(TransferFault.UnsafeName));

    [Test]
    public void PlaceThatIsTakenMeanwhile_IsTheReasonWhateverElseFails()
    {
        using var landing = Land(RawZip.Of("a", "b", "c"), Receive, "a", "b", "c");
        landing.Target.Write(Bytes(RawZip.Of("a", "b", "c")));
        files.AddFile("/in/c", "mine"u8);
        if (streams)
        {
            // The two that are placed before it cannot be taken back, either.
            files.Forbid(files.Paths.Single(path => path.EndsWith("/a", StringComparison.Ordinal))[..^2]);
        }

        Assert.That(() => Commit(landing), Fails(TransferFault.Exists));
        landing.Dispose();
        Assert.That(files.Read("/in/c"), Is.EqualTo("mine"u8.ToArray()));
        Assert.That(files.Paths, Is.EqualTo(streams ? new[] { "/in/", "/in/a", "/in/b", "/in/c" } : new[] { "/in/", "/in/c" }));
    }

    [Test]
    public void NewNames_AreFoundForWhatIsTaken()
    {
        files.AddFile("/in/a", "mine"u8);
        using var landing = Land(RawZip.Of("a", "b/x"), Receive with { Existing = ExistingPolicy.Rename }, "a", "b/");
        Arrive(landing, RawZip.Of("a", "b/x"));
        Assert.That(files.Paths, Is.EqualTo(new[] { "/in/", "/in/a", "/in/a (1)", "/in/b/", "/in/b/x" }));
    }

    // A name with a slash at its end is that of a folder.
    private Landing Land(RawZip zip, ReceiveOptions options, params string[] several) => Landing.For(
        new LandingOffer("a and more", Bytes(zip).Length)
        {
            IsFolder = true,
            Bytes = 100,
            Files = several.Length,
            CanStream = streams,
            Several = [.. several.Select(name => name.EndsWith('/') ? new OfferedItem(name[..^1], true) : new OfferedItem(name, false))],
        },
        options,
        SeededEntropy.Create(1));

    private byte[] Bytes(RawZip zip) => streams ? zip.BuildStreamed() : zip.Build();

    private void Arrive(Landing landing, RawZip zip)
    {
        landing.Target.Write(Bytes(zip));
        Commit(landing);
    }

    private static void Commit(Landing landing) => landing.CommitAsync(default).AsTask().GetAwaiter().GetResult();

    private static NUnit.Framework.Constraints.IResolveConstraint Fails(TransferFault fault) =>
        Throws.TypeOf<TransferException>().With.Property(nameof(TransferException.Fault)).EqualTo(fault);
}
