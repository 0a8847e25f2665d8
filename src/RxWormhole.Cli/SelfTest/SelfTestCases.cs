using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>What is computed, and compared with the protocol's vectors.</summary>
internal static class SelfTestCases
{
    /// <summary>Normalization form C, which the system's own leaves out on a machine without ICU.</summary>
    internal static IEnumerable<SelfTestCase> Nfc(Func<string, byte[]> normalize) =>
        NfcCases.All.Select(each => new SelfTestCase(Escaped(each.Text), normalize(each.Text).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(each.Normalized))));

    /// <summary>Keys for purposes, some of which are not in normalization form C.</summary>
    internal static IEnumerable<SelfTestCase> DerivedKeys(Func<string, byte[]> normalize)
    {
        foreach (var each in Vectors("derive-key.json"))
        {
            var purpose = normalize(Text(each, "purpose"));
            var derived = KeyDerivation.Derive(Bytes(each, "key"), purpose, each.GetProperty("length").GetInt32());
            var isRight = each.TryGetProperty("output", out _)
                ? derived.AsSpan().SequenceEqual(Bytes(each, "output"))
                : SHA256.HashData(derived).AsSpan().SequenceEqual(Bytes(each, "output_sha256"));
            yield return new(Escaped(Text(each, "purpose")), isRight && purpose.AsSpan().SequenceEqual(Bytes(each, "purpose_utf8_nfc")));
        }
    }

    /// <summary>Key exchanges with libsodium, some of them with codes that are not in normalization form C.</summary>
    internal static IEnumerable<SelfTestCase> Exchanges(Func<string, byte[]> normalize)
    {
        foreach (var each in Vectors("spake2-symmetric.json"))
        {
            foreach (var (ours, theirs) in new[] { ("a", "b"), ("b", "a") })
            {
                var (side, other) = (each.GetProperty(ours), each.GetProperty(theirs));
                using var scalar = Spake2.CreateScalar(Bytes(side, "entropy"));
                using var exchange = Spake2.Start(normalize(Text(side, "code")), scalar);
                using var key = exchange.Finish(Bytes(other, "message"), normalize(AppId(each, ours)));
                using var expected = new SharedKey(Bytes(side, "shared_key"));
                yield return new(
                    $"{Text(each, "name")}, {ours}",
                    exchange.Message.Span.SequenceEqual(Bytes(side, "message")) && key is not null && key.Verifier() == expected.Verifier());
            }
        }
    }

    /// <summary>Messages sealed and opened with libsodium.</summary>
    internal static IEnumerable<SelfTestCase> Boxes()
    {
        foreach (var each in Vectors("phase-keys.json").Where(each => each.TryGetProperty("body", out _) && each.TryGetProperty("plaintext", out _)))
        {
            var (side, phase, body, plaintext) = (Text(each, "side"), Text(each, "phase"), Bytes(each, "body"), Bytes(each, "plaintext"));
            using var key = new SharedKey(Bytes(each, "key"));
            yield return new(
                Escaped($"{side}, {phase}"),
                key.Seal(side, phase, Bytes(each, "nonce"), plaintext).AsSpan().SequenceEqual(body) && key.TryOpen(side, phase, body, out var opened) && opened.AsSpan().SequenceEqual(plaintext));
        }
    }

    /// <summary>A database in memory.</summary>
    internal static IEnumerable<SelfTestCase> Database()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "create table t (c text not null); insert into t values ('x'); select count(*) from t";
        yield return new($"SQLite {connection.ServerVersion}", command.ExecuteScalar() is 1L);
    }

    private static List<JsonElement> Vectors(string name)
    {
        using var stream = typeof(SelfTestCases).Assembly.GetManifestResourceStream(name)!;
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("cases").Clone().EnumerateArray()];
    }

    private static string AppId(JsonElement vector, string side) => vector.GetProperty("appid").GetString() ?? Text(vector.GetProperty(side), "appid");

    private static string Text(JsonElement vector, string name) => vector.GetProperty(name).GetString()!;

    private static byte[] Bytes(JsonElement vector, string name) => Convert.FromHexString(Text(vector, name));

    private static string Escaped(string text) =>
        string.Concat(text.Select(each => char.IsAscii(each) && !char.IsControl(each) ? each.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)each:x4}")));
}
