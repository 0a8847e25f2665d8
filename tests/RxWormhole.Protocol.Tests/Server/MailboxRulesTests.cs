namespace RxWormhole.Protocol.Tests.Server;

public sealed class MailboxRulesTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(11);

    [Test]
    public void FirstClaim_MakesNameplateAndMailboxAndOpensIt()
    {
        var after = Accepted(Claim(default, "a"));
        Assert.Multiple(() =>
        {
            Assert.That(after.Nameplate!.Name, Is.EqualTo("4"));
            Assert.That(after.Nameplate.Mailbox, Is.EqualTo("fresh"));
            Assert.That(after.Nameplate.Sides, Is.EqualTo(new[] { new NameplateSide("a", true) }));
            Assert.That(after.Mailbox!.Id, Is.EqualTo("fresh"));
            Assert.That(after.Mailbox.Nameplate, Is.EqualTo("4"));
            Assert.That(after.Mailbox.Sides, Is.EqualTo(new[] { new MailboxSide("a", true, null) }));
            Assert.That(after.Mailbox.Touched, Is.EqualTo(Start));
            Assert.That(after.Mailbox.Keep, Is.EqualTo(Keep));
        });
    }

    [Test]
    public void ClaimingTwice_ChangesNothingButTheTime()
    {
        var once = Accepted(Claim(default, "a"));
        var twice = Accepted(MailboxRules.Claim(once, "4", "a", "other", false, Start.AddSeconds(5), Keep));
        Assert.That(twice.Nameplate, Is.EqualTo(once.Nameplate));
        Assert.That(twice.Mailbox!.Touched, Is.EqualTo(Start.AddSeconds(5)));
        Assert.That(twice.Mailbox.Sides, Is.EqualTo(once.Mailbox!.Sides));
    }

    [Test]
    public void ThirdSide_IsRefusedAndNothingIsRecorded()
    {
        var two = Accepted(Claim(Accepted(Claim(default, "a")), "b"));
        var claimed = Claim(two, "c");
        var opened = MailboxRules.Open(two, "fresh", "c", Start.AddDays(1), Keep);
        var closed = MailboxRules.Close(two, "c", "happy");
        Assert.Multiple(() =>
        {
            Assert.That(claimed, Is.EqualTo(new Ruling(two, "crowded")));
            Assert.That(opened, Is.EqualTo(new Ruling(two, "crowded")));
            Assert.That(closed, Is.EqualTo(new Ruling(two, "crowded")));
            Assert.That(Claim(two, "a").Refusal, Is.Null);
            Assert.That(Claim(two, "b").Refusal, Is.Null);
        });
    }

    [Test]
    public void ThirdSideOfTheMailboxAlone_CannotClaimItsNameplate()
    {
        // b knew the mailbox id and opened it without the nameplate.
        var two = Accepted(MailboxRules.Open(Accepted(Claim(default, "a")), "fresh", "b", Start, Keep));
        Assert.That(Claim(two, "c"), Is.EqualTo(new Ruling(two, "crowded")));
    }

    [Test]
    public void ClaimAfterRelease_IsRefusedWhileTheOtherSideHoldsIt()
    {
        var two = Accepted(Claim(Accepted(Claim(default, "a")), "b"));
        var released = Accepted(MailboxRules.Release(two, "a"));
        Assert.That(released.Nameplate!.Sides, Is.EqualTo(new[] { new NameplateSide("a", false), new NameplateSide("b", true) }));
        Assert.That(Claim(released, "a").Refusal, Is.EqualTo("reclaimed"));
        Assert.That(Claim(released, "c").Refusal, Is.EqualTo("crowded"));

        var gone = Accepted(MailboxRules.Release(released, "b"));
        Assert.That(gone.Nameplate, Is.Null);
        Assert.That(gone.Mailbox, Is.EqualTo(two.Mailbox), "the mailbox stays");
    }

    [Test]
    public void ReleaseOfWhatIsNotThere_IsHarmless()
    {
        var one = Accepted(Claim(default, "a"));
        Assert.Multiple(() =>
        {
            Assert.That(MailboxRules.Release(default, "a"), Is.EqualTo(new Ruling(default, null)));
            Assert.That(MailboxRules.Release(one, "b"), Is.EqualTo(new Ruling(one, null)));
        });
    }

    [Test]
    public void LastClose_DeletesMailboxAndForgottenNameplate()
    {
        var two = Accepted(Claim(Accepted(Claim(default, "a")), "b"));
        var one = Accepted(MailboxRules.Close(two, "a", "happy"));
        Assert.That(one.Mailbox!.Sides, Is.EqualTo(new[] { new MailboxSide("a", false, "happy"), new MailboxSide("b", true, null) }));
        Assert.That(Accepted(MailboxRules.Close(one, "a", "happy")).Mailbox!.Sides, Is.EqualTo(one.Mailbox.Sides), "again");
        Assert.That(Accepted(MailboxRules.Close(one, "b", null)), Is.EqualTo(default(Meeting)));
    }

    [Test]
    public void CloseByWhoNeverTookPart_RecordsNothing()
    {
        var one = Accepted(Claim(default, "a"));
        Assert.Multiple(() =>
        {
            Assert.That(MailboxRules.Close(one, "b", "happy"), Is.EqualTo(new Ruling(one, null)));
            Assert.That(MailboxRules.Close(default, "b", "happy"), Is.EqualTo(new Ruling(default, null)));
        });
    }

    [Test]
    public void OpeningAfterClosing_TakesPartAgain()
    {
        var two = Accepted(Claim(Accepted(Claim(default, "a")), "b"));
        var back = Accepted(MailboxRules.Open(Accepted(MailboxRules.Close(two, "a", "happy")), "fresh", "a", Start, Keep));
        Assert.That(back.Mailbox!.Sides[0], Is.EqualTo(new MailboxSide("a", true, null)));
        Assert.That(Accepted(MailboxRules.Close(back, "b", null)).Mailbox, Is.Not.Null, "a is there again");
    }

    [Test]
    public void Keep_OnlyGrowsAndExpiryIsCountedFromTheLastTouch()
    {
        var one = Accepted(Claim(default, "a"));
        var longer = Accepted(MailboxRules.Open(one, "fresh", "b", Start, TimeSpan.FromDays(1)));
        var still = Accepted(MailboxRules.Open(longer, "fresh", "a", Start.AddHours(1), Keep));
        var touched = Accepted(MailboxRules.Touch(still, Start.AddHours(2)));
        Assert.Multiple(() =>
        {
            Assert.That(still.Mailbox!.Keep, Is.EqualTo(TimeSpan.FromDays(1)));
            Assert.That(touched.Mailbox!.IsExpired(Start.AddHours(26)), Is.False);
            Assert.That(touched.Mailbox.IsExpired(Start.AddHours(26).AddTicks(1)), Is.True);
            Assert.That(MailboxRules.Touch(default, Start), Is.EqualTo(new Ruling(default, null)));
        });
    }

    [TestCase(null, 660)]
    [TestCase(1, 660)]
    [TestCase(3600, 3600)]
    [TestCase(int.MaxValue, 86400)]
    public void Keep_IsGrantedUpToTheDeclaredLimit(int? asked, int seconds) =>
        Assert.That(new KeepPolicy(Keep, TimeSpan.FromDays(1)).Grant(asked), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [Test]
    public void ReferenceServer_KeepsElevenMinutesWhateverIsAsked() =>
        Assert.That(KeepPolicy.Reference.Grant(86400), Is.EqualTo(Keep));

    [Test]
    public void Nameplate_WaitsForWhomItWasAllocatedWhileNobodyElseCameNear()
    {
        var allocated = Accepted(MailboxRules.Claim(default, "4", "a", "fresh", true, Start, Keep)).Nameplate!;
        Assert.Multiple(() =>
        {
            Assert.That(allocated.WaitingSide, Is.EqualTo("a"));
            Assert.That((allocated with { Allocated = false }).WaitingSide, Is.Null);
            Assert.That((allocated with { Sides = [new NameplateSide("a", false)] }).WaitingSide, Is.Null);
            Assert.That((allocated with { Sides = [.. allocated.Sides, new NameplateSide("b", false)] }).WaitingSide, Is.Null);
        });
    }

    private static Ruling Claim(Meeting meeting, string side) => MailboxRules.Claim(meeting, "4", side, "fresh", false, Start, Keep);

    private static Meeting Accepted(Ruling ruling)
    {
        Assert.That(ruling.Refusal, Is.Null);
        return ruling.After;
    }
}
