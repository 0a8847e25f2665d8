using System.Net;

namespace RxWormhole;

/// <summary>What a status that is not success means for a link.</summary>
internal static class HttpRefusal
{
    private const int MostText = 200;

    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Latest = TimeSpan.FromMinutes(5);

    internal static async Task<LinkException> ReadAsync(HttpResponseMessage response, DateTimeOffset now, CancellationToken aborted)
    {
        var said = await SaidAsync(response.Content, aborted).ConfigureAwait(false);
        var message = $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd() + (said.Length == 0 ? "" : $": {said}");
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable =>
                new LinkException(message) { RetryAfter = RetryAfter(response, now), RetrySpread = Spread },

            // The same messages would come again.
            HttpStatusCode.RequestEntityTooLarge => new LinkException(message) { IsFatal = true },
            _ => new LinkException(message),
        };
    }

    private static TimeSpan RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => Soonest,
        };
        return asked < Soonest ? Soonest : asked > Latest ? Latest : asked;
    }

    // Plain text is meant for people; pages are not.
    private static async Task<string> SaidAsync(HttpContent content, CancellationToken aborted)
    {
        if (content.Headers.ContentType?.MediaType != "text/plain")
            return "";
        var stream = await content.ReadAsStreamAsync(aborted).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var bytes = new byte[MostText];
            var count = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, aborted).ConfigureAwait(false);
            return System.Text.Encoding.UTF8.GetString(bytes, 0, count).Trim();
        }
    }
}
