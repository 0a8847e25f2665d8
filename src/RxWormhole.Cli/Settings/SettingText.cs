using System.Globalization;

namespace RxWormhole.Cli;

/// <summary>What texts of settings mean. A text that makes no sense throws <see cref="FormatException"/> with what was expected.</summary>
internal static class SettingText
{
    // Timers of the platform end there.
    private const int MostDays = 49;

    /// <summary>Yes or no in the words that the Python client takes; null for another text.</summary>
    internal static bool? Flag(string text) => text.ToUpperInvariant() switch
    {
        "1" or "TRUE" or "T" or "YES" or "Y" or "ON" => true,
        "0" or "FALSE" or "F" or "NO" or "N" or "OFF" => false,
        _ => null,
    };

    /// <summary>A time: a number with <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c> behind it; seconds without.</summary>
    internal static TimeSpan Time(string text)
    {
        var seconds = text is [.., var unit] ? unit switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 } : 0;
        var number = seconds == 0 ? text : text[..^1];
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) || count <= 0 || count > MostDays * 86_400m / Math.Max(1, seconds))
            throw new FormatException($"a time of at most {MostDays} days, for instance 90s, 10m or 2h");
        return TimeSpan.FromTicks(Math.Max(1, (long)(count * Math.Max(1, seconds) * TimeSpan.TicksPerSecond)));
    }

    /// <summary>When the server is asked: <c>TIME[,AFTER=TIME…]</c>, or the name of a schedule; null for a standing connection.</summary>
    internal static PollingSchedule? Schedule(string text)
    {
        switch (text)
        {
            case "none":
                return null;
            case "face-to-face":
                return PollingSchedule.FaceToFace;
            case "patient":
                return PollingSchedule.Patient;
        }

        try
        {
            return new PollingSchedule([.. text.Split(',').Select((step, index) => step.Split('=') switch
            {
                [var interval] when index == 0 => new PollingStep(TimeSpan.Zero, Time(interval)),
                [var after, var interval] when index > 0 => new PollingStep(Time(after), Time(interval)),
                _ => throw new FormatException(),
            })]);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new FormatException("face-to-face, patient, or TIME[,AFTER=TIME…] in rising order with times of 10 ms to 30 days, for instance 5s,10m=1m,1h=10m; none stays connected");
        }
    }

    /// <summary>A port, or a range of them.</summary>
    internal static TransitPorts Ports(string text)
    {
        if (text == "any")
            return TransitPorts.Any;
        var numbers = text.Split('-').Select(part => ushort.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0).ToArray();
        return numbers switch
        {
            [> 0 and var only] => TransitPorts.Only(only),
            [> 0 and var first, var last] when last >= first => new TransitPorts(first, last),
            _ => throw new FormatException("a port or a range of ports, 1 to 65535, for instance 4000 or 4000-4010; any leaves it to the system"),
        };
    }

    /// <summary>The address of a mailbox server.</summary>
    internal static Uri Server(string text) => ServerOrNull(text) ?? throw new FormatException("a ws:// or wss:// address, for instance wss://example.com/v1");

    /// <summary>The address of a mailbox server; null for another text.</summary>
    // The scheme first: Uri.TryCreate throws over some texts that begin like the path of a file.
    internal static Uri? ServerOrNull(string text) =>
        text.StartsWith("ws", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "ws" or "wss", Host.Length: > 0, UserInfo: "", Fragment: "" } ? address : null;

    /// <summary>A whole number.</summary>
    internal static int Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"a number from {least} to {most}");

    /// <summary>One of a few words.</summary>
    internal static T Word<T>(string text, params ReadOnlySpan<(string Word, T Value)> words)
    {
        var all = new List<string>();
        foreach (var (word, value) in words)
        {
            if (word == text)
                return value;
            all.Add(word);
        }

        throw new FormatException($"{string.Join(", ", all[..^1])} or {all[^1]}");
    }
}
