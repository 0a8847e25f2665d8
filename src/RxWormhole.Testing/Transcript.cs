using System.Globalization;
using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Testing;

/// <summary>What went over the virtual links and what happened to them, in order, to be read in a failed test's output.</summary>
/// <remarks>It grows as long as its <see cref="VirtualRendezvous"/> is in use, and may be read by several threads at once. No code or key is in it.</remarks>
public sealed class Transcript
{
    private readonly List<TranscriptEntry> entries = [];

    // Most transcripts are never read, so frames are put into words only when somebody looks.
    private readonly Queue<Line> unread = new();

    internal Transcript(bool isKept = true) => IsKept = isKept;

    /// <summary>All lines so far: a copy, which does not change any more.</summary>
    public IReadOnlyList<TranscriptEntry> Entries
    {
        get
        {
            lock (entries)
            {
                Describe();
                return [.. entries];
            }
        }
    }

    /// <summary>The frames that arrived at the server from a client, in order, over all its links.</summary>
    /// <param name="client">The client's name.</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public IEnumerable<VirtualFrame> From(string client) => Frames(client, isFromClient: true);

    /// <summary>The frames that arrived at a client, in order, over all its links.</summary>
    /// <param name="client">The client's name.</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public IEnumerable<VirtualFrame> To(string client) => Frames(client, isFromClient: false);

    /// <summary>One line an entry, each ended by a line feed: time in seconds, client, → to the server or ← from it, message. Bodies are given by their length.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var entry in Entries)
            text.Append(CultureInfo.InvariantCulture, $"{entry.At.TotalSeconds,10:F3}  {entry.Client,-8} {entry.What}\n");
        return text.ToString();
    }

    internal bool IsKept { get; }

    internal void Add(TimeSpan at, string client, string what)
    {
        if (!IsKept)
            return;
        lock (entries)
            unread.Enqueue(new Line(at, client, what, null));
    }

    internal void Add(TimeSpan at, VirtualFrame frame) => Add(at, frame, isLost: false);

    internal void AddLost(TimeSpan at, VirtualFrame frame) => Add(at, frame, isLost: true);

    private void Add(TimeSpan at, VirtualFrame frame, bool isLost)
    {
        if (!IsKept)
            return;
        lock (entries)
            unread.Enqueue(new Line(at, frame.Client, null, frame, isLost));
    }

    private void Describe()
    {
        while (unread.TryDequeue(out var next))
        {
            entries.Add(
                next.What is not null ? new TranscriptEntry(next.At, next.Client, next.What, null) :
                next.IsLost ? new TranscriptEntry(next.At, next.Client, $"{Describe(next.Frame!.Value)}, lost", null) :
                new TranscriptEntry(next.At, next.Client, Describe(next.Frame!.Value), next.Frame));
        }
    }

    private IEnumerable<VirtualFrame> Frames(string client, bool isFromClient)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Entries
            .Where(entry => entry.Client == client && entry.Frame?.IsFromClient == isFromClient)
            .Select(entry => entry.Frame!.Value);
    }

    private static string Describe(VirtualFrame frame) => frame.IsFromClient ? $"→ {Command(frame)}" : $"← {Message(frame)}";

    private static string Command(VirtualFrame frame) => MessageCodec.ReadCommand(frame.Bytes.Span) switch
    {
        { Message: ClientMessage.Bind m } => $"bind {m.AppId} as {m.Side}",
        { Message: ClientMessage.Claim m } => $"claim {m.Nameplate}{Keep(m.Keep)}",
        { Message: ClientMessage.Release m } => $"release {m.Nameplate}",
        { Message: ClientMessage.Open m } => $"open {m.Mailbox}{Keep(m.Keep)}",
        { Message: ClientMessage.Add m } => $"add {m.Phase} ({m.Body.Length / 2} bytes)",
        { Message: ClientMessage.Close m } => $"close {m.Mailbox} {m.Mood}",
        { Message: ClientMessage.Ping m } => $"ping {m.Value}",
        { Message: ClientMessage.SubmitPermissions m } => $"submit-permissions {m.Method}",
        { Message: not null, Type: { } type } => type,
        var command => $"? {command.Fault}",
    };

    private static string Message(VirtualFrame frame) => !MessageCodec.TryRead(frame.Bytes.Span, out var message, out var reason) ? $"? {reason}" : message switch
    {
        ServerMessage.Welcome m => $"welcome {m.Info.Json}",
        ServerMessage.Ack => "ack",
        ServerMessage.Nameplates m => $"nameplates {string.Join(' ', m.Names)}",
        ServerMessage.Allocated m => $"allocated {m.Nameplate}",
        ServerMessage.Claimed m => $"claimed {m.Mailbox}",
        ServerMessage.Released => "released",
        ServerMessage.Message m => $"message {m.Phase} of {m.Side} ({m.Body.Length / 2} bytes)",
        ServerMessage.Closed => "closed",
        ServerMessage.Pong m => $"pong {m.Value}",
        ServerMessage.Error m => $"error {m.Text}",
        ServerMessage.Unknown m => m.Type,
        _ => "?",
    };

    private static string Keep(int? seconds) => seconds is { } value ? $" keep {value} s" : "";

    // A class, because an array of large values would be copied each time it grows.
    private sealed record Line(TimeSpan At, string Client, string? What, VirtualFrame? Frame, bool IsLost = false);
}
