using System.Buffers;
using System.IO.Pipelines;
using System.Reactive.Concurrency;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RxWormhole.Server;

/// <summary>Reads the body of a request and finds the commands in it.</summary>
internal static class PostBody
{
    private const int Deepest = 1000;

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
        using var deadline = scheduler.Schedule(limits.BindDeadline, () => Cancel(reader));
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

    // On a scheduler of the thread pool nobody would catch what is thrown here.
    private static void Cancel(PipeReader reader)
    {
        try
        {
            reader.CancelPendingRead();
        }
#pragma warning disable CA1031 // Kestrel says in more than one way that the request has ended meanwhile.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Whoever reads finds out, too.
        }
    }

    /// <summary>Finds the elements of the array, or gives null where the body is not exactly one array: then nothing of it is carried out.</summary>
    internal static List<Range>? Split(byte[] body)
    {
        var elements = new List<Range>();
        // Deeper than a command may be: one that is too deep is the fault of that command.
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Deepest });
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
