using RxWormhole.Cli;

namespace RxWormhole.Fuzz;

/// <summary>A public key that the other side sends, to be put among those that may log in.</summary>
internal sealed class PublicKeyTarget : FuzzTarget
{
    internal override string Name => "public-key";

    internal override IReadOnlyList<string> Words { get; } =
    [
        "ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "sk-ssh-ed25519@openssh.com", "AAAAC3NzaC1lZDI1NTE5AAAAI", "AAAAB3NzaC1yc2E", "command=\"sh\" ", "cert-authority ", "PRIVATE KEY", "\nssh-rsa ", "\r", "\u0085", "\u00a0", "\u2003",
    ];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var isRead = PublicKey.TryParse(Texts.Of(input), out var key, out var reason);
        Hold.That(isRead == (key is not null) && isRead == (reason is null), "either a key or a reason");
        if (key is null)
            return;

        var line = key.ToString();
        Hold.That(line.StartsWith($"{key.Type} ", StringComparison.Ordinal), "nothing stands in front of a key");
        Hold.That(Texts.AreTame(line, "\t"), "a key is one line for everybody");
        Hold.That(PublicKey.TryParse(line, out var again, out _), "what was read is written so that it can be read");
        Hold.Same(key, again, "what was read and written is read again as the same");
        Hold.That(key.Fingerprint.Length == "SHA256:".Length + 43, "a key has a fingerprint");
    }
}
