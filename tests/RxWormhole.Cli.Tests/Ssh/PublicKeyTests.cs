using System.Buffers.Binary;
using System.Text;

namespace RxWormhole.Cli.Tests;

/// <summary>What is taken as a public key of somebody else's: one line of a known kind, and nothing that does more.</summary>
public sealed class PublicKeyTests
{
    private static readonly string Key = SshFolder.Ed25519.Split(' ')[1];

    [TestCase(SshFolder.Ed25519, SshFolder.Ed25519)]
    [TestCase(SshFolder.Ed25519 + "\r\n", SshFolder.Ed25519)]
    [TestCase("  " + SshFolder.Ed25519 + "  ", SshFolder.Ed25519)]
    public void Line_IsTakenWithoutItsEnd(string text, string line) => Assert.That(Parse(text)!.ToString(), Is.EqualTo(line));

    [Test]
    public void Comment_MayBeMissingOrHaveSpaces()
    {
        Assert.That(Parse($"ssh-ed25519 {Key}")!.Comment, Is.Empty);
        Assert.That(Parse($"ssh-ed25519\t{Key}  Alice Müller at home")!.ToString(), Is.EqualTo($"ssh-ed25519 {Key} Alice Müller at home"));
    }

    // As ssh-keygen -l has it.
    [Test]
    public void Fingerprint_IsThatOfOpenSsh() => Assert.That(Parse(SshFolder.Ed25519)!.Fingerprint, Does.Match("^SHA256:[A-Za-z0-9+/]{43}$"));

    [TestCase("ssh-ed25519", new[] { 32 })]
    [TestCase("ssh-rsa", new[] { 3, 257 })]
    [TestCase("sk-ssh-ed25519@openssh.com", new[] { 32, 4 })]
    public void KnownTypes_AreTaken(string type, int[] lengths) => Assert.That(Parse($"{type} {Blob(type, [.. lengths.Select(length => new byte[length])])}")?.Type, Is.EqualTo(type));

    [TestCase("ecdsa-sha2-nistp256", "nistp256", 65)]
    [TestCase("ecdsa-sha2-nistp384", "nistp384", 97)]
    [TestCase("ecdsa-sha2-nistp521", "nistp521", 133)]
    public void Curves_AreTaken(string type, string curve, int length) => Assert.That(Parse($"{type} {Curve(type, curve, length)}")?.Type, Is.EqualTo(type));

    [Test]
    public void WhatIsNoKey_IsRefused([ValueSource(nameof(Wrong))] string text)
    {
        Assert.That(PublicKey.TryParse(text, out _, out var reason), Is.False);
        Assert.That(reason, Is.Not.Empty.And.Not.Contain("AAAA"));
    }

    private static IEnumerable<string> Wrong() =>
    [
        "", "\n", "\u00a0", "\u3000 \u00a0", "ssh-ed25519", "hello", "ssh-ed25519 AAAA", $"ssh-ed25519 {Key}=", $"ssh-ed25519 {Key[..^4]}", $"ssh-ed25519 {Key}AAAA",
        $"ssh-rsa {Key}", $"ssh-dss {Blob("ssh-dss", new byte[128])}", $"ssh-ed25519-cert-v01@openssh.com {Key}",
        $"command=\"rm -rf /\" ssh-ed25519 {Key}", $"no-pty ssh-ed25519 {Key}", $"# ssh-ed25519 {Key}", $"@cert-authority * ssh-ed25519 {Key}",
        $"ssh-ed25519 {Key} a\nssh-ed25519 {Key} b", $"ssh-ed25519 {Key} a\rb", $"ssh-ed25519 {Key} \u001b[31m", $"ssh-ed25519 {Key} a\0", $"ssh-ed25519 {Key} \u202Eevil", $"ssh-ed25519 {Key} a\u2028b",
        $"ssh-ed25519 {Key} \ud800", $"ssh-ed25519 {Key} {new string('x', 2000)}", $"ssh-ed25519 {Key} {new string(' ', 20_000)}x",
        $"ssh-rsa {Blob("ssh-rsa", new byte[3], new byte[64])}", $"ssh-ed25519 {Blob("ssh-ed25519", new byte[31])}", $"ssh-ed25519 {Blob("ssh-ed25519", new byte[32], new byte[1])}",
        $"ecdsa-sha2-nistp256 {Curve("ecdsa-sha2-nistp256", "nistp384", 65)}", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----",
    ];

    private static PublicKey? Parse(string text) => PublicKey.TryParse(text, out var key, out _) ? key : null;

    private static string Curve(string type, string curve, int length)
    {
        var point = new byte[length];
        point[0] = 4;
        return Blob(type, Encoding.UTF8.GetBytes(curve), point);
    }

    private static string Blob(string type, params byte[][] fields) => Convert.ToBase64String([.. fields.Prepend(Encoding.UTF8.GetBytes(type)).SelectMany(Field)]);

    private static byte[] Field(byte[] content)
    {
        var field = new byte[4 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(field, content.Length);
        content.CopyTo(field, 4);
        return field;
    }
}
