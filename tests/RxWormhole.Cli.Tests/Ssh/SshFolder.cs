namespace RxWormhole.Cli.Tests;

/// <summary>A home folder for the time of a test.</summary>
internal sealed class SshFolder : IDisposable
{
    // Its 32 bytes are made up: nobody can tell before somebody logs in.
    internal const string Ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBk8j9V0XUYxqkM6jc0E0cVCjZ1RAx0SaVVDrkB0RpoZ alice@example";

    internal string Home { get; } = Directory.CreateTempSubdirectory("rxwormhole-ssh-").FullName;

    internal string Path => System.IO.Path.Combine(Home, ".ssh");

    internal string AuthorizedKeys => System.IO.Path.Combine(Path, "authorized_keys");

    internal SshAccount Account => new(Path);

    internal SshFolder With(string name, string content)
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(System.IO.Path.Combine(Path, name), content);
        return this;
    }

    public void Dispose() => Directory.Delete(Home, recursive: true);
}
