using System.Net;

namespace RxWormhole.Server.Tests;

/// <summary>Pages may use the HTTP link where the operator says so.</summary>
public sealed class PostCorsTests : PostFixture
{
    private const string Allowed = "Access-Control-Allow-Origin";

    [Test]
    public async Task UsuallyNoPageMay()
    {
        using var preflight = await PreflightAsync("https://example.com");
        Assert.That(preflight.Headers.Contains(Allowed), Is.False);
        using var response = await PostFromAsync("https://example.com");
        Assert.That(response.Headers.Contains(Allowed), Is.False);
    }

    [Test]
    public async Task PagesOfTheOrigin_May()
    {
        await Start(options => options.CorsOrigins.Add("https://example.com"));
        using var preflight = await PreflightAsync("https://example.com");
        Assert.That(preflight.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(preflight.Headers.GetValues(Allowed), Is.EqualTo(new[] { "https://example.com" }));
        Assert.That(preflight.Headers.GetValues("Access-Control-Allow-Methods"), Is.EqualTo(new[] { "POST" }));
        Assert.That(preflight.Headers.GetValues("Access-Control-Allow-Headers"), Is.EqualTo(new[] { "content-type" }));
        using var response = await PostFromAsync("https://example.com");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.GetValues(Allowed), Is.EqualTo(new[] { "https://example.com" }));
        Assert.That(response.Headers.GetValues("Access-Control-Expose-Headers"), Is.EqualTo(new[] { "retry-after" }));
    }

    [Test]
    public async Task PagesOfAnotherOrigin_MayNot()
    {
        await Start(options => options.CorsOrigins.Add("https://example.com"));
        using var preflight = await PreflightAsync("https://example.org");
        Assert.That(preflight.Headers.Contains(Allowed), Is.False);
        using var response = await PostFromAsync("https://example.org");
        Assert.That(response.Headers.Contains(Allowed), Is.False);
    }

    [TestCase("*")]
    [TestCase("https://example.com", "*")]
    public async Task AnyOrigin_AllPagesMay(params string[] origins)
    {
        await Start(options =>
        {
            foreach (var origin in origins)
                options.CorsOrigins.Add(origin);
        });
        using var response = await PostFromAsync("https://example.org");
        Assert.That(response.Headers.GetValues(Allowed), Is.EqualTo(new[] { "*" }));
    }

    [Test]
    public async Task RefusedRequests_CanBeReadByThePageAsWell()
    {
        await Start(options =>
        {
            options.CorsOrigins.Add("https://example.com");
            (options.Limits.RequestsPerMinute, options.Limits.ExemptLoopback) = (1, false);
        });
        (await PostFromAsync("https://example.com")).Dispose();
        using var response = await PostFromAsync("https://example.com");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(response.Headers.GetValues(Allowed), Is.EqualTo(new[] { "https://example.com" }));
    }

    private Task<HttpResponseMessage> PreflightAsync(string origin) => Client.SendAsync(
        HttpMethod.Options, null, ("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type"));

    private Task<HttpResponseMessage> PostFromAsync(string origin) => Client.SendAsync(HttpMethod.Post, new StringContent("[]"), ("Origin", origin));
}
