using System.Net;
using System.Net.Http.Headers;
using System.Reactive.Concurrency;
using System.Text;
using System.Text.Json;
using RxWormhole.Protocol;

namespace RxWormhole.Tests.Links;

/// <summary>A mailbox server behind HTTP, in virtual time: every request is a connection of its own.</summary>
internal sealed class VirtualHttp(IScheduler clock) : HttpMessageHandler
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(10);

    private readonly Random entropy = new(7);

    internal MemoryMailboxServer Mailboxes { get; } = new(new WelcomeInfo(), KeepPolicy.Reference);

    /// <summary>The requests that were made, as they were sent.</summary>
    internal List<string> Requests { get; } = [];

    /// <summary>When they were made.</summary>
    internal List<DateTimeOffset> Times { get; } = [];

    /// <summary>How many requests are under way.</summary>
    internal int UnderWay { get; private set; }

    internal bool IsUp { get; set; } = true;

    /// <summary>Whether a request, numbered from 1, is lost before the server has it.</summary>
    internal Predicate<int> LosesRequest { get; set; } = _ => false;

    /// <summary>Whether the answer to it is lost.</summary>
    internal Predicate<int> LosesAnswer { get; set; } = _ => false;

    /// <summary>Whether it is never answered, and nobody says why.</summary>
    internal Predicate<int> IsSilent { get; set; } = _ => false;

    /// <summary>Cuts the answer to a request after so many bytes.</summary>
    internal Func<int, int?> CutsAnswer { get; set; } = _ => null;

    /// <summary>Gives an answer in place of the server's.</summary>
    internal Func<int, HttpResponseMessage?> Replaces { get; set; } = _ => null;

    internal Uri Address { get; } = new("ws://rendezvous.invalid/v1");

    internal static HttpResponseMessage Answer(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.That(request.RequestUri, Is.EqualTo(new Uri("http://rendezvous.invalid/v1")));
        Assert.That(request.Content!.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        var body = request.Content.ReadAsStringAsync(CancellationToken.None).GetAwaiter().GetResult();
        Requests.Add(body);
        Times.Add(clock.Now);
        UnderWay++;
        var number = Requests.Count;
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        cancellationToken.Register(() => Finish(() => answer.TrySetCanceled()));
        clock.Schedule(Latency, () =>
        {
            if (!IsUp || LosesRequest(number))
                Finish(() => answer.TrySetException(new HttpRequestException("the request was lost")));
            else
                Serve(number, body, answer);
        });
        return answer.Task;
    }

    private void Finish(Func<bool> finish)
    {
        if (finish())
            UnderWay--;
    }

    private void Serve(int number, string body, TaskCompletionSource<HttpResponseMessage> answer)
    {
        if (IsSilent(number))
            return;
        var response = Replaces(number) ?? Answer(Serve(body));
        clock.Schedule(Latency, () =>
        {
            if (!IsUp || LosesAnswer(number))
                Finish(() => answer.TrySetException(new HttpRequestException("the answer was lost")));
            else
                Finish(() => answer.TrySetResult(CutsAnswer(number) is { } length ? Cut(response, length) : response));
        });
    }

    private string Serve(string body)
    {
        using var json = JsonDocument.Parse(body);
        var (connection, deliveries) = Mailboxes.Connect(mayRepeat: true);
        List<Delivery> all = [.. deliveries];
        foreach (var command in json.RootElement.EnumerateArray())
        {
            var random = new byte[MemoryMailboxServer.EntropyLength];
            entropy.NextBytes(random);
            all.AddRange(Mailboxes.Receive(connection, Encoding.UTF8.GetBytes(command.GetRawText()), clock.Now, random).Deliveries);
        }

        Mailboxes.Disconnect(connection);
        return $"[{string.Join(",", all.Where(each => each.Connection == connection).Select(each => Encoding.UTF8.GetString(MessageCodec.Write(each.Message))))}]";
    }

    private static HttpResponseMessage Cut(HttpResponseMessage response, int length)
    {
        var bytes = response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes, 0, Math.Min(length, bytes.Length)) };
    }
}
