using System.Text;

namespace RxWormhole.Cli.Tests;

/// <summary>A key comes into the file on a line of its own, once, and nobody else can read or change it.</summary>
public sealed class AuthorizedKeysTests
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private SshFolder ssh = null!;
    private PublicKey key = null!;

    [SetUp]
    public void MakeFolder()
    {
        ssh = new SshFolder();
        Assert.That(PublicKey.TryParse(SshFolder.Ed25519, out var parsed, out _), Is.True);
        key = parsed!;
    }

    [TearDown]
    public void DeleteFolder() => ssh.Dispose();

    [Test]
    public void MissingFolder_IsMadeForTheUserAlone()
    {
        AuthorizedKeys.Check(ssh.Path);
        Assert.That(Directory.Exists(ssh.Path), Is.False, "looking leaves nothing behind");
        Assert.That(Directory.GetFileSystemEntries(ssh.Home), Is.Empty);
        Assert.That(AuthorizedKeys.Add(ssh.Path, key), Is.True);
        Assert.That(File.ReadAllText(ssh.AuthorizedKeys), Is.EqualTo(SshFolder.Ed25519 + "\n"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(ssh.Path), Is.EqualTo(OwnFile | UnixFileMode.UserExecute));
            Assert.That(File.GetUnixFileMode(ssh.AuthorizedKeys), Is.EqualTo(OwnFile));
        }
    }

    [TestCase("", "")]
    [TestCase("# mine\n", "# mine\n")]
    [TestCase("ssh-rsa AAAA other", "ssh-rsa AAAA other\n")]
    [TestCase("ssh-rsa AAAA other\r\n", "ssh-rsa AAAA other\r\n")]
    public void Key_IsAddedOnALineOfItsOwn(string before, string kept)
    {
        ssh.With("authorized_keys", before);
        AuthorizedKeys.Check(ssh.Path);
        Assert.That(AuthorizedKeys.Add(ssh.Path, key), Is.True);
        Assert.That(File.ReadAllText(ssh.AuthorizedKeys), Is.EqualTo(kept + SshFolder.Ed25519 + "\n"));
    }

    [TestCase("{0}\n", false)]
    [TestCase("no-pty {0}", false)]
    [TestCase("x\n{0} and more\ny\n", false)]
    [TestCase("#{0}\n", true)]
    public void KeyThatIsThere_IsNotDoubled(string content, bool isAdded)
    {
        var before = content.Replace("{0}", SshFolder.Ed25519, StringComparison.Ordinal);
        ssh.With("authorized_keys", before);
        Assert.That(AuthorizedKeys.Add(ssh.Path, key), Is.EqualTo(isAdded));
        if (!isAdded)
            Assert.That(File.ReadAllText(ssh.AuthorizedKeys), Is.EqualTo(before));
    }

    [Test]
    public void Link_IsFollowedAndStays()
    {
        var elsewhere = Path.Combine(ssh.Home, "dotfiles");
        File.WriteAllText(elsewhere, "# mine\n");
        Directory.CreateDirectory(ssh.Path);
        File.CreateSymbolicLink(ssh.AuthorizedKeys, elsewhere);
        Assert.That(AuthorizedKeys.Add(ssh.Path, key), Is.True);
        Assert.That(File.ReadAllText(elsewhere), Is.EqualTo("# mine\n" + SshFolder.Ed25519 + "\n"));
        Assert.That(new FileInfo(ssh.AuthorizedKeys).LinkTarget, Is.EqualTo(elsewhere));
    }

    [Test]
    public void FolderInItsPlace_IsNamed()
    {
        Directory.CreateDirectory(ssh.AuthorizedKeys);
        Assert.That(() => AuthorizedKeys.Check(ssh.Path), Throws.TypeOf<FailedException>().With.Message.Contains(ssh.AuthorizedKeys));
    }

    [Test]
    public void FolderThatIsNotThere_IsNamed() =>
        Assert.That(() => AuthorizedKeys.Check(Path.Combine(ssh.Home, "no", "home", ".ssh")), Throws.TypeOf<FailedException>().With.Property(nameof(FailedException.Failure)).Property(nameof(Failure.Kind)).EqualTo(ExitCode.LocalFile));

    // Root acts as the user: what it makes is theirs, and where the user may not write, root does not, either.
    [Test]
    [Platform("Linux")]
    public void AnotherUser_IsActedFor()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName != "root")
        {
            Assert.Ignore("Only root can act for others.");
            return;
        }

        var passwords = new Surroundings { Platform = PlatformID.Unix, ReadFile = _ => Encoding.UTF8.GetBytes($"root:x:0:0::/root:/bin/sh\nsomebody:x:65534:65534::{ssh.Home}:/bin/sh\n") };
        var account = SshAccount.Of("somebody", passwords);
        Assert.That(() => account.Act(folder => AuthorizedKeys.Add(folder, key)), Throws.TypeOf<FailedException>(), "the folder is root's");

        File.SetUnixFileMode(ssh.Home, OwnFile | UnixFileMode.UserExecute | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
        account.Act(folder => AuthorizedKeys.Add(folder, key));
        Assert.That(File.ReadAllText(ssh.AuthorizedKeys), Is.EqualTo(SshFolder.Ed25519 + "\n"), "root is root again");
    }

    [TestCase("nobody-of-that-name")]
    [TestCase("")]
    [TestCase("../x")]
    [TestCase("-x")]
    public void UnknownUser_IsNamed(string user) =>
        Assert.That(() => SshAccount.Of(user, new Surroundings { Platform = PlatformID.Unix }), Throws.TypeOf<FailedException>().With.Message.Contains($"'{user}'"));
}
