using System.Net;

namespace RxWormhole.Fuzz;

/// <summary>The answer of a server, or of anything between, that does not take a request: the first line is the status and a header, the rest the body.</summary>
internal sealed class HttpRefusalTarget : FuzzTarget
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(50);

    internal override string Name => "http-refusal";

    internal override int FixedBytes => 256 << 10;

    internal override IReadOnlyList<string> Words { get; } = ["503", "429", "413", "120", "Wed, 21 Oct 2015 07:28:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "\n", "2147483647"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var (head, body) = Texts.Two(input);
        using var response = new HttpResponseMessage(head switch
        {
            ['5', ..] => HttpStatusCode.ServiceUnavailable,
            ['4', '1', ..] => HttpStatusCode.RequestEntityTooLarge,
            ['4', ..] => HttpStatusCode.TooManyRequests,
            _ => HttpStatusCode.BadGateway,
        });
        response.Headers.TryAddWithoutValidation("Retry-After", head.Length > 3 ? head[3..].Trim() : "1");
        response.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body));
        response.Content.Headers.TryAddWithoutValidation("Content-Type", head.Contains('h', StringComparison.Ordinal) ? "text/html" : "text/plain; charset=utf-8");

        var refusal = HttpRefusal.ReadAsync(response, Now, CancellationToken.None);
        Hold.That(refusal.IsCompleted, "nothing is waited for");
        var link = refusal.GetAwaiter().GetResult();
        Hold.That(link.Message.Length < 500, "what was said is cut short");
        Hold.That(link.RetryAfter is null || (link.RetryAfter >= TimeSpan.FromSeconds(1) && link.RetryAfter <= TimeSpan.FromMinutes(5)), "a pause is neither nothing nor for ever");
    }
}
