namespace RxWormhole.Interop.Tests;

/// <summary>A process that ends while a session of it is open: named in its log, and gone from the server.</summary>
public sealed class ForgottenProcessTests
{
    [TestCase("returns")]
    [TestCase("exits")]
    public void OpenAtTheEndOfItsProcess_IsNamedInTheLogAndHungUp(string ending)
    {
        using var server = new KestrelMailbox();
        using var victim = Run(server, ending);
        Assert.That(victim.ExitCode, Is.Zero, victim.Errors);
        Assert.That(victim.Errors, Does.Contain("Error: ").And.Contain("left behind by the end of its process").And.Contain("Close or dispose"));
        Assert.That(victim.Errors, Does.Not.Contain(victim.Output.Split(' ')[1].Trim()), "a log has no codes");
        Assert.That(SpinWait.SpinUntil(() => server.Links == 0, PeerProcess.Patience), Is.True);
    }

    [Test]
    public void ClosedBefore_IsNotNamed()
    {
        using var server = new KestrelMailbox();
        using var victim = Run(server, "closes");
        Assert.That(victim.ExitCode, Is.Zero, victim.Errors);
        Assert.That(victim.Errors, Does.Not.Contain("Error: ").And.Not.Contain("Warning: "));
    }

    private static PeerProcess Run(KestrelMailbox server, string ending)
    {
        var victim = new PeerProcess("dotnet", [VictimProgram.Path, server.Address.AbsoluteUri, ending]);
        victim.WaitForExit();
        return victim;
    }
}
