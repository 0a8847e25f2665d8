namespace RxWormhole.Interop.Tests;

/// <summary><c>ssh accept</c> at a terminal: which key, whether really, and Ctrl-C at both.</summary>
public sealed class SshScreenTests : TerminalFixture
{
    // Of nobody, and well-formed.
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI";

    private const string Choice = """
        There are several public keys in 'FOLDER/keys'. Which one is to be sent?
          1: a.pub (a@example)
          2: b.pub (b@example)

        """;

    [Test]
    public void KeyIsChosenAndAgreedTo_IsSent()
    {
        WriteKeys("a", "b");
        using var host = Elsewhere("receive", "--allocate", "--appid", "lothar.com/wormhole/ssh-add");
        using var guest = Accept(CodeOf(host));
        guest.Type("2\r", when: "(1/2)");
        guest.Type("y\r", when: "(y/N)");
        Assert.That(guest.Wait(), Is.Zero, guest.Text);
        host.WaitForExit();
        Assert.That(host.Output, Does.StartWith(Key).And.Contain(" b@example"));
        AssertShows(guest, Choice + $"""
            (1/2): 2
            Sending the public key ssh-ed25519 {Fingerprint(guest)} b@example
            Really send this public key? (y/N): y
            Key sent: {Fingerprint(guest)}.
            """);
    }

    [Test]
    public void InterruptedAtTheChoice_NothingIsSent()
    {
        WriteKeys("a", "b");
        using var guest = Accept("7-a-b");
        guest.WaitFor("(1/2)");
        guest.Interrupt();
        AssertShows(guest, Choice + """
            (1/2):
            rxwormhole: Interrupted.
            """);
    }

    [Test]
    public void InterruptedBeforeItIsAgreedTo_NothingIsSent()
    {
        WriteKeys("a");
        using var guest = Accept("7-a-b");
        guest.WaitFor("(y/N)");
        guest.Interrupt();
        AssertShows(guest, $"""
            Sending the public key ssh-ed25519 {Fingerprint(guest)} a@example
            Really send this public key? (y/N):
            rxwormhole: Interrupted.
            """);
    }

    private static string Fingerprint(TerminalProcess guest) => guest.Text.Split(' ', '\n').First(word => word.StartsWith("SHA256:", StringComparison.Ordinal));

    private TerminalProcess Accept(string code) =>
        new(["ssh", "accept", "--relay-url", Server.Mailbox.ToString(), "--key-file", In("keys"), code], columns: 120, Folder);

    private void WriteKeys(params string[] names)
    {
        foreach (var name in names)
        {
            byte[] key = [0, 0, 0, 11, .. "ssh-ed25519"u8, 0, 0, 0, 32, .. Enumerable.Repeat((byte)name[0], 32)];
            System.IO.File.WriteAllText(Path.Combine(In("keys"), name + ".pub"), $"ssh-ed25519 {Convert.ToBase64String(key)} {name}@example\n");
        }
    }
}
