using System.Text;

namespace RxWormhole.Protocol.Tests.Files;

public sealed class SafeNameTests
{
    [TestCase("CON", "_CON")]
    [TestCase("con.txt", "_con.txt")]
    [TestCase("NUL .txt", "_NUL .txt")]
    [TestCase("Com7", "_Com7")]
    [TestCase("lpt\u00B2.log", "_lpt\u00B2.log")]
    [TestCase("C\u200EON", "_CON")]
    [TestCase("COM10", "COM10")]
    [TestCase("console", "console")]
    [TestCase("a.txt. . ", "a.txt")]
    [TestCase("12:30?.txt", "12_30_.txt")]
    [TestCase("photo\u202Egpj.exe", "photogpj.exe")]
    [TestCase("\u001b[31mred", "_[31mred")]
    [TestCase("a\0b", "a_b")]
    [TestCase("line\u2028end", "line_end")]
    [TestCase("می\u200Cخواهم.txt", "می\u200Cخواهم.txt")]
    [TestCase("👩\u200D🚀.png", "👩\u200D🚀.png")]
    [TestCase("日本語.txt", "日本語.txt")]
    [TestCase("e\u0301.txt", "e\u0301.txt")]
    public void AwkwardName_IsMadeSafe(string offered, string expected)
    {
        Assert.That(OfferedName.TryMakeSafe(offered, true, out var name, out var reason), Is.True, reason);
        Assert.That(name, Is.EqualTo(expected));
    }

    [TestCase("a/..")]
    [TestCase(". .")]
    [TestCase(".\u200E.")]
    [TestCase("  ")]
    [TestCase("\u00A0\u3000")]
    [TestCase("\u200E")]
    [TestCase("photo.jpg.0123abcd.rxwormhole-part")]
    [TestCase("photo.jpg.0123abcd.RxWormhole-Part .")]
    [TestCase("photo.0123abcd.rxwormhole-tmp")]
    public void NameOfWhichNothingGoodIsLeft_IsRefused(string offered) =>
        Assert.That(OfferedName.TryMakeSafe(offered, true, out _, out _), Is.False);

    [Test]
    public void NameThatIsNoUnicode_IsRefused() =>
        Assert.That(OfferedName.TryMakeSafe("half\uD800", true, out _, out _), Is.False);

    [TestCase(255, true)]
    [TestCase(256, false)]
    [TestCase(1_000_000, false)]
    public void NameOfManyBytes_IsTakenUpTo255(int bytes, bool accepted)
    {
        var offered = new string('é', bytes / 2) + (bytes % 2 == 1 ? "x" : "");
        Assert.That(OfferedName.TryMakeSafe(offered, true, out _, out _), Is.EqualTo(accepted));
    }

    [Test]
    public void HiddenName_IsAQuestionOfPolicy()
    {
        Assert.That(OfferedName.TryMakeSafe(".profile", allowHidden: true, out _, out _), Is.True);
        Assert.That(OfferedName.TryMakeSafe(".profile", allowHidden: false, out _, out _), Is.False);
        Assert.That(OfferedName.TryMakeSafe("\u200E.profile", allowHidden: false, out _, out _), Is.False);
    }

    [TestCase("/")]
    [TestCase("//host/share")]
    [TestCase("a//b")]
    [TestCase("C:/Windows/x")]
    [TestCase("C:")]
    [TestCase("a/../../b")]
    [TestCase("a/.. /b")]
    [TestCase("a/b\\..\\c")]
    [TestCase("a/x.rxwormhole-part")]
    public void EntryThatLeadsElsewhere_IsRefused(string entry) =>
        Assert.That(ZipEntryName.TryParse(entry, out _, out _, out _), Is.False);

    [Test]
    public void EntryTooDeep_IsRefused()
    {
        Assert.That(ZipEntryName.TryParse(string.Join('/', Enumerable.Repeat("d", ZipEntryName.MaxDepth)), out _, out _, out _), Is.True);
        Assert.That(ZipEntryName.TryParse(string.Join('/', Enumerable.Repeat("d", ZipEntryName.MaxDepth + 1)), out _, out _, out _), Is.False);
    }

    [FsCheck.NUnit.Property(MaxTest = 3000)]
    public bool WhateverIsOffered_NothingOfItSeparates(string? offered)
    {
        if (offered is null || !OfferedName.TryMakeSafe(offered, true, out var name, out _))
            return true;
        return name.Length > 0 && name is not ("." or "..") && name.IndexOfAny(['/', '\\', ':', '\0']) < 0 && !name.Any(char.IsControl)
            && Encoding.UTF8.GetByteCount(name) <= 255 && OfferedName.TryMakeSafe(name, true, out var again, out _) && again == name;
    }
}
