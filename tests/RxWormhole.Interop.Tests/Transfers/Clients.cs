using RxWormhole.Contracts;

namespace RxWormhole.Interop.Tests;

// The clients there are.
public abstract partial class Client
{
    private sealed class PythonClient : Client
    {
        internal override string Program => Peer.Wormhole;

        internal override string[] Send(TransferServers servers, TransferWay way, params string[] what) =>
            [.. Options(servers), "send", .. Listen(way), "--hide-progress", .. what];

        internal override string[] Receive(TransferServers servers, TransferWay way, string code) =>
            [.. Options(servers), "receive", .. Listen(way), "--hide-progress", "--accept-file", code];

        internal override string[] ReceiveNothing(TransferServers servers, string code) =>
            [.. Options(servers), "receive", "--hide-progress", code];

        internal override void AssertWay(PeerProcess process, TransferWay way) =>
            Assert.That(process.Errors, way == TransferWay.Relay ? Does.Match("\\((->|<-)relay:") : Does.Match("\\((->|<-)[^)]+\\)").And.Not.Match("(->|<-)relay:"));

        public override string ToString() => "Python";

        // It dials what the other side says even so: whoever wants the relay must not say anything, or be the one that cannot listen, too.
        private static string[] Listen(TransferWay way) => way == TransferWay.Relay ? ["--no-listen"] : [];

        private static string[] Options(TransferServers servers) =>
            ["--relay-url", servers.Mailbox.AbsoluteUri, "--transit-helper", $"tcp:{servers.Relay.Authority}"];
    }

    private sealed class GoClient : Client
    {
        internal override string Program => Peer.William;

        internal override bool MakesEmptyFolders => false;

        internal override bool KeepsModes => false;

        internal override string[] Send(TransferServers servers, TransferWay way, params string[] what) =>
            ["send", "--relay-url", servers.Mailbox.AbsoluteUri, "--hide-progress", .. what];

        internal override string[] Receive(TransferServers servers, TransferWay way, string code) =>
            ["receive", "--relay-url", servers.Mailbox.AbsoluteUri, "--hide-progress", code];

        internal override string[] ReceiveNothing(TransferServers servers, string code) => Receive(servers, TransferWay.Direct, code);

        internal override void Accept(PeerProcess receiver) => receiver.WriteLine("y");

        public override string ToString() => "Go";
    }

    private sealed class OurClient : Client
    {
        internal override string[] Needs => [];

        internal override string Program => CommandProgram.Program;

        internal override bool SendsEmptyFolders => true;

        internal override string[] Send(TransferServers servers, TransferWay way, params string[] what) =>
            CommandProgram.Arguments(["send", "--json", .. Options(servers, way), .. what]);

        internal override string[] Receive(TransferServers servers, TransferWay way, string code) =>
            CommandProgram.Arguments(["receive", "--json", "--accept-file", .. Options(servers, way), code]);

        internal override string[] ReceiveNothing(TransferServers servers, string code) =>
            CommandProgram.Arguments(["receive", "--json", .. Options(servers, TransferWay.Direct), code]);

        internal override void Refuse(PeerProcess receiver) => receiver.WriteLine("no");

        internal override string Received(PeerProcess receiver) => (string?)OurEvents.Last(receiver, "message")?["text"] ?? "";

        internal override void AssertWay(PeerProcess process, TransferWay way) =>
            Assert.That((string?)OurEvents.Last(process, "route")?["via"], Is.EqualTo(way == TransferWay.Relay ? "relay" : "direct"), process.Output);

        public override string ToString() => "Ours";

        private static string[] Options(TransferServers servers, TransferWay way) =>
            ["--relay-url", servers.Mailbox.AbsoluteUri, "--transit-helper", $"tcp:{servers.Relay.Authority}", .. way == TransferWay.Relay ? new[] { "--relay-only" } : []];
    }
}
