using System.Reactive.Linq;

namespace RxWormhole.Tests.Promises;

/// <summary>Promise 2: a place in the queue for messages, and how it is given back.</summary>
public sealed class ReceiveTests : VirtualTimeFixture
{
    [Test]
    public void Receives_GetOneMessageEachInTheOrderOfTheirSubscription()
    {
        var (a, b) = Paired();
        var later = a.Receive();
        var first = Record(a.Receive());
        var second = Record(later);
        b.Send("0");
        b.Send("1");
        Advance(1);
        Assert.That(first.Values.Single().Text, Is.EqualTo("0"));
        Assert.That(second.Values.Single().Text, Is.EqualTo("1"));
        Assert.That(first.IsCompleted && second.IsCompleted, Is.True);
    }

    [Test]
    public void MessagesNobodyHasTaken_Wait()
    {
        var (a, b) = Paired();
        b.Send("0");
        b.Send("1");
        Advance(60);
        var (first, second) = (Record(a.Receive()), Record(a.Receive()));
        Advance(1);
        Assert.That(new[] { first, second }.Select(each => each.Values.Single().Text), Is.EqualTo(new[] { "0", "1" }));
    }

    [Test]
    public void ReceiveThatIsLeft_GivesItsPlaceBack()
    {
        var (a, b) = Paired();
        var left = Record(a.Receive(), out var subscription);
        var stays = Record(a.Receive());
        subscription.Dispose();
        b.Send("0");
        Advance(1);
        Assert.That(left.Notifications, Is.Empty);
        Assert.That(stays.Values.Single().Text, Is.EqualTo("0"));
    }

    [Test]
    public void ReceiveThatTimesOut_LosesNothing()
    {
        var (a, b) = Paired();
        var impatient = Record(a.Receive().Timeout(TimeSpan.FromSeconds(5), Clock));
        Advance(6);
        Assert.That(impatient.Error, Is.InstanceOf<TimeoutException>());
        b.Send("0");
        Advance(1);
        var patient = Record(a.Receive());
        Advance(1);
        Assert.That(patient.Values.Single().Text, Is.EqualTo("0"));
    }

    [Test]
    public void ReceiveThatIsLeftAtAnyMomentOfTheDelivery_LosesNothing()
    {
        var (wasTaken, wasGivenBack) = (false, false);

        // The message reaches the client two latencies after it was sent, one tick later for each hop.
        for (var tick = 0; tick < 20; tick++)
        {
            ClearContext();
            var (a, b) = Paired();
            b.Send("0");
            var left = Record(a.Receive(), out var subscription);
            Clock.AdvanceBy(TimeSpan.FromMilliseconds(10).Ticks + tick);
            subscription.Dispose();
            var next = Record(a.Receive());
            Advance(1);
            Assert.That(left.Values.Count + next.Values.Count, Is.EqualTo(1), $"left at tick {tick}");
            wasTaken |= left.Values.Count == 1;
            wasGivenBack |= next.Values.Count == 1;
        }

        Assert.That(wasTaken && wasGivenBack, Is.True, "the moment lies in between");
    }

    [Test]
    public void SeveralSubscribersOfOneReceive_ShareItsMessage()
    {
        var (a, b) = Paired();
        var receive = a.Receive();
        var (one, other) = (Record(receive, out var subscription), Record(receive));
        subscription.Dispose();
        b.Send("0");
        b.Send("1");
        Advance(1);
        var late = Record(receive);
        Advance(1);
        Assert.That(one.Notifications, Is.Empty);
        Assert.That(other.Values.Single().Text, Is.EqualTo("0"));
        Assert.That(late.Values.Single().Text, Is.EqualTo("0"));
    }

    [Test]
    public void ReceiveThatWasLeftAndSubscribedToAgain_TakesAPlaceAtTheEnd()
    {
        var (a, b) = Paired();
        var receive = a.Receive();
        Record(receive, out var subscription);
        var other = Record(a.Receive());
        subscription.Dispose();
        var again = Record(receive);
        b.Send("0");
        b.Send("1");
        Advance(1);
        Assert.That(other.Values.Single().Text, Is.EqualTo("0"));
        Assert.That(again.Values.Single().Text, Is.EqualTo("1"));
    }

    [Test]
    public void ReceiverThatThrows_HasTakenItsMessage()
    {
        var faults = new List<Exception>();
        var (a, b) = Paired(alice: options => options with { ObserverFaulted = faults.Add });
        a.Receive().Subscribe(_ => throw new InvalidOperationException("mine"));
        var next = Record(a.Receive());
        b.Send("0");
        b.Send("1");
        Advance(1);
        Assert.That(faults.Single().Message, Is.EqualTo("mine"));
        Assert.That(next.Values.Single().Text, Is.EqualTo("1"));
    }

    [Test]
    public void MessagesAndReceive_AreTwoViewsOfTheSame()
    {
        var (a, b) = Paired();
        var all = Record(a.Messages);
        var one = Record(a.Receive());
        b.Send("0");
        b.Send("1");
        Advance(1);
        Assert.That(all.Values.Select(message => message.Text), Is.EqualTo(new[] { "0", "1" }));
        Assert.That(one.Values.Single(), Is.SameAs(all.Values[0]));
    }

    [Test]
    public void Message_PrintsNoContent() => Assert.That(new WormholeMessage(3, "secret"u8.ToArray()).ToString(), Is.EqualTo("message 3, 6 bytes"));
}
