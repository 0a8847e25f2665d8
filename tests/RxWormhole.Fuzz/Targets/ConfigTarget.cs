using RxWormhole.Cli;

namespace RxWormhole.Fuzz;

/// <summary>The configuration file of the command, and each setting in it.</summary>
internal sealed class ConfigTarget : FuzzTarget
{
    internal override string Name => "config";

    internal override int FixedBytes => 512 << 10;

    internal override int BytesPerByte => 4000;

    internal override IReadOnlyList<string> Words { get; } =
    [
        "profile", "profiles", .. SettingTable.All.Select(setting => setting.Name), "10m", "90s", "never", "79228162514264337593543950335", "5s,10m=1m,1h=10m", "face-to-face", "4000-4010", "wss://example.com/v1", "tcp:example.com:4001",
    ];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var bytes = input.ToArray();
        var surroundings = new Surroundings { Variable = _ => null, ReadFile = _ => bytes, Platform = PlatformID.Unix };
        try
        {
            var file = ConfigFile.Read(surroundings);
            Hold.That(file.Exists, "what was read is there");
            foreach (var (name, text) in file.Settings)
                _ = SettingTable.All.Single(setting => setting.Name == name).Apply(new ClientSettings(), text);
        }
        catch (FailedException exception)
        {
            Hold.That(exception.Failure is { Kind: ExitCode.Usage, Message.Length: > 0 }, "what failed says why");
        }

        // As an option or the environment would have it.
        var said = Texts.Of(input.Length > 300 ? input[..300] : input);
        foreach (var setting in SettingTable.All)
        {
            try
            {
                _ = setting.Apply(new ClientSettings(), said);
            }
            catch (FormatException exception)
            {
                Hold.That(exception.Message.Length > 0, "what failed says what was expected");
            }
        }
    }
}
