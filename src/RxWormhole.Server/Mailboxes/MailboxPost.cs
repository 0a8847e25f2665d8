using System.Buffers;
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
            using var sink = new ListSink(hub);
            if (await AnswerAsync(context, hub, sink, address, yourAddress).ConfigureAwait(false) is { Status: not StatusCodes.Status200OK } ending)
                await MailboxEndpoint.RefuseAsync(context, ending.Status, ending.Reason).ConfigureAwait(false);
            else
                await WriteAsync(context.Response, sink.Take(), (hub.Scheduler.Now - DateTimeOffset.UnixEpoch).TotalSeconds).ConfigureAwait(false);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            // Kestrel would take it for a fault of ours.
            await MailboxEndpoint.RefuseAsync(context, bad.StatusCode, "this request cannot be read").ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client is gone. What it asked for is done or not; it asks again.
            context.Abort();
        }
        finally
        {
            hub.Leave(address);
        }
    }

    private static async Task<Ending?> AnswerAsync(HttpContext context, MailboxHub hub, ListSink sink, string? address, string? yourAddress)
    {
        var (body, ending) = await PostBody.ReadAsync(context, hub.Options.Limits, hub.Scheduler).ConfigureAwait(false);
        if (ending is not null)
        {
            hub.Instruments.Rejected(ending.Status == StatusCodes.Status413PayloadTooLarge ? "frame size" : "bind deadline");
            return ending;
        }

        if (PostBody.Split(body!) is not { } commands)
            return Ending.NotAnArray;
        using var connection = new MailboxConnection(hub, sink, address, yourAddress, mayRepeat: true);
        foreach (var command in commands)
        {
            await connection.ReceiveAsync(body.AsSpan(command)).ConfigureAwait(false);
            if (sink.Ending is not null)
                break;
        }

        return sink.Ending;
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
