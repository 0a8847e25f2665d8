using System.Text;
using Microsoft.Extensions.Logging;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>Sees that no plaintext, no code and no key goes to a server or into the log.</summary>
internal sealed class SecretsWatch(Violations violations) : ILogger
{
    private static readonly byte[] Marker = Encoding.UTF8.GetBytes(Pair.Marker);
    private static readonly byte[] MarkerInHex = Encoding.UTF8.GetBytes(Convert.ToHexStringLower(Marker));

    private readonly List<(string What, byte[] Bytes, string Text)> secrets = [];
    private readonly List<Pair> pairs = [];
    private int codes;

    internal void Add(Pair pair)
    {
        pairs.Add(pair);
        AddWords(pair.HumanCode);
    }

    internal void OnFrame(VirtualFrame frame)
    {
        if (!frame.IsFromClient)
            return;
        AddCodes();
        var bytes = frame.Bytes.Span;
        if (bytes.IndexOf(Marker) >= 0 || bytes.IndexOf(MarkerInHex) >= 0)
            violations.Add("secret", $"{frame.Client} sent a message in plain to the server");
        foreach (var (what, secret, _) in secrets)
        {
            if (bytes.IndexOf(secret) >= 0)
                violations.Add("secret", $"{frame.Client} sent {what} to the server");
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        AddCodes();
        var line = exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}";
        if (line.Contains(Pair.Marker, StringComparison.Ordinal))
            violations.Add("secret", $"a message is in the log: {line}");
        foreach (var (what, _, text) in secrets)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                violations.Add("secret", $"{what} is in the log: {line}");
        }
    }

    /// <summary>Keys are derived late: those that were, from then on.</summary>
    internal void AddKey(byte[] key) => Add("a key", Convert.ToHexStringLower(key));

    private void AddCodes()
    {
        var known = 0;
        foreach (var pair in pairs)
            known += pair.Codes.Count;
        if (known == codes)
            return;
        codes = known;
        foreach (var code in pairs.SelectMany(pair => pair.Codes))
            AddWords(code);
    }

    private void AddWords(string code) => Add("a code", code[(code.IndexOf('-', StringComparison.Ordinal) + 1)..]);

    private void Add(string what, string text)
    {
        if (!secrets.Exists(secret => secret.Text == text))
        {
            secrets.Add((what, Encoding.UTF8.GetBytes(text), text));
            secrets.Add(($"{what} in hex", Encoding.UTF8.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text))), text));
        }
    }
}
