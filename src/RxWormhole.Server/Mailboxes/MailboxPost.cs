using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>The mailbox protocol over HTTP: a JSON array of commands, answered with the JSON array of what a WebSocket would have sent.</summary>
/// <remarks>Source: docs/http-link.md. Every request is a connection of its own, and may be repeated.</remarks>
internal static class MailboxPost
{
    private const int AtOnce = 32 << 10;

    internal static async Task ServeAsync(HttpContext context, MailboxHub hub, string? address, string? yourAddress)
    {
        try
        {
            await AnswerAsync(context, hub, address, yourAddress).ConfigureAwait(false);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            // Kestrel would take it for a fault of ours.
            await MailboxEndpoint.RefuseAsync(context, bad.StatusCode, "this request cannot be read").ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client is gone; it asks again.
            context.Abort();
        }
    }

    private static async Task AnswerAsync(HttpContext context, MailboxHub hub, string? address, string? yourAddress)
    {
        var limit = hub.Options.Limits.FrameBytes;
        if (await ReadAsync(context.Request.BodyReader, limit, context.RequestAborted).ConfigureAwait(false) is not { } body)
        {
            hub.Instruments.Rejected("frame size");
            await RefuseAsync(context, Ending.TooLong(limit)).ConfigureAwait(false);
            return;
        }

        using var sink = new ListSink(hub);
        using (var connection = new MailboxConnection(hub, sink, address, yourAddress, mayRepeat: true))
        {
            foreach (var range in Split(body))
            {
                await connection.ReceiveAsync(body.AsSpan(range)).ConfigureAwait(false);
                if (sink.Ending is not null)
                    break;
            }
        }

        if (sink.Ending is { Status: not StatusCodes.Status200OK } ending)
            await RefuseAsync(context, ending).ConfigureAwait(false);
        else
            await WriteAsync(context.Response, sink.Take(), (hub.Scheduler.Now - DateTimeOffset.UnixEpoch).TotalSeconds).ConfigureAwait(false);
    }

    private static Task RefuseAsync(HttpContext context, Ending ending) => MailboxEndpoint.RefuseAsync(context, ending.Status, ending.Reason);

    private static async Task<byte[]?> ReadAsync(PipeReader reader, int limit, CancellationToken aborted)
    {
        while (true)
        {
            var read = await reader.ReadAsync(aborted).ConfigureAwait(false);
            var isTooLong = read.Buffer.Length > limit;
            var body = read.IsCompleted && !isTooLong ? read.Buffer.ToArray() : null;
            reader.AdvanceTo(isTooLong ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (isTooLong || body is not null)
                return body;
        }
    }

    /// <summary>Finds the elements of the array. What is not an array is one element, and so is what follows a fault: the rules say what is wrong with it.</summary>
    private static List<Range> Split(byte[] body)
    {
        var elements = new List<Range>();
        var reader = new Utf8JsonReader(body);
        var start = 0;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                return [Range.All];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                start = (int)reader.TokenStartIndex;
                reader.Skip();
                elements.Add(start..(int)reader.BytesConsumed);
            }

            start = (int)reader.BytesConsumed;
            if (reader.Read())
                elements.Add(start..);
        }
        catch (JsonException)
        {
            elements.Add((int)reader.BytesConsumed..);
        }

        return elements;
    }

    private static async Task WriteAsync(HttpResponse response, IReadOnlyList<ServerMessage> messages, double now)
    {
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        var output = response.BodyWriter;
        output.Write("["u8);
        for (var i = 0; i < messages.Count; i++)
        {
            if (i > 0)
                output.Write(",\n"u8);
            MessageCodec.Write(messages[i], now, output);
            if (output.UnflushedBytes > AtOnce)
                await output.FlushAsync().ConfigureAwait(false);
        }

        output.Write("]"u8);
        await output.FlushAsync().ConfigureAwait(false);
    }
}
