using RxWormhole.Protocol;

namespace RxWormhole.Testing;

/// <summary>A client of a virtual relay: asks, waits for its partner, and then everything goes on to that.</summary>
internal sealed class VirtualRelayClient(VirtualRelay relay, ITransitConnection socket)
{
    private readonly ITransitConnection socket = socket;
    private readonly byte[] buffer = new byte[64 * 1024];
    private volatile VirtualRelayClient? partner;

    /// <summary>What it asked for, once that is known.</summary>
    internal RelayRequest? Request { get; private set; }

    internal async Task ServeAsync()
    {
        try
        {
            if (await AskAsync().ConfigureAwait(false))
                await PassOnAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // One of the two is gone, so the other has nothing to wait for.
        }

        relay.Leave(this);
        Close();
        partner?.Close();
    }

    internal void Close() => socket.Dispose();

    private async Task<bool> AskAsync()
    {
        var length = 0;
        int end;
        while ((end = buffer.AsSpan(0, length).IndexOf((byte)'\n')) < 0)
        {
            if (length > RelayRequest.MaxLength)
                return false;
            var count = await socket.ReadAsync(buffer.AsMemory(length)).ConfigureAwait(false);
            if (count == 0)
                return false;
            length += relay.IsSilent ? 0 : count;
        }

        if (end > RelayRequest.MaxLength)
            return false;
        if (!RelayRequest.TryParse(buffer.AsSpan(0, end), out var request))
        {
            await socket.WriteAsync("bad handshake\n"u8.ToArray()).ConfigureAwait(false);
            return false;
        }

        if (length > end + 1)
        {
            await socket.WriteAsync("impatient\n"u8.ToArray()).ConfigureAwait(false);
            return false;
        }

        Request = request;
        if (relay.Match(this) is { } found)
        {
            (partner, found.partner) = (found, this);
            await found.AcceptAsync().ConfigureAwait(false);
            await AcceptAsync().ConfigureAwait(false);
        }

        return true;
    }

    private ValueTask AcceptAsync() => socket.WriteAsync(TransitKeys.RelayAccepts.ToArray());

    private async Task PassOnAsync()
    {
        while (await socket.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
        {
            if (partner is null)
            {
                await socket.WriteAsync("impatient\n"u8.ToArray()).ConfigureAwait(false);
                return;
            }

            relay.Count(count);
            await partner.socket.WriteAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
        }
    }
}
