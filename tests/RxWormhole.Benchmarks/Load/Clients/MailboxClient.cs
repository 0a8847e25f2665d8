using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace RxWormhole.Benchmarks.Load;

/// <summary>A mailbox client that sends commands as the Python client writes them, and checks that each is acknowledged, in order.</summary>
/// <param name="letter">
/// What this client's sides begin with, which tells its messages from the other's: all the bare endpoint, which knows no sides, can get right.
/// </param>
internal sealed class MailboxClient(char letter) : IDisposable
{
    private static int clients;

    /// <summary>As long as what real clients send: a PAKE message, an encrypted version, an encrypted offer.</summary>
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["pake"] = new('5', 162),
        ["version"] = new('6', 240),
        ["0"] = new('7', 280),
    };

    private readonly WireClient wire = new();

    // New for each client: to a server, a side that it has seen is somebody who has come back.
    private readonly string side = string.Create(CultureInfo.InvariantCulture, $"{letter}{Interlocked.Increment(ref clients):x9}");
    private int commands;

    /// <summary>How many commands were acknowledged.</summary>
    internal int Acks { get; private set; }

    /// <summary>How many messages came, our own included.</summary>
    internal int Messages { get; private set; }

    internal Task ConnectAsync(MailboxUrl server) => wire.ConnectAsync(server.EndPoint, server.Path);

    internal void Bind()
    {
        const string AppId = "lothar.com/wormhole/text-or-file-xfer";
        Add($"\"appid\": \"{AppId}\", \"side\": \"{side}\", \"client_version\": [\"python\", \"0.24.0\"], ", "bind");
    }

    internal void Allocate() => Add("", "allocate");

    internal void Claim(string nameplate) => Add($"\"nameplate\": \"{nameplate}\", ", "claim");

    internal void Release(string nameplate) => Add($"\"nameplate\": \"{nameplate}\", ", "release");

    internal void Open(string mailbox) => Add($"\"mailbox\": \"{mailbox}\", ", "open");

    internal void Add(string phase) => Add($"\"phase\": \"{phase}\", \"body\": \"{Bodies[phase]}\", ", "add");

    internal void Close(string mailbox) => Add($"\"mailbox\": \"{mailbox}\", \"mood\": \"happy\", ", "close");

    internal ValueTask FlushAsync() => wire.FlushAsync();

    /// <summary>Waits for an answer.</summary>
    /// <returns>The nameplate or the mailbox, where that is what it tells.</returns>
    internal ValueTask<string> AnswerAsync(string type) => AnswerAsync(type, null);

    /// <summary>Waits for the other side's message.</summary>
    internal async ValueTask MessageAsync(string phase) => await AnswerAsync("message", phase);

    /// <summary>Waits until everything sent so far is acknowledged.</summary>
    internal async ValueTask AcksAsync()
    {
        while (Acks < commands)
            Take((await wire.ReceiveAsync()).Span);
    }

    internal Task HangUpAsync() =>
        Acks == commands ? wire.HangUpAsync() : throw new LoadException($"Only {Acks} of {commands} commands were acknowledged.");

    public void Dispose() => wire.Dispose();

    private async ValueTask<string> AnswerAsync(string type, string? phase)
    {
        while (true)
        {
            if (Find((await wire.ReceiveAsync()).Span, type, phase) is { } found)
                return found;
        }
    }

    private string? Find(ReadOnlySpan<byte> json, string type, string? phase)
    {
        var frame = Take(json);
        if (!Ascii.Equals(frame.Type, type))
            return null;
        if (phase is null)
            return Encoding.ASCII.GetString(frame.Value);
        return Ascii.Equals(frame.Phase, phase) && frame.Side[0] != letter ? "" : null;
    }

    private ServerFrame Take(ReadOnlySpan<byte> json)
    {
        var frame = new ServerFrame(json);
        if (frame.Type.SequenceEqual("ack"u8))
        {
            // A server works through a connection's commands in order.
            if (!int.TryParse(frame.Id, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var id) || id != ++Acks)
                throw new LoadException($"Command {Acks:x4} was to be acknowledged, and what came was: {Encoding.UTF8.GetString(json)}");
        }
        else if (frame.Type.SequenceEqual("message"u8))
        {
            Messages++;
        }
        else if (frame.Type.SequenceEqual("error"u8))
        {
            throw new LoadException($"The server refused something: {Encoding.UTF8.GetString(json)}");
        }

        return frame;
    }

    private void Add(string keys, string type)
    {
        if (!Utf8.TryWrite(wire.Space, $$"""{{{keys}}"id": "{{Id()}}", "type": "{{type}}"}""", out var length))
            throw new LoadException("A command is too long for the load tool.");
        wire.Add(length);
    }

    private string Id() => (++commands).ToString("x4", CultureInfo.InvariantCulture);
}
