using System.Net;
using System.Net.Sockets;
using RxWormhole.Contracts;
using RxWormhole.Protocol;

namespace RxWormhole.Interop.Tests;

/// <summary>What sockets do beyond what every connector promises.</summary>
public sealed class SocketDialTests
{
    [Test]
    public void Name_IsTriedAtAllItsAddresses()
    {
        // The name stands for ::1 first on many systems, where nobody listens here.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var dialling = new Dialling(SocketTransitConnector.Default.Dial(new DirectHint("localhost", ((IPEndPoint)listener.LocalEndpoint).Port)));
        Until(() => dialling.End is not null, "the connection");
        Assert.That(dialling.End!.RemoteAddress, Is.EqualTo(listener.LocalEndpoint.ToString()));
    }

    [TestCase("name.invalid", 80)]
    [TestCase("", 80)]
    [TestCase("a\u202eb", 80)]
    [TestCase("127.0.0.1", 0)]
    [TestCase("127.0.0.1", 65_536)]
    [TestCase("224.0.0.1", 80)]
    public void WhatCannotBeDialled_IsAnErrorThatSaysSo(string name, int port)
    {
        using var dialling = new Dialling(SocketTransitConnector.Default.Dial(new DirectHint(name, port)));
        Until(() => dialling.HasEnded, "the failure");
        Assert.That(dialling.Failure, Is.InstanceOf<IOException>().With.Message.Contains($":{port}"));
        Assert.That(dialling.Failure!.Message, Does.Not.Contain('\u202e'));
    }

    [TestCase("http://127.0.0.1/")]
    [TestCase("ws://127.0.0.1:1/")]
    public void WebSocketThatCannotBeDialled_IsAnError(string url)
    {
        using var dialling = new Dialling(SocketTransitConnector.Default.Dial(new WebSocketHint(new Uri(url))));
        Until(() => dialling.HasEnded, "the failure");
        Assert.That(dialling.Failure, Is.InstanceOf<IOException>().With.Message.Contains("127.0.0.1"));
    }

    [Test]
    public void Listener_IsReachedOnIPv4AndIPv6()
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Ignore("This machine has no IPv6.");
        using var listening = new Listening(SocketTransitConnector.Default, TransitPorts.Any, readAtOnce: true);
        listening.Take();
        using var four = new Dialling(SocketTransitConnector.Default.Dial(new DirectHint("127.0.0.1", listening.Port)));
        using var six = new Dialling(SocketTransitConnector.Default.Dial(new DirectHint("::1", listening.Port)));
        Until(() => listening.Accepted.Count == 2, "both");
        Assert.That(listening.Accepted.Select(each => each.RemoteAddress.Split(':')[0]), Is.EquivalentTo(new[] { "127.0.0.1", "[" }));
        Assert.That(listening.Accepted.Select(each => each.RemoteAddress), Has.None.Contains("ffff"));
    }

    [Test]
    public void OwnAddresses_AreNoLoopbackUnlessThereIsNothingElse()
    {
        using var listening = new Listening(SocketTransitConnector.Default, TransitPorts.Any, readAtOnce: true);
        var addresses = listening.Hints.Select(hint => IPAddress.Parse(hint.Hostname)).ToArray();
        Assert.That(addresses, Is.All.Matches<IPAddress>(address => !IPAddress.IsLoopback(address!)).Or.EqualTo(new[] { IPAddress.Loopback }));
        Assert.That(addresses, Has.None.Matches<IPAddress>(address => address!.IsIPv6LinkLocal));
        Assert.That(addresses.Select(address => address.AddressFamily), Is.Ordered, "IPv4 first");
    }

    private static void Until(Func<bool> holds, string what) => Assert.That(() => holds(), Is.True.After(20_000, 5), what);
}
