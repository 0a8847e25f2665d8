using System.Buffers;
using System.Reactive.Concurrency;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RxWormhole.Server;

/// <summary>Reads the body of a request and finds the commands in it.</summary>
internal static class PostBody
{
    /// <summary>Reads the whole body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limits">How long it may be, and how long it may take.</param>
    /// <param name="scheduler">The clock.</param>
    /// <returns>The body, or why there is none.</returns>
    internal static async Task<(byte[]? Body, Ending? Ending)> ReadAsync(HttpContext context, MailboxLimits limits, IScheduler scheduler)
    {
        // Ours is the limit that counts, also where it is larger than Kestrel's.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = null;
        if (context.Request.ContentLength > limits.FrameBytes)
            return (null, Ending.TooLong(limits.FrameBytes));
        var reader = context.Request.BodyReader;
        using var deadline = scheduler.Schedule(limits.BindDeadline, reader.CancelPendingRead);
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            var ending = read.IsCanceled ? Ending.TooLateToRead : read.Buffer.Length > limits.FrameBytes ? Ending.TooLong(limits.FrameBytes) : null;
            var body = ending is null && read.IsCompleted ? read.Buffer.ToArray() : null;
            var isOver = ending is not null || body is not null;

            // Also at the end: Kestrel looks for what is left, and cuts the connection where a reading is not over.
            reader.AdvanceTo(isOver ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (isOver)
                return (body, ending);
        }
    }

    /// <summary>Finds the elements of the array, or gives null where the body is not exactly one array: then nothing of it is carried out.</summary>
    internal static List<Range>? Split(byte[] body)
    {
        var elements = new List<Range>();
        var reader = new Utf8JsonReader(body);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                return null;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                elements.Add(start..(int)reader.BytesConsumed);
            }

            // Throws where anything follows.
            reader.Read();
            return elements;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
