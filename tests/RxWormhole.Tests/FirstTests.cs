using System.Reactive.Linq;

namespace RxWormhole.Tests;

public sealed class FirstTests : VirtualTimeFixture
{
    [Test]
    public void TwoSides_Pair()
    {
        using var a = Create("alice");
        using var b = Create("bob");
        var code = "";
        async Task Alice()
        {
            code = await a.AllocateCode();
            await a.Send("hello");
            var r = await a.Receive();
            TestContext.Out.WriteLine(r.Text + " " + Now);
            TestContext.Out.WriteLine(await a.Verifier);
            TestContext.Out.WriteLine(await a.Close());
        }
        async Task Bob()
        {
            await b.SetCode(code);
            var r = await b.Receive();
            TestContext.Out.WriteLine(r.Text + " " + Now);
            await b.Send("hello back");
            TestContext.Out.WriteLine(await b.Verifier);
            TestContext.Out.WriteLine(await b.Close());
        }
        var alice = Alice();
        Advance(1);
        TestContext.Out.WriteLine(code);
        var bob = Bob();
        Advance(10);
        TestContext.Out.WriteLine(Rendezvous.Transcript);
        Assert.That(alice.IsCompletedSuccessfully && bob.IsCompletedSuccessfully, Is.True, $"{alice.Status} {alice.Exception} {bob.Status} {bob.Exception}");
    }
}
