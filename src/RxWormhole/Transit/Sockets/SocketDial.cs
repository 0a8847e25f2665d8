using System.Net;
using System.Net.Sockets;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Makes a TCP connection to a name or an address.</summary>
/// <remarks>The addresses of a name are tried as RFC 8305 says: the kinds in turns, the next when one failed or has not answered for a while, and the first that answers is it.</remarks>
internal static class SocketDial
{
    private const int MostAddresses = 8;

    private static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250);

    /// <exception cref="IOException">No address answered.</exception>
    internal static async Task<SocketConnection> ConnectAsync(DirectHint way, CancellationToken givenUp)
    {
        var name = $"{Printable.Of(way.Hostname)}:{way.Port}";
        if (way.Port is < 1 or > IPEndPoint.MaxPort)
            throw new IOException($"{name}: there is no such port.");
        try
        {
            var addresses = IPAddress.TryParse(way.Hostname, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(way.Hostname, givenUp).ConfigureAwait(false);
            return new SocketConnection(await FirstAsync(InTurns(addresses), way.Port, givenUp).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            throw new IOException($"{name} cannot be reached: {exception.Message}", exception);
        }
    }

    private static IPAddress[] InTurns(IPAddress[] addresses) => [..
        addresses
            .GroupBy(address => address.AddressFamily)
            .SelectMany((kind, turn) => kind.Select((address, place) => (Address: address, Place: place, Turn: turn)))
            .OrderBy(each => each.Place)
            .ThenBy(each => each.Turn)
            .Select(each => each.Address)
            .Take(MostAddresses)];

    private static async Task<Socket> FirstAsync(IPAddress[] addresses, int port, CancellationToken givenUp)
    {
        using var others = CancellationTokenSource.CreateLinkedTokenSource(givenUp);
        var attempts = new List<Task<Socket>>();
        Exception failure = new SocketException((int)SocketError.HostNotFound);
        try
        {
            for (var next = 0; next < addresses.Length || attempts.Count > 0;)
            {
                if (next < addresses.Length)
                    attempts.Add(ConnectAsync(new IPEndPoint(addresses[next++], port), others.Token));
                Task first = await Task.WhenAny([.. attempts, .. next < addresses.Length ? [PauseAsync(others.Token)] : Array.Empty<Task>()]).ConfigureAwait(false);
                if (first is not Task<Socket> attempt)
                    continue;
                attempts.Remove(attempt);
                if (attempt.IsCompletedSuccessfully)
                    return await attempt.ConfigureAwait(false);
                givenUp.ThrowIfCancellationRequested();
                failure = attempt.Exception?.InnerException ?? failure;
            }
        }
        finally
        {
            await others.CancelAsync().ConfigureAwait(false);
            foreach (var loser in attempts)
                _ = CloseAsync(loser);
        }

        throw failure;
    }

#pragma warning disable RS0030 // The edge: how long a system is waited for that does not answer.
    private static Task PauseAsync(CancellationToken cancelled) => Task.Delay(Stagger, cancelled);
#pragma warning restore RS0030

    private static async Task<Socket> ConnectAsync(IPEndPoint where, CancellationToken cancelled)
    {
        var socket = new Socket(where.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(where, cancelled).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task CloseAsync(Task<Socket> loser)
    {
        await ((Task)loser).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (loser.IsCompletedSuccessfully)
            (await loser.ConfigureAwait(false)).Dispose();
    }
}
