using RxWormhole.Protocol;

namespace RxWormhole;

// What is read only once, and may have a length that nobody knows.
public sealed partial class Outgoing
{
    /// <summary>Takes a stream to be sent as a file: standard input, for instance.</summary>
    /// <param name="source">Read once, from where it stands, and not before the two sides are paired; it stays the caller's, who closes it when the transfer is over.</param>
    /// <param name="name">What the file is called on the other side.</param>
    /// <param name="length">How many bytes of it are sent; null for all there are, where nobody knows how many.</param>
    /// <param name="options">Where it is put meanwhile if it has to be; null for the usual.</param>
    /// <remarks>
    /// <para>It can be sent once, and a transfer of it does not go on when its connection is lost: it cannot be read again.</para>
    /// <para>Without a length, one of ours gets the bytes as they come. Everybody else has to be told a length first, so that all of it is read into a file without a
    /// name (<see cref="SendOptions.SpoolFolder"/>) before it is offered, which lasts until the stream has ended; <see cref="WormholeOptions.Timeout"/> counts meanwhile.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The stream cannot be read, or the name is none that a file can have.</exception>
    public static Outgoing OfStream(Stream source, string name, long? length = null, SendOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (length is { } given)
            ArgumentOutOfRangeException.ThrowIfNegative(given, nameof(length));
        if (!source.CanRead)
            throw new ArgumentException("The stream cannot be read.", nameof(source));
        if (!Utf8Text.IsWellFormed(name))
            throw new ArgumentException("The name is not valid Unicode.", nameof(name));
        if (name.Contains('/', StringComparison.Ordinal))
            throw new ArgumentException("The name has a slash, and should be one component.", nameof(name));
        if (!OfferedName.TryMakeSafe(name, allowHidden: true, out _, out var reason))
            throw new ArgumentException($"The name cannot be used: {reason}.", nameof(name));

        var wasOpened = 0;
        return new Outgoing(name, length, length, 1, () => Interlocked.Exchange(ref wasOpened, 1) == 0
            ? new OnceStream(source, name, length)
            : throw FolderScan.Bad(name, "is a stream that was read before, and it can be read only once"))
        {
            CanReopen = false,
            Spooling = options ?? new SendOptions(),
        };
    }

    /// <summary>For a stream: where it is put if it has to be.</summary>
    internal SendOptions? Spooling { get; private init; }

    /// <summary>The same, as it was put into a file.</summary>
    internal Outgoing From(Spool spool) => new(Name, spool.Length, spool.Length, 1, spool.Open);
}
