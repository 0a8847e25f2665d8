using System.Security.Cryptography;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What goes over one connection: the content from some point on, and the hash of all of it.</summary>
internal sealed class SendLoad(Outgoing content) : IDisposable
{
    private readonly Lock gate = new();
    private Stream? source;
    private bool isOpening;
    private bool isDisposed;

    internal Stream Source => source ?? throw new InvalidOperationException("Nothing is open.");

    internal IncrementalHash Hash { get; private set; } = Sha256();

    /// <summary>Opens the content behind what the other side has, if that is its beginning, and says where that is.</summary>
    internal async ValueTask<long> OpenBehindAsync(TransferPart? part, CancellationToken cancelled)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            isOpening = true;
        }

        try
        {
            Open();
            // What cannot be opened again is not read only to find out that it is something else.
            if (part is null || !content.CanReopen || part.Length > content.Length)
                return 0;
            await TransferHash.ReadAsync(Source, part.Length, Hash, cancelled).ConfigureAwait(false);
            if (Convert.ToHexStringLower(Hash.GetCurrentHash()).Equals(part.Sha256, StringComparison.OrdinalIgnoreCase))
                return part.Length;
            Open();
            return 0;
        }
        finally
        {
            lock (gate)
            {
                isOpening = false;
                if (isDisposed)
                    Close();
            }
        }
    }

    /// <summary>Closes it, when nobody works with it any more.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            if (!isOpening)
                Close();
        }
    }

    private static IncrementalHash Sha256() => IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private void Open()
    {
        Close();
        Hash = Sha256();
        source = content.Open();
    }

    private void Close()
    {
        source?.Dispose();
        Hash.Dispose();
    }
}
