using System.Buffers;

namespace RxWormhole.Server;

/// <summary>Carries pieces from socket to socket inside the kernel, without copying them (Linux).</summary>
internal sealed class SpliceCarrier(SocketEnd from, SocketEnd to, SplicePipe pipe) : RelayCarrier
{
    private const int Most = 512 << 10;

    // What is copied to wait for a socket that is full: when it is through, there is room for much more.
    private const int Sip = 4 << 10;

    private int left;

    internal override ValueTask<int> TakeAsync(int most)
    {
        left = Math.Max(0, pipe.Fill(from.Handle, Math.Min(most, Most), out var isBusy));
        return ValueTask.FromResult(isBusy ? -1 : left);
    }

    internal override async ValueTask PassAsync()
    {
        while (left > 0)
        {
            var passed = pipe.Drain(to.Handle, left, out var isBusy);
            left -= passed;
            if (isBusy)
                await SipAsync().ConfigureAwait(false);
        }
    }

    // What could not be sent does not go to anybody else.
    public override void Dispose() => pipe.Return(isEmpty: left == 0);

    private async ValueTask SipAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Sip);
        try
        {
            var count = pipe.Read(buffer.AsSpan(0, Math.Min(left, Sip)));
            await to.SendAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
            left -= count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
