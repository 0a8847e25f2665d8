using System.Text.Json;

namespace RxWormhole.Cli;

/// <summary>Events as JSON objects. docs/json-events.schema.json is what they look like, for ever: keys may be added, none changes its meaning.</summary>
internal static class EventJson
{
    internal static void Write(Utf8JsonWriter json, CliEvent what)
    {
        json.WriteStartObject();
        json.WriteString("event", Name(what));
        switch (what)
        {
            case CliEvent.Status status:
                WriteStatus(json, status.Now);
                break;
            case CliEvent.Motd motd:
                json.WriteString("server", motd.Server.ToString());
                json.WriteString("text", motd.Text);
                break;
            case CliEvent.Code code:
                json.WriteString("code", code.Text);
                json.WriteBoolean("new", code.IsNew);
                WriteOptional(json, "link", code.Link?.ToString());
                json.WriteString("command", code.Command);
                break;
            case CliEvent.Verifier verifier:
                json.WriteString("words", verifier.Value.Words);
                json.WriteString("hex", verifier.Value.Hex);
                break;
            case CliEvent.Offer offer:
                WriteOffer(json, offer);
                break;
            case CliEvent.Skipped skipped:
                json.WriteString("path", skipped.Path);
                json.WriteString("reason", skipped.Reason);
                break;
            case CliEvent.Route { Value: var route }:
                json.WriteString("via", route.IsRelayed ? "relay" : "direct");
                json.WriteBoolean("inbound", route.IsInbound);
                json.WriteString("address", route.Address);
                break;
            case CliEvent.Progress progress:
                WriteProgress(json, progress.Value);
                break;
            case CliEvent.Message message:
                json.WriteString("text", message.Text);
                break;
            case CliEvent.Note note:
                json.WriteString("text", note.Text);
                break;
            case CliEvent.Done done:
                json.WriteString("what", done.What);
                WriteOptional(json, "path", done.Path);
                WriteOptional(json, "bytes", done.Bytes);
                break;
            case CliEvent.Error { Failure: var failure }:
                json.WriteString("kind", Kind(failure.Kind));
                json.WriteNumber("exitCode", (int)failure.Kind);
                json.WriteString("message", failure.Message);
                WriteOptional(json, "advice", failure.Advice);
                break;
        }

        json.WriteEndObject();
    }

    internal static void Write(Utf8JsonWriter json, Question question)
    {
        json.WriteStartObject();
        json.WriteString("event", "question");
        json.WriteString("name", question.Name);
        json.WriteString("text", question.Text);
        json.WriteStartArray("choices");
        foreach (var choice in question.Choices)
            json.WriteStringValue(choice.Word);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void WriteInput(Utf8JsonWriter json, string prompt)
    {
        json.WriteStartObject();
        json.WriteString("event", "input");
        json.WriteString("prompt", prompt);
        json.WriteEndObject();
    }

    private static string Name(CliEvent what) => what switch
    {
        CliEvent.Status => "status",
        CliEvent.Motd => "motd",
        CliEvent.Code => "code",
        CliEvent.Verifier => "verifier",
        CliEvent.Offer => "offer",
        CliEvent.Skipped => "skipped",
        CliEvent.Route => "route",
        CliEvent.Progress => "progress",
        CliEvent.Message => "message",
        CliEvent.Note => "note",
        CliEvent.Done => "done",
        CliEvent.Error => "error",
        _ => throw new InvalidOperationException("There is no other event."),
    };

    private static string Kind(ExitCode code) => code switch
    {
        ExitCode.Usage => "usage",
        ExitCode.WrongCode => "wrong-code",
        ExitCode.NobodyCame => "nobody-came",
        ExitCode.Rejected => "rejected",
        ExitCode.Server => "server",
        ExitCode.Transfer => "transfer",
        ExitCode.LocalFile => "local-file",
        ExitCode.Interrupted => "interrupted",
        _ => "failure",
    };

    private static void WriteStatus(Utf8JsonWriter json, WormholeStatus now)
    {
        json.WriteString("stage", now.Stage switch
        {
            WormholeStage.Idle => "idle",
            WormholeStage.GettingCode => "getting-code",
            WormholeStage.WaitingForPeer => "waiting",
            WormholeStage.Exchanging => "exchanging",
            WormholeStage.Paired => "paired",
            WormholeStage.Closing => "closing",
            _ => "ended",
        });
        switch (now.Link)
        {
            case LinkStatus.Dialling dialling:
                json.WriteString("link", "dialling");
                json.WriteNumber("attempt", dialling.Attempt);
                break;
            case LinkStatus.Up:
                json.WriteString("link", "up");
                break;
            case LinkStatus.Lost lost:
                json.WriteString("link", "lost");
                json.WriteString("reason", lost.Reason);
                json.WriteNumber("nextInSeconds", Seconds(lost.RetryIn));
                break;
            case LinkStatus.Resting resting:
                json.WriteString("link", "resting");
                json.WriteNumber("nextInSeconds", Seconds(resting.NextPollIn));
                break;
            default:
                json.WriteString("link", "none");
                break;
        }
    }

    private static void WriteOffer(Utf8JsonWriter json, CliEvent.Offer offer)
    {
        json.WriteString("direction", offer.IsOurs ? "send" : "receive");
        json.WriteString("kind", offer.Kind switch
        {
            OfferKind.Text => "text",
            OfferKind.File => "file",
            OfferKind.Folder => "folder",
            OfferKind.Several => "several",
            _ => "stream",
        });
        WriteOptional(json, "name", offer.Name);
        WriteOptional(json, "bytes", offer.Bytes);
        WriteOptional(json, "files", offer.Files);
        if (offer.Names.IsEmpty)
            return;
        json.WriteStartArray("names");
        foreach (var name in offer.Names)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static void WriteProgress(Utf8JsonWriter json, TransferProgress now)
    {
        json.WriteString("stage", now.Stage switch
        {
            TransferStage.Waiting => "waiting",
            TransferStage.Connecting => "connecting",
            TransferStage.Moving => "moving",
            TransferStage.Finishing => "finishing",
            _ => "done",
        });
        json.WriteNumber("bytes", now.Bytes);
        WriteOptional(json, "total", now.Total);
        json.WriteNumber("bytesPerSecond", Math.Round(now.BytesPerSecond));
        if (now.Remaining is { } remaining)
            json.WriteNumber("remainingSeconds", Seconds(remaining));
    }

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 1);

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }
}
