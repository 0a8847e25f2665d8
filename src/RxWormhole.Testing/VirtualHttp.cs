using System.Text.Json;

namespace RxWormhole.Testing;

/// <summary>Carries the requests of a client to the virtual server, and everything happens on its clock.</summary>
internal sealed class VirtualHttp(VirtualRendezvous rendezvous, VirtualClient client) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // In memory, so that nothing is waited for here.
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var answer = new VirtualAnswer(cancellationToken);
        answer.Begin(new VirtualRequest(rendezvous, client, answer).Post(Split(body), body.Length));
        return await answer.Response.ConfigureAwait(false);
    }

    private static List<ReadOnlyMemory<byte>> Split(byte[] body)
    {
        var commands = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            commands.Add(body.AsMemory(start..(int)reader.BytesConsumed));
        }

        return commands;
    }
}
