namespace RxWormhole.Protocol;

/// <summary>One message of file transfer, version 1, between sender and receiver.</summary>
/// <remarks>Source: file transfer, sections 5.1 to 5.5.</remarks>
public abstract record TransferMessage
{
    private TransferMessage()
    {
    }

    /// <summary>How the writer can be reached.</summary>
    /// <param name="Message">Abilities and hints.</param>
    public sealed record Transit(TransitMessage Message) : TransferMessage;

    /// <summary>What the sender has.</summary>
    /// <param name="Offered">The offer.</param>
    public sealed record Offer(TransferOffer Offered) : TransferMessage;

    /// <summary>The receiver has the text, or wants the file or folder.</summary>
    /// <param name="IsForText">Whether it is the answer to a text.</param>
    /// <param name="Word"><c>ok</c>, or it is a refusal.</param>
    /// <param name="Part">What it has of it already. Between two of ours only.</param>
    public sealed record Answer(bool IsForText, string Word, TransferPart? Part = null) : TransferMessage
    {
        /// <summary>The word of those who agree.</summary>
        public const string Ok = "ok";
    }

    /// <summary>The end of the transfer, and why.</summary>
    /// <param name="Text">For people, untrusted.</param>
    public sealed record Error(string Text) : TransferMessage;

    /// <summary>A new connection in place of one that was lost. Between two of ours only.</summary>
    /// <param name="Attempt">Its number, from 1; the connection that was lost first has 0.</param>
    /// <param name="Message">Abilities and hints.</param>
    /// <param name="Part">What the receiver has; null from the sender.</param>
    public sealed record Again(int Attempt, TransitMessage Message, TransferPart? Part) : TransferMessage;
}
