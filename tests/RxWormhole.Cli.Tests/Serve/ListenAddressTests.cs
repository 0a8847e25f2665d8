namespace RxWormhole.Cli.Tests;

public sealed class ListenAddressTests
{
    [TestCase("127.0.0.1:4000", "127.0.0.1:4000")]
    [TestCase("0.0.0.0:0", "0.0.0.0:0")]
    [TestCase("localhost:1", "127.0.0.1:1")]
    [TestCase("*:65535", "[::]:65535")]
    [TestCase("[::1]:4000", "[::1]:4000")]
    public void Address_IsRead(string text, string address)
    {
        Assert.That(ListenAddress.TryParse(text, out var read), Is.True);
        Assert.That(read!.ToString(), Is.EqualTo(address));
    }

    [TestCase("")]
    [TestCase("4000")]
    [TestCase(":4000")]
    [TestCase("127.0.0.1")]
    [TestCase("127.0.0.1:")]
    [TestCase("127.0.0.1:65536")]
    [TestCase("127.0.0.1:-1")]
    [TestCase("127.0.0.1:+1")]
    [TestCase("127.0.0.1: 1")]
    [TestCase("127.0.0.1:4000 ")]
    [TestCase("::1:4000")]
    [TestCase("[127.0.0.1]:4000")]
    [TestCase("[::1:4000")]
    [TestCase("[]:4000")]
    [TestCase("example.com:4000")]
    [TestCase("none")]
    public void AnythingElse_IsNot(string text)
    {
        Assert.That(ListenAddress.TryParse(text, out var read), Is.False);
        Assert.That(read, Is.Null);
    }
}
