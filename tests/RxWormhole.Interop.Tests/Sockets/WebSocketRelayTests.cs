using System.Text;
using RxWormhole.Contracts;
using RxWormhole.Protocol;

namespace RxWormhole.Interop.Tests;

/// <summary>The way to a relay that is a WebSocket, against our own relay.</summary>
public sealed class WebSocketRelayTests
{
    private ServeProcess server = null!;

    [OneTimeSetUp]
    public void StartServer() => server = new ServeProcess(relay: "127.0.0.1:0");

    [OneTimeTearDown]
    public void StopServer() => server.Dispose();

    private WebSocketHint Web => new(new UriBuilder(server.Mailbox) { Path = "/relay" }.Uri);

    private DirectHint Tcp => new(server.Relay.Host, server.Relay.Port);

    [Test]
    public void TwoWebSockets_AreConnected() => Exchange(Web, Web);

    [Test]
    public void WebSocketAndTcp_AreConnected() => Exchange(Web, Tcp);

    [Test]
    public void OtherSideLeaves_TheEndIsRead()
    {
        var (alice, bob) = Connect(Web, Web);
        bob.Write("last words"u8);
        Until(() => bob.HasWritten, "bob");
        bob.Dispose();
        Until(() => alice.HasEnded, "the end");
        Assert.That(alice.Read, Does.EndWith("last words"));
        Assert.That(alice.Failure, Is.Null);
        alice.Dispose();
    }

    [Test]
    public void Disposed_WhatIsPendingFails()
    {
        var alone = Dial(Web);
        Until(() => alone.IsReading, "the read");
        alone.Dispose();
        Until(() => alone.HasEnded, "its end");
        Assert.That(alone.Failure, Is.InstanceOf<IOException>());
        alone.Write("too late"u8);
        Until(() => alone.WriteFailure is IOException, "the failure");
    }

    [Test]
    public void DiallingIsGivenUp_NothingIsHandedOver()
    {
        var dialling = new Dialling(SocketTransitConnector.Default.Dial(Web));
        dialling.Dispose();
        Exchange(Web, Web);
        Assert.That(dialling.End, Is.Null);
    }

    private static void Exchange(TransitHint first, TransitHint second)
    {
        var (alice, bob) = Connect(first, second);
        var much = new byte[3_000_000];
        Array.Fill(much, (byte)'a');
        alice.Write(much);
        bob.Write("from bob"u8);
        Until(() => bob.Length == "ok\n".Length + much.Length && alice.Read == "ok\nfrom bob", "what was written");
        Assert.That(bob.Content.AsSpan(3).IndexOfAnyExcept((byte)'a'), Is.EqualTo(-1));
        alice.Dispose();
        bob.Dispose();
    }

    private static (TransitEnd Alice, TransitEnd Bob) Connect(TransitHint first, TransitHint second)
    {
        var token = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()).PadLeft(64, '0');
        var ends = (Alice: Dial(first), Bob: Dial(second));
        ends.Alice.Write(Encoding.ASCII.GetBytes($"please relay {token} for side 0123456789abcdef\n"));
        ends.Bob.Write(Encoding.ASCII.GetBytes($"please relay {token} for side fedcba9876543210\n"));
        Until(() => ends.Alice.Read == "ok\n" && ends.Bob.Read == "ok\n", "the relay");
        return ends;
    }

    private static TransitEnd Dial(TransitHint way)
    {
        var dialling = new Dialling(SocketTransitConnector.Default.Dial(way));
        Until(() => dialling.End is not null || dialling.Failure is not null, "the connection");
        Assert.That(dialling.Failure, Is.Null);
        return dialling.End!;
    }

    private static void Until(Func<bool> holds, string what) => Assert.That(() => holds(), Is.True.After(20_000, 5), what);
}
