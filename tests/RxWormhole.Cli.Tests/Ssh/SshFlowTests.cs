using System.Reactive.Linq;
using RxWormhole.Cli.Tests.Transfers;
using RxWormhole.Protocol;

namespace RxWormhole.Cli.Tests;

/// <summary>Both sides of <c>ssh</c> in virtual time, and what may go wrong between them.</summary>
public sealed class SshFlowTests : CommandFixture
{
    private SshFolder here = null!;
    private SshFolder there = null!;

    [SetUp]
    public void MakeFolders() => (here, there) = (new SshFolder(), new SshFolder().With("id_ed25519.pub", SshFolder.Ed25519 + "\n"));

    [TearDown]
    public void DeleteFolders()
    {
        here.Dispose();
        there.Dispose();
    }

    [Test]
    public void Key_ArrivesAndBothAreTold()
    {
        var host = Invite();
        var guest = Accept(host, new ScriptedFrontEnd().Answer("confirm", "yes"));
        AdvanceToEnd(host, guest);
        Assert.That((host.ExitCode, guest.ExitCode), Is.EqualTo((ExitCode.Success, ExitCode.Success)));
        Assert.That(File.ReadAllText(here.AuthorizedKeys), Is.EqualTo(SshFolder.Ed25519 + "\n"));
        Assert.That(host.FrontEnd.Done!.What, Does.StartWith("added the key ssh-ed25519 SHA256:").And.EndWith("alice@example"));
        Assert.That(host.FrontEnd.Done!.Path, Is.EqualTo(here.AuthorizedKeys));
        Assert.That(Rendezvous.LeftBehind, Is.Empty);
    }

    [Test]
    public void Code_HasTheWordsAskedFor_AndTheCommandSaysWhere()
    {
        var host = Invite(SshCommand.Usual with { CodeLength = 4, Verify = false });
        var told = host.FrontEnd.Events.OfType<CliEvent.Code>().Single();
        Assert.That(told.Text.Split('-'), Has.Length.EqualTo(5));
        Assert.That(told.Command, Is.EqualTo($"rxwormhole ssh accept {told.Text}"));
    }

    [Test]
    public void SeveralKeys_AreAskedFor()
    {
        there.With("other.pub", SshFolder.Ed25519.Replace("alice", "bob", StringComparison.Ordinal));
        var host = Invite();
        var guest = Accept(host, new ScriptedFrontEnd().Answer("key", "2").Answer("confirm", "yes"));
        AdvanceToEnd(host, guest);
        Assert.That(guest.FrontEnd.Questions[0].Choices.Select(choice => choice.Meaning), Is.EqualTo(new[] { "id_ed25519.pub (alice@example)", "other.pub (bob@example)" }));
        Assert.That(File.ReadAllText(here.AuthorizedKeys), Does.EndWith("bob@example\n"));
    }

    [TestCase("id_ed25519.pub")]
    [TestCase("id_ed25519")]
    [TestCase("")]
    public void KeyFile_IsAKeyTheOneBesideItOrAFolder(string name)
    {
        there.With("id_ed25519", "-----BEGIN OPENSSH PRIVATE KEY-----\n");
        var host = Invite();
        var guest = Accept(host, null, SshCommand.Usual with { Yes = true }, Path.Combine(there.Path, name));
        AdvanceToEnd(host, guest);
        Assert.That(File.ReadAllText(here.AuthorizedKeys), Is.EqualTo(SshFolder.Ed25519 + "\n"));
    }

    [TestCase("missing", "no file")]
    [TestCase("private", "private key")]
    [TestCase("empty-folder", "no public key")]
    public void KeyThatCannotBeSent_IsFoundBeforeAnybodyIsCalled(string name, string message)
    {
        there.With("private", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n");
        Directory.CreateDirectory(Path.Combine(there.Path, "empty-folder"));
        var guest = Start("bob", (wormhole, run) => SshAcceptFlow.Run(wormhole, run, Path.Combine(there.Path, name)), SshCommand.Usual with { Code = "1-a" }, null, null, "");
        AdvanceToEnd(guest);
        Assert.That(guest.ExitCode, Is.EqualTo(ExitCode.LocalFile));
        Assert.That(guest.FrontEnd.Failure!.Message, Does.Contain(message));
        Assert.That(guest.FrontEnd.Failure.Advice, Is.Not.Empty);
        Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
    }

    [Test]
    public void NotConfirmed_NothingIsSent()
    {
        var host = Invite();
        var guest = Accept(host, new ScriptedFrontEnd().Answer("confirm", "no"));
        AdvanceToEnd(guest);
        Assert.That(guest.ExitCode, Is.EqualTo(ExitCode.Rejected));
        Assert.That(host.Result.IsCompleted, Is.False);
    }

    [Test]
    public void FolderThatCannotBeWritten_IsFoundBeforeAnybodyIsCalled()
    {
        Directory.CreateDirectory(here.AuthorizedKeys);
        var host = Start("alice", (wormhole, run) => SshInviteFlow.Run(wormhole, run, here.Account), SshCommand.Usual, null, null, "");
        AdvanceToEnd(host);
        Assert.That(host.ExitCode, Is.EqualTo(ExitCode.LocalFile));
        Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
    }

    [TestCase("command=\"sh\" " + SshFolder.Ed25519)]
    [TestCase(SshFolder.Ed25519 + "\n" + SshFolder.Ed25519)]
    [TestCase("hello")]
    public void WhatIsNoKey_ChangesNothing(string text)
    {
        here.With("authorized_keys", "# mine\n");
        var host = Invite();
        var guest = Start("bob", (wormhole, run) => from _ in wormhole.SetCode(host.FrontEnd.Code!) from sent in wormhole.SendText(text) select sent, SshCommand.Usual, null, null, "");
        AdvanceToEnd(host, guest);
        Assert.That(host.ExitCode, Is.EqualTo(ExitCode.Rejected));
        Assert.That(guest.ExitCode, Is.Not.EqualTo(ExitCode.Success), "the other side must not believe that it worked");
        Assert.That(guest.FrontEnd.Failure!.Message, Does.Contain("public key"));
        Assert.That(File.ReadAllText(here.AuthorizedKeys), Is.EqualTo("# mine\n"));
    }

    [Test]
    public void GuestGivesUp_TheHostHearsWhy()
    {
        var host = Invite();
        var guest = Start(
            "bob",
            (wormhole, _) => from code in wormhole.SetCode(host.FrontEnd.Code!) from sent in wormhole.Send(TransferCodec.Write(new TransferMessage.Error("verifiers differ"))) select System.Reactive.Unit.Default,
            SshCommand.Usual, null, null, "");
        AdvanceToEnd(host, guest);
        Assert.That(host.ExitCode, Is.EqualTo(ExitCode.Rejected));
        Assert.That(host.FrontEnd.Failure!.Message, Is.EqualTo("The other side ended the transfer: verifiers differ"));
        Assert.That(File.Exists(here.AuthorizedKeys), Is.False);
    }

    private Side Invite(ClientSettings? settings = null)
    {
        var host = Start("alice", (wormhole, run) => SshInviteFlow.Run(wormhole, run, here.Account), settings ?? SshCommand.Usual, null, null, "");
        Advance(1);
        Assert.That(host.FrontEnd.Code, Is.Not.Null, () => string.Join('\n', host.FrontEnd.Lines));
        return host;
    }

    private Side Accept(Side host, ScriptedFrontEnd? frontEnd, ClientSettings? settings = null, string? path = null) =>
        Start("bob", (wormhole, run) => SshAcceptFlow.Run(wormhole, run, path ?? there.Path), (settings ?? SshCommand.Usual) with { Code = host.FrontEnd.Code }, frontEnd, null, "");
}
