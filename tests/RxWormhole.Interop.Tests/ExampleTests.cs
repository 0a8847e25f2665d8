using RxWormhole.Contracts;

namespace RxWormhole.Interop.Tests;

/// <summary>Every example through the Python server, as somebody runs it who gives an address.</summary>
public sealed class ExampleTests
{
    private PythonMailbox server = null!;

    // All but the one that is a server.
    private static IEnumerable<string> Examples => ExampleProgram.All.Except(["HostingAServer"]);

    private (int Nameplates, int Mailboxes) Left => (server.Count("nameplates"), server.Count("mailboxes"));

    [OneTimeSetUp]
    public void StartServer() => server = new PythonMailbox();

    [OneTimeTearDown]
    public void StopServer() => server?.Dispose();

    [TestCaseSource(nameof(Examples))]
    public void WithServer_DoesWhatItIsForAndLeavesNothingThere(string name)
    {
        var before = Left;
        Assert.That(ExampleProgram.Run(name, server.Address.AbsoluteUri), Does.Contain(ExampleProgram.Shows[name]));
        Assert.That(Left, Is.EqualTo(before));
    }

    // Two people who agreed on a code, each running one end.
    [TestCase("Blocking")]
    [TestCase("Awaiting")]
    [TestCase("Querying")]
    public async Task WithServerAndCode_TwoCopiesMeet(string name)
    {
        var copies = Enumerable.Range(0, 2).Select(_ => Task.Run(() => ExampleProgram.Run(name, server.Address.AbsoluteUri, "4711-made-up")));
        Assert.That(await Task.WhenAll(copies), Is.All.Contains("Hello from Bob"));
    }
}
