using System.Text.Json;

namespace RxWormhole.Protocol;

/// <summary>What a mailbox server says about itself when a client connects.</summary>
/// <remarks>Source: the mailbox protocol, section 2.6. Every key is optional; one of an unexpected type counts as missing.</remarks>
public sealed record WelcomeInfo
{
    /// <summary>The message of the day, to be shown to the user, or null.</summary>
    public string? Motd { get; init; }

    /// <summary>Why the server will not serve anybody, or null. A client must stop.</summary>
    public string? Error { get; init; }

    /// <summary>The version of the Python program the server advertises, or null; it says nothing about other clients.</summary>
    public string? CurrentCliVersion { get; init; }

    /// <summary>The permission the server requires, or null where it requires none.</summary>
    public PermissionRequired? Permission { get; init; }

    /// <summary>For how many seconds the server keeps a mailbox that nobody touches, or null; our servers' extension.</summary>
    public int? MailboxKeepSeconds { get; init; }

    /// <summary>The JSON text of the whole object, for keys that are not known here.</summary>
    public string Json { get; init; } = "{}";

    /// <summary>Writes what the properties say into <see cref="Json"/>, which is what goes over the wire.</summary>
    /// <param name="keep">How long the server keeps mailboxes; declared where it grants more than the usual time and <see cref="MailboxKeepSeconds"/> says nothing.</param>
    /// <exception cref="ArgumentException"><see cref="Json"/> is no JSON object.</exception>
    public WelcomeInfo Declare(KeepPolicy keep) => this with { Json = WelcomeWriter.Write(this, keep) };

    internal static WelcomeInfo From(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return new WelcomeInfo();
        return new WelcomeInfo
        {
            Motd = Text(element, "motd"),
            Error = Text(element, "error"),
            CurrentCliVersion = Text(element, "current_cli_version"),
            Permission = element.TryGetProperty("permission-required", out var permission) ? PermissionRequired.From(permission) : null,
            MailboxKeepSeconds =
                element.TryGetProperty("mailbox-keep-seconds", out var keep) &&
                keep.ValueKind == JsonValueKind.Number && keep.TryGetInt32(out var seconds) && seconds > 0
                    ? seconds
                    : null,
            Json = element.GetRawText(),
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
