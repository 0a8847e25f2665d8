using RxWormhole.Contracts;
using RxWormhole.Interop.Tests;

namespace RxWormhole.Cli.Tests.Transfers;

/// <summary>Standard output as the system has it.</summary>
public sealed class BrokenPipeTests
{
    [Test]
    public void NobodyReadsWhatIsReceived_IsNoSuccess()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, new string('x', 4 << 20));
        using var server = new ServeProcess();
        using var sender = new PeerProcess(CommandProgram.Program, CommandProgram.Arguments("send", "--json", "--relay-url", server.Mailbox.AbsoluteUri, "--transit-helper", "", file));
        var code = sender.WaitFor(each => each.Output.Split("\"code\":\"") is [_, var rest, ..] ? rest.Split('"')[0] : null);
        string[] receive = [CommandProgram.Program, .. CommandProgram.Arguments("receive", "--relay-url", server.Mailbox.AbsoluteUri, "--transit-helper", "", "--yes", "-o", "-", code)];
        using var receiver = new PeerProcess("bash", ["-c", "\"$@\" | head -c 3; echo \" ${PIPESTATUS[0]}\"", "bash", .. receive]);
        receiver.WaitForExit();
        Assert.That(receiver.Output, Is.EqualTo($"xxx {(int)ExitCode.LocalFile}\n"), receiver.Errors);
        sender.WaitForExit();
        Assert.That(sender.ExitCode, Is.EqualTo((int)ExitCode.Transfer), sender.Output);
        File.Delete(file);
    }
}
