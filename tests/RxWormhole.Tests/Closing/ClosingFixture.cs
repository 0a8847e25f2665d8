using RxWormhole.Protocol;

namespace RxWormhole.Tests.Closing;

/// <summary>What tests of the end ask the server.</summary>
public abstract class ClosingFixture : VirtualTimeFixture
{
    /// <summary>The moods a client closed its mailboxes with, as they arrived at the server.</summary>
    protected string?[] MoodsOf(string client) => [.. Commands(client).OfType<ClientMessage.Close>().Select(close => close.Mood)];

    /// <summary>The types of the commands that arrived from a client.</summary>
    protected string?[] TypesOf(string client) => [.. Rendezvous.Transcript.From(client).Select(frame => frame.Type)];

    protected int NameplatesLeft => Rendezvous.Applications.Values.Sum(application => application.Nameplates.Count);

    protected int MailboxesLeft => Rendezvous.Applications.Values.Sum(application => application.Mailboxes.Count);

    /// <summary>Nothing is left on the server of a side that closed, but an empty mailbox where it was never told which one it was.</summary>
    protected void AssertNothingLeft(string client, string when)
    {
        var knew = Rendezvous.Transcript.To(client).Any(frame => frame.Type == "claimed");
        Assert.That(NameplatesLeft, Is.Zero, () => $"{when}\n{Rendezvous.Transcript}");
        Assert.That(MailboxesLeft, knew ? Is.Zero : Is.LessThanOrEqualTo(1), () => $"{when}\n{Rendezvous.Transcript}");
    }

    /// <summary>Advances until something holds, a millisecond at a time.</summary>
    protected void AdvanceUntil(Func<bool> holds)
    {
        for (var i = 0; i < 60_000 && !holds(); i++)
            Advance(0.001);
        Assert.That(holds(), Is.True, () => Rendezvous.Transcript.ToString());
    }

    private IEnumerable<ClientMessage?> Commands(string client) =>
        Rendezvous.Transcript.From(client).Select(frame => MessageCodec.ReadCommand(frame.Bytes.Span).Message);
}
