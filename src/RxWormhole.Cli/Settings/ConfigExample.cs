using System.Text;

namespace RxWormhole.Cli;

/// <summary>A configuration file to begin with: all there is, explained and commented out.</summary>
internal static class ConfigExample
{
    internal static string Text()
    {
        var text = new StringBuilder("""
            // Settings of rxwormhole. They are called like the options; what an option or the environment says is heard first.
            {
              // The profile that is used without --profile.
              // "profile": "work",


            """);
        foreach (var setting in SettingTable.All)
        {
            text.Append("  // ").Append(About(setting)).Append('\n');
            text.Append("  // \"").Append(setting.Name).Append("\": ").Append(setting.Example).Append(",\n\n");
        }

        return text.Append("""
              // A profile says what it has differently; the rest is as above.
              // "profiles": {
              //   "work": { "relay-url": "wss://wormhole.example.com/v1", "transit-helper": "tcp:wormhole.example.com:4001" },
              // },
            }

            """).ToString();
    }

    private static string About(Setting setting)
    {
        var about = setting.About ?? setting.Options[0].Option.Description!;
        return about.Split(" [default")[0];
    }
}
