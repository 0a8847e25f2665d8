using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RxWormhole.Contracts;
using RxWormhole.Interop.Tests;

namespace RxWormhole.Cli.Tests;

/// <summary>TLS by the section Kestrel of the configuration, as ASP.NET Core has it.</summary>
public sealed partial class ServeTlsTests
{
    [Test]
    public async Task EndpointWithACertificate_IsServedAndAnnouncedInsteadOfTheUsualOne()
    {
        var folder = Directory.CreateTempSubdirectory("rxwormhole-cli-").FullName;
        try
        {
            using var certificate = Certificate();
            var file = Path.Combine(folder, "serve.json");
            await File.WriteAllTextAsync(Path.Combine(folder, "certificate.pem"), certificate.ExportCertificatePem());
            await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
            await File.WriteAllTextAsync(file, Configuration(folder).ToJsonString());
            using var server = new PeerProcess(CommandProgram.Program, CommandProgram.Arguments("serve", "--relay", "none", "--config", file));
            var address = new Uri(server.WaitFor(each => each.HasExited ? each.Errors : Mailbox().Match(each.Output) is { Success: true } match ? match.Groups[1].Value : null));
            Assert.That(address.Scheme, Is.EqualTo("wss"));
            Assert.That(Mailbox().Count(server.Output), Is.EqualTo(1));

            // This certificate and no other.
            using var client = await RawMailbox.ConnectAsync(
                address, options => options.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString());
            await client.BindAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static JsonObject Configuration(string folder) => new()
    {
        ["Kestrel"] = new JsonObject
        {
            ["Endpoints"] = new JsonObject
            {
                ["Secure"] = new JsonObject
                {
                    ["Url"] = "https://127.0.0.1:0",
                    ["Certificate"] = new JsonObject { ["Path"] = Path.Combine(folder, "certificate.pem"), ["KeyPath"] = Path.Combine(folder, "key.pem") },
                },
            },
        },
    };

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    [GeneratedRegex(@"^mailbox (\S+)\n", RegexOptions.Multiline)]
    private static partial Regex Mailbox();
}
