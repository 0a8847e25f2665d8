using RxWormhole.Testing;

namespace RxWormhole.Tests.Links;

/// <summary>The plain session with the link of either side cut after every single frame, in every combination of modes.</summary>
public sealed class CutAfterEveryFrameTests : VirtualTimeFixture
{
    [TestCase(LinkMode.Push, LinkMode.Push)]
    [TestCase(LinkMode.Poll, LinkMode.Poll)]
    [TestCase(LinkMode.Push, LinkMode.Poll)]
    [TestCase(LinkMode.Poll, LinkMode.Push)]
    public void WithoutFaults_EndsRight(LinkMode alice, LinkMode bob) =>
        new PlainSession(Clock, Rendezvous, alice, bob).Run().AssertEndedRight(mayLeak: false);

    [TestCase(LinkMode.Push, LinkMode.Push, "alice")]
    [TestCase(LinkMode.Push, LinkMode.Push, "bob")]
    [TestCase(LinkMode.Poll, LinkMode.Poll, "alice")]
    [TestCase(LinkMode.Poll, LinkMode.Poll, "bob")]
    [TestCase(LinkMode.Push, LinkMode.Poll, "alice")]
    [TestCase(LinkMode.Push, LinkMode.Poll, "bob")]
    [TestCase(LinkMode.Poll, LinkMode.Push, "alice")]
    [TestCase(LinkMode.Poll, LinkMode.Push, "bob")]
    public void LinkIsCutAfterAnyFrame_EndsRight(LinkMode alice, LinkMode bob, string victim)
    {
        var frames = FramesOf(alice, bob, victim);
        Assert.That(frames, Is.GreaterThan(20));
        for (var frame = 1; frame <= frames; frame++)
        {
            ClearContext();
            Rendezvous.Client(victim).Faults = new LinkFaults { CutAfter = [frame] };
            var session = new PlainSession(Clock, Rendezvous, alice, bob).Run();
            Assert.That(Rendezvous.Client(victim).LinksMade, Is.GreaterThan(1).Or.GreaterThanOrEqualTo(frame == frames ? 1 : 2), $"frame {frame} was cut");
            try
            {
                session.AssertEndedRight(mayLeak: true);
            }
            catch (Exception)
            {
                TestContext.Out.WriteLine($"cut after frame {frame} of {victim}\n{Rendezvous.Transcript}");
                throw;
            }
        }
    }

    private int FramesOf(LinkMode alice, LinkMode bob, string client)
    {
        new PlainSession(Clock, Rendezvous, alice, bob).Run();
        return Rendezvous.Client(client).Frames;
    }
}
