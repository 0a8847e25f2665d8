namespace RxWormhole;

/// <summary>A session, as it can be restored in another process: a small printable JSON document.</summary>
/// <remarks>
/// It is a secret: who has it can go on with the session and read its messages. Store it as you would a password, and forget it when
/// <see cref="IsEnded"/> is true. Only the latest one of a session is good.
/// </remarks>
public sealed class Checkpoint
{
    private readonly string json;

    private Checkpoint(string json, SessionRecord record)
    {
        this.json = json;
        IsEnded = record.IsEnded;
        Accepted = record.Messages.Count;
        Delivered = record.Delivered;
    }

    /// <summary>Whether the session is over, so that it cannot be restored.</summary>
    public bool IsEnded { get; }

    /// <summary>How many messages of ours were accepted for sending: the number that the next <c>Send</c> gets. Those before it need not be sent again.</summary>
    public int Accepted { get; }

    /// <summary>How many messages of the other side were handed over: the index of the first one that a restored session hands over.</summary>
    public int Delivered { get; }

    /// <summary>Takes the text of a checkpoint, untrusted.</summary>
    /// <param name="json">What <see cref="ToJson"/> gave.</param>
    /// <exception cref="FormatException">It is not a checkpoint, of a version this library does not know, or was tampered with; the message says where.</exception>
    public static Checkpoint Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var record = CheckpointDocument.Read(json);
        record.Scalar.Dispose();
        return new Checkpoint(json, record);
    }

    /// <summary>The document: a secret.</summary>
    public string ToJson() => json;

    /// <summary>Says that this is a checkpoint, and nothing of what is in it.</summary>
    public override string ToString() => IsEnded ? "(checkpoint of a session that ended)" : "(checkpoint of a session)";

    internal static Checkpoint Of(SessionRecord record) => new(CheckpointDocument.Write(record), record);

    internal SessionRecord ToRecord() => CheckpointDocument.Read(json);
}
