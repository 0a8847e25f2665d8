using RxWormhole.Protocol;
using RxWormhole.Server;

namespace RxWormhole.Fuzz;

/// <summary>Permissions: stamps that a client shows, and what a server asks for and tells about itself. A line is a stamp, the rest a welcome.</summary>
internal sealed class PermissionTarget : FuzzTarget
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(50);
    private static readonly PostStamps Stamps = new(new byte[PostStamps.SecretLength]);
    private static readonly KeepPolicy Keep = new(TimeSpan.FromMinutes(11), TimeSpan.FromDays(7), TimeSpan.FromDays(30));

    internal override string Name => "permission";

    internal override IReadOnlyList<string> Words { get; } =
        ["1:", "1:6:210723:resource-string::NmZNF4eIbk87mqYz:000003n", "rxwormhole-20-", ":", "permission-required", "hashcash", "bits", "resource", "none", "motd", "error", "current_cli_version", "mailbox-keep-seconds"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var (stamp, welcome) = Texts.Two(input);
        foreach (var bits in new[] { 0, 1, 20, Hashcash.MaxBits })
        {
            var isGood = Hashcash.Check(stamp, bits, "resource-string");
            Hold.That(!isGood || Hashcash.Check(stamp, bits, "resource-string", anyDate: true), "what is good with its date is good without");
        }

        if (Stamps.Find(stamp, "address", Now) is { } asked)
            Hold.That(Stamps.Ask(asked.Bits, "address", Now - PostStamps.Validity) is not null, "what is found was asked for");

        if (!MessageCodec.TryRead(System.Text.Encoding.UTF8.GetBytes($$"""{"type":"welcome","welcome":{{welcome}}}"""), out var message, out _) || message is not ServerMessage.Welcome { Info: var info })
            return;
        if (info.Permission?.Hashcash is { } hashcash)
        {
            Hold.That(hashcash.Bits is >= 0 and <= Hashcash.MaxBits && Hashcash.IsResource(hashcash.Resource), "what is asked for can be answered");
            if (new HashcashMint(hashcash, Now, new byte[HashcashMint.EntropyLength]).TrySlice(10, out var found))
                Hold.That(Hashcash.Check(found, hashcash.Bits, hashcash.Resource), "a stamp that was made is good");
        }

        try
        {
            CheckWelcome(info.Declare(Keep));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // A server's own welcome with a key twice, or with what is no Unicode: refused when it starts.
        }

        CheckWelcome(WelcomeText.Personal(info with { Json = "{}" }, info.Permission, "{\"ipv4\":\"127.0.0.1\"}"));
    }

    private static void CheckWelcome(WelcomeInfo info) =>
        Hold.That(MessageCodec.TryRead(MessageCodec.Write(new ServerMessage.Welcome(info)), out var read, out _) && read is ServerMessage.Welcome, "a welcome can be read");
}
