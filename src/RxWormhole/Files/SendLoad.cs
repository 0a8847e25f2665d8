using System.Security.Cryptography;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What goes over one connection: the content from some point on, and the hash of all of it.</summary>
internal sealed class SendLoad(Outgoing content) : IDisposable
{
    private Stream? source;

    internal Stream Source => source ?? throw new InvalidOperationException("Nothing is open.");

    internal IncrementalHash Hash { get; private set; } = Sha256();

    /// <summary>Opens the content behind what the other side has, if that is its beginning, and says where that is.</summary>
    internal async ValueTask<long> OpenBehindAsync(TransferPart? part, CancellationToken cancelled)
    {
        Open();
        if (part is null || part.Length > content.Length)
            return 0;
        await TransferHash.ReadAsync(Source, part.Length, Hash, cancelled).ConfigureAwait(false);
        if (Convert.ToHexStringLower(Hash.GetCurrentHash()).Equals(part.Sha256, StringComparison.OrdinalIgnoreCase))
            return part.Length;
        Open();
        return 0;
    }

    public void Dispose()
    {
        source?.Dispose();
        Hash.Dispose();
    }

    private static IncrementalHash Sha256() => IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private void Open()
    {
        Dispose();
        Hash = Sha256();
        source = content.Open();
    }
}
