namespace RxWormhole.Protocol;

/// <summary>The wire form of moods.</summary>
public static class MoodText
{
    /// <summary>The word the server is told: <c>lonely</c>, <c>happy</c>, <c>scary</c>, <c>errory</c> or <c>unwelcome</c>.</summary>
    public static string ToWire(this Mood mood) => mood switch
    {
        Mood.Lonely => "lonely",
        Mood.Happy => "happy",
        Mood.Scary => "scary",
        Mood.Errory => "errory",
        Mood.Unwelcome => "unwelcome",
        _ => throw new ArgumentOutOfRangeException(nameof(mood)),
    };

    /// <summary>Reads the wire form; false for a mood of somebody else's making.</summary>
    public static bool TryParse(string? text, out Mood mood)
    {
        Mood? found = text switch
        {
            "lonely" => Mood.Lonely,
            "happy" => Mood.Happy,
            "scary" => Mood.Scary,
            "errory" => Mood.Errory,
            "unwelcome" => Mood.Unwelcome,
            _ => null,
        };
        mood = found.GetValueOrDefault();
        return found is not null;
    }
}
