namespace RxWormhole.Benchmarks.Exchanges;

/// <summary>A command line client, and how it is told to send a word and to receive one.</summary>
/// <param name="Program">The program.</param>
/// <param name="Send">Its arguments.</param>
/// <param name="Receive">Its arguments, given the code.</param>
internal sealed record ExchangeClient(string Program, string[] Send, Func<string, string[]> Receive)
{
    /// <summary>What is said.</summary>
    internal const string Word = "hello";

    internal static ExchangeClient Ours(string command, string url) => Of(command, url);

    internal static ExchangeClient Go(string url) => Of("wormhole-william", url);

    // The same words for both.
    private static ExchangeClient Of(string program, string url) =>
        new(program, ["send", "--relay-url", url, "--text", Word], code => ["receive", "--relay-url", url, code]);
}
