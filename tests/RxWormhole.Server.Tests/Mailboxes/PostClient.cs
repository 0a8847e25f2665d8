using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace RxWormhole.Server.Tests;

/// <summary>Posts JSON to a mailbox server.</summary>
internal sealed class PostClient(Uri server) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = new UriBuilder(server) { Scheme = "http" }.Uri, Timeout = TimeSpan.FromSeconds(30) };

    public void Dispose() => client.Dispose();

    /// <summary>Posts what has to be answered with status 200.</summary>
    internal async Task<JsonArray> PostAsync(string body)
    {
        using var response = await SendAsync(body);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), body);
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/json"));
        Assert.That(response.Headers.CacheControl?.NoStore, Is.True);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray();
    }

    /// <summary>Posts what has to be refused as a whole.</summary>
    internal async Task<(HttpStatusCode Status, string Reason)> RefusedAsync(string body)
    {
        using var response = await SendAsync(body);
        return (response.StatusCode, (await response.Content.ReadAsStringAsync()).TrimEnd());
    }

    internal Task<HttpResponseMessage> SendAsync(string body) => SendAsync(HttpMethod.Post, new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")));

    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "") { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await client.SendAsync(request);
    }
}
