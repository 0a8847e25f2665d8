namespace RxWormhole.Interop.Tests;

// The clients there are.
public abstract partial class Client
{
    private sealed class PythonClient : Client
    {
        internal override string Program => Peer.Wormhole;

        internal override string[] Send(ServeProcess server, ServeProcess relay, TransferWay way, params string[] what) =>
            [.. Servers(server, relay), "send", .. Listen(way), "--hide-progress", .. what];

        internal override string[] Receive(ServeProcess server, ServeProcess relay, TransferWay way, string code) =>
            [.. Servers(server, relay), "receive", .. Listen(way), "--hide-progress", "--accept-file", code];

        internal override string[] ReceiveNothing(ServeProcess server, ServeProcess relay, string code) =>
            [.. Servers(server, relay), "receive", "--hide-progress", code];

        internal override void AssertWay(PeerProcess process, TransferWay way) =>
            Assert.That(process.Errors, way == TransferWay.Relay ? Does.Match("\\((->|<-)relay:") : Does.Match("\\((->|<-)[^)]+\\)").And.Not.Match("(->|<-)relay:"));

        public override string ToString() => "Python";

        // It dials what the other side says even so: whoever wants the relay must not say anything, or be the one that cannot listen, too.
        private static string[] Listen(TransferWay way) => way == TransferWay.Relay ? ["--no-listen"] : [];

        private static string[] Servers(ServeProcess server, ServeProcess relay) =>
            ["--relay-url", server.Mailbox.AbsoluteUri, "--transit-helper", $"tcp:{relay.Relay.Authority}"];
    }

    private sealed class GoClient : Client
    {
        internal override string Program => Peer.William;

        internal override bool MakesEmptyFolders => false;

        internal override bool KeepsModes => false;

        internal override string[] Send(ServeProcess server, ServeProcess relay, TransferWay way, params string[] what) =>
            ["send", "--relay-url", server.Mailbox.AbsoluteUri, "--hide-progress", .. what];

        internal override string[] Receive(ServeProcess server, ServeProcess relay, TransferWay way, string code) =>
            ["receive", "--relay-url", server.Mailbox.AbsoluteUri, "--hide-progress", code];

        internal override string[] ReceiveNothing(ServeProcess server, ServeProcess relay, string code) => Receive(server, relay, TransferWay.Direct, code);

        internal override void Accept(PeerProcess receiver) => receiver.WriteLine("y");

        public override string ToString() => "Go";
    }

    private sealed class OurClient : Client
    {
        internal override string[] Needs => [];

        internal override string Program => "dotnet";

        internal override bool SendsEmptyFolders => true;

        internal override string[] Send(ServeProcess server, ServeProcess relay, TransferWay way, params string[] what) => what is ["--text", var text]
            ? ["exec", CourierProgram.Path, "text", .. Options(server, relay, way), text]
            : ["exec", CourierProgram.Path, "send", .. Options(server, relay, way), .. what];

        internal override string[] Receive(ServeProcess server, ServeProcess relay, TransferWay way, string code) =>
            ["exec", CourierProgram.Path, "receive", .. Options(server, relay, way), code];

        internal override string[] ReceiveNothing(ServeProcess server, ServeProcess relay, string code) =>
            ["exec", CourierProgram.Path, "receive", .. Options(server, relay, TransferWay.Direct), "--reject", "not today", code];

        internal override void Refuse(PeerProcess receiver)
        {
        }

        internal override void AssertWay(PeerProcess process, TransferWay way) =>
            Assert.That(process.Output, way == TransferWay.Relay ? Does.Contain("route via relay") : Does.Match("route (->|<-) "));

        public override string ToString() => "Ours";

        private static string[] Options(ServeProcess server, ServeProcess relay, TransferWay way) =>
            ["--server", server.Mailbox.AbsoluteUri, "--relay", relay.Relay.Authority, "--paths", way == TransferWay.Relay ? "relay" : "all"];
    }
}
