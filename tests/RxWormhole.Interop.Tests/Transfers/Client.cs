using System.Text.RegularExpressions;

namespace RxWormhole.Interop.Tests;

/// <summary>A command line client that sends and receives on a <see cref="LoneMachine"/>.</summary>
public abstract partial class Client
{
    /// <summary>Debian's Python client. It does not listen, so that it uses the relay; and it says that it does.</summary>
    public static Client Python { get; } = new PythonClient();

    /// <summary>The Go client. It has no addresses to listen on here.</summary>
    public static Client Go { get; } = new GoClient();

    internal abstract string Program { get; }

    internal static IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8", ["PYTHONUNBUFFERED"] = "1" };

    /// <param name="server">Whose mailbox server.</param>
    /// <param name="relay">Whose relay.</param>
    /// <param name="what">What is sent.</param>
    internal abstract string[] Send(ServeProcess server, ServeProcess relay, params string[] what);

    internal abstract string[] Receive(ServeProcess server, ServeProcess relay, string code);

    /// <summary>Answers what a receiver asks.</summary>
    internal abstract void Accept(PeerProcess receiver);

    /// <summary>Fails if a client that moved a file or folder says that it did so without the relay.</summary>
    internal abstract void AssertRelayed(PeerProcess process);

    internal static string CodeOf(PeerProcess sender) =>
        sender.WaitFor(each => Code().Match(each.Output + each.Errors) is { Success: true } match ? match.Groups[1].Value : null);

    /// <summary>Whether a client says that the codes differ.</summary>
    internal static bool SaysWrongCode(PeerProcess process) => WrongCode().IsMatch(process.Output + process.Errors);

    private sealed class PythonClient : Client
    {
        internal override string Program => Peer.Wormhole;

        internal override string[] Send(ServeProcess server, ServeProcess relay, params string[] what) =>
            [.. Servers(server, relay), "send", "--no-listen", "--hide-progress", .. what];

        internal override string[] Receive(ServeProcess server, ServeProcess relay, string code) =>
            [.. Servers(server, relay), "receive", "--no-listen", "--hide-progress", "--accept-file", code];

        internal override void Accept(PeerProcess receiver)
        {
        }

        internal override void AssertRelayed(PeerProcess process) => Assert.That(process.Errors, Does.Match("\\((->|<-)relay:"));

        public override string ToString() => "Python";

        private static string[] Servers(ServeProcess server, ServeProcess relay) =>
            ["--relay-url", server.Mailbox.AbsoluteUri, "--transit-helper", $"tcp:{relay.Relay.Authority}"];
    }

    private sealed class GoClient : Client
    {
        internal override string Program => Peer.William;

        internal override string[] Send(ServeProcess server, ServeProcess relay, params string[] what) =>
            ["send", "--relay-url", server.Mailbox.AbsoluteUri, "--hide-progress", .. what];

        internal override string[] Receive(ServeProcess server, ServeProcess relay, string code) =>
            ["receive", "--relay-url", server.Mailbox.AbsoluteUri, "--hide-progress", code];

        internal override void Accept(PeerProcess receiver) => receiver.WriteLine("y");

        internal override void AssertRelayed(PeerProcess process)
        {
            // It does not say.
        }

        public override string ToString() => "Go";
    }

    [GeneratedRegex(@"[Cc]ode is: (\S+)\n")]
    private static partial Regex Code();

    [GeneratedRegex("Code confirmation failed|WrongPassword|decrypt", RegexOptions.IgnoreCase)]
    private static partial Regex WrongCode();
}
