using System.Reactive.Linq;
using RxWormhole.Contracts;
using RxWormhole.Protocol;

namespace RxWormhole.Cli.Tests.Transfers;

/// <summary>What goes well.</summary>
public sealed class SendAndReceiveTests : CommandFixture
{
    [Test]
    public void Text_ArrivesAndBothEndHappily()
    {
        var (alice, code) = Sending(Text("line one\nline two \u001b[31mé"));
        var bob = Receive(code);
        AdvanceToEnd(alice, bob);
        Assert.That((alice.ExitCode, bob.ExitCode), Is.EqualTo((ExitCode.Success, ExitCode.Success)));
        Assert.That(bob.FrontEnd.Events.OfType<CliEvent.Message>().Single().Text, Is.EqualTo("line one\nline two \u001b[31mé"));
        AssertTidy(alice, bob);
    }

    [Test]
    public void File_ArrivesWithItsName()
    {
        var (alice, code) = Sending(Paths("/home/photo.jpg"), files: Files(("/home/photo.jpg", 300_000)));
        var bob = Receive(code);
        AdvanceToEnd(alice, bob);
        Assert.That((alice.ExitCode, bob.ExitCode), Is.EqualTo((ExitCode.Success, ExitCode.Success)));
        Assert.That(bob.Files.Read("/to/photo.jpg"), Is.EqualTo(alice.Files.Read("/home/photo.jpg")));
        Assert.That(bob.FrontEnd.Done, Is.EqualTo(new CliEvent.Done("file received", "/to/photo.jpg", 300_000)));
        Assert.That(alice.FrontEnd.Done, Is.EqualTo(new CliEvent.Done("file sent", null, 300_000)));
        Assert.That(bob.FrontEnd.Events.OfType<CliEvent.Route>(), Has.Exactly(1).Items);
        AssertTidy(alice, bob);
    }

    [Test]
    public void Folder_ArrivesAsOne()
    {
        var (alice, code) = Sending(Paths("/home/album"), files: Files(("/home/album/a.bin", 1000), ("/home/album/deep/b.bin", 2000)));
        var bob = Receive(code);
        AdvanceToEnd(alice, bob);
        Assert.That(bob.Files.Read("/to/album/deep/b.bin"), Has.Length.EqualTo(2000));
        Assert.That(bob.FrontEnd.Events, Does.Contain(new CliEvent.Offer(IsOurs: false, OfferKind.Folder, "album", 3000, 2)));
        AssertTidy(alice, bob);
    }

    [Test]
    public void SeveralPaths_ArriveAsTheyAre()
    {
        var (alice, code) = Sending(Paths("/home/a.bin", "/home/album"), files: Files(("/home/a.bin", 10), ("/home/album/b.bin", 20)));
        var bob = Receive(code);
        AdvanceToEnd(alice, bob);
        Assert.That(bob.Files.Paths, Does.Contain("/to/a.bin").And.Contain("/to/album/b.bin"));
        var offer = bob.FrontEnd.Events.OfType<CliEvent.Offer>().Single();
        Assert.That((offer.Kind, string.Join(' ', offer.Names)), Is.EqualTo((OfferKind.Several, "a.bin album/")));
        Assert.That(alice.FrontEnd.Events.OfType<CliEvent.Offer>().Single().Kind, Is.EqualTo(OfferKind.Several));
        AssertTidy(alice, bob);
    }

    [Test]
    public void TextOfStandardInput_ArrivesWhole()
    {
        var alice = Send(Text("-"), input: "from a pipe\n");
        Advance(1);
        var bob = Receive(alice.FrontEnd.Code);
        AdvanceToEnd(alice, bob);
        Assert.That(bob.FrontEnd.Events.OfType<CliEvent.Message>().Single().Text, Is.EqualTo("from a pipe\n"));
    }

    [Test]
    public void StandardInput_ArrivesInAFileOrOnStandardOutput([Values] bool isFile, [Values] bool isPiped)
    {
        var alice = Send(Paths("-"), input: "one\ntwo\n", isInputPiped: isPiped);
        Advance(1);
        var bob = Receive(alice.FrontEnd.Code, request: new ReceiveRequest { Output = isFile ? null : "-" });
        AdvanceToEnd(alice, bob);
        Assert.That((alice.ExitCode, bob.ExitCode), Is.EqualTo((ExitCode.Success, ExitCode.Success)));
        Assert.That(System.Text.Encoding.UTF8.GetString(isFile ? bob.Files.Read("/to/stdin") : bob.Output.ToArray()), Is.EqualTo("one\ntwo\n"));
        Assert.That(bob.FrontEnd.Events.OfType<CliEvent.Offer>().Single().Kind, Is.EqualTo(isPiped ? OfferKind.Stream : OfferKind.File));
        AssertTidy(alice, bob);
    }

    [Test]
    public void File_GoesToStandardOutputAlone()
    {
        var (alice, code) = Sending(Paths("/home/a.bin"), files: Files(("/home/a.bin", 1000)));
        var bob = Receive(code, request: new ReceiveRequest { Output = "-" });
        AdvanceToEnd(alice, bob);
        Assert.That(bob.Output.ToArray(), Is.EqualTo(alice.Files.Read("/home/a.bin")));
        Assert.That(bob.Files.Paths, Has.None.Contains("a.bin"));
    }

    [Test]
    public void UnderAnotherApplicationId_FilesArrive()
    {
        var other = Usual with { AppId = "example.com/other" };
        var (alice, code) = Sending(Paths("/home/a.bin"), other, files: Files(("/home/a.bin", 1000)));
        Assert.That(alice.FrontEnd.Events.OfType<CliEvent.Code>().Single().Command, Is.EqualTo($"rxwormhole receive --appid example.com/other {code}"));
        var bob = Receive(code, other);
        AdvanceToEnd(alice, bob);
        Assert.That(bob.Files.Paths, Does.Contain("/to/a.bin"));
    }

    [Test]
    public void NothingToSend_AsksForAText()
    {
        var (alice, code) = Sending(Paths(), frontEnd: new ScriptedFrontEnd().Answer("Text to send", "typed"));
        var bob = Receive(code);
        AdvanceToEnd(alice, bob);
        Assert.That(bob.FrontEnd.Events.OfType<CliEvent.Message>().Single().Text, Is.EqualTo("typed"));
    }

    [Test]
    public void ReceiverAllocates_SenderTakesTheCode()
    {
        var bob = Receive(null, request: new ReceiveRequest { Allocate = true });
        Advance(1);
        var told = bob.FrontEnd.Events.OfType<CliEvent.Code>().Single();
        Assert.That((told.IsNew, told.Command), Is.EqualTo((true, $"rxwormhole send --code {told.Text} WHAT")));
        var alice = Send(Text("hello"), Usual with { Code = told.Text });
        AdvanceToEnd(alice, bob);
        Assert.That((alice.ExitCode, bob.ExitCode), Is.EqualTo((ExitCode.Success, ExitCode.Success)));
    }

    [Test]
    public void CodeIsTypedCarelessly_IsUnderstood()
    {
        var (alice, code) = Sending(Text("hello"));
        var bob = Receive($"  {code.Replace('-', ' ').ToUpperInvariant()} ");
        AdvanceToEnd(alice, bob);
        Assert.That(bob.ExitCode, Is.EqualTo(ExitCode.Success));
    }

    [Test]
    public void CodeIsAskedFor_WhereNoneIsGiven()
    {
        var (alice, code) = Sending(Text("hello"));
        var bob = Receive(null, frontEnd: new ScriptedFrontEnd().Answer("code", code));
        AdvanceToEnd(alice, bob);
        Assert.That(bob.ExitCode, Is.EqualTo(ExitCode.Success));
    }

    [Test]
    public void ZeroMode_MeetsWithoutACode()
    {
        var alice = Send(Text("hello"), Usual with { Zero = true });
        var bob = Receive(null, Usual with { Zero = true });
        AdvanceToEnd(alice, bob);
        Assert.That((alice.ExitCode, bob.ExitCode), Is.EqualTo((ExitCode.Success, ExitCode.Success)));
    }

    [Test]
    public void BothSayThatVerifiersAreTheSame_ItGoesOn()
    {
        var verifying = Usual with { Verify = true };
        var (alice, code) = Sending(Text("hello"), verifying, new ScriptedFrontEnd().Answer("verifier", Observable.Timer(TimeSpan.FromSeconds(40), Clock).Select(_ => "yes")));
        var bob = Receive(code, verifying, new ScriptedFrontEnd().Answer("verifier", "yes"));
        AdvanceToEnd(alice, bob);
        Assert.That((alice.ExitCode, bob.ExitCode), Is.EqualTo((ExitCode.Success, ExitCode.Success)));
        Assert.That(alice.FrontEnd.Events.OfType<CliEvent.Verifier>().Single(), Is.EqualTo(bob.FrontEnd.Events.OfType<CliEvent.Verifier>().Single()));
    }

    [Test]
    public void RelayOnly_SaysThatItWentThroughTheRelay()
    {
        var relayed = Usual with { Paths = TransitPaths.Relay };
        var (alice, code) = Sending(Paths("/home/a.bin"), relayed, files: Files(("/home/a.bin", 1000)));
        var bob = Receive(code, relayed);
        AdvanceToEnd(alice, bob);
        Assert.That(bob.FrontEnd.Events.OfType<CliEvent.Route>().Single().Value.IsRelayed, Is.True);
    }

    [Test]
    public void Motd_IsTold()
    {
        Rendezvous.Welcome = new WelcomeInfo { Motd = "Welcome aboard" };
        var (alice, code) = Sending(Text("hello"));
        var bob = Receive(code);
        AdvanceToEnd(alice, bob);
        Assert.That(bob.FrontEnd.Events.OfType<CliEvent.Motd>().Single().Text, Is.EqualTo("Welcome aboard"));
    }

    private void AssertTidy(params Side[] sides)
    {
        foreach (var side in sides)
            EventSchema.AssertEnded(side.FrontEnd.Lines);
        Assert.That(Rendezvous.LeftBehind, Is.Empty);
        Assert.That(Network.LeftBehind, Is.Empty);
    }
}
