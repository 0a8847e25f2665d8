using NJsonSchema;

namespace RxWormhole.Contracts;

/// <summary>What docs/json-events.schema.json says about a line.</summary>
internal static class EventSchema
{
    private static readonly JsonSchema Schema = JsonSchema
        .FromFileAsync(Path.Combine(RepositoryRoot.Path, "docs", "json-events.schema.json")).GetAwaiter().GetResult();

    internal static void AssertValid(IEnumerable<string> lines) => Assert.Multiple(() =>
    {
        foreach (var line in lines)
            Assert.That(Schema.Validate(line).Select(error => error.ToString()), Is.Empty, line);
    });

    /// <summary>One last event, which says how it ended, and nothing behind it but how the session was closed.</summary>
    internal static void AssertEnded(IEnumerable<string> lines)
    {
        var endings = lines.Where(line => line.StartsWith("""{"event":"done",""", StringComparison.Ordinal) || line.StartsWith("""{"event":"error",""", StringComparison.Ordinal)).ToArray();
        Assert.That(endings, Has.Length.EqualTo(1), string.Join('\n', lines));
        Assert.That(lines.Last(), Is.EqualTo(endings[0]), string.Join('\n', lines));
    }
}
