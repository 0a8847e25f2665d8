using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using RxWormhole.Protocol;

namespace RxWormhole;

// The end.
public sealed partial class Wormhole
{
    /// <summary>Closes the session: what was accepted goes out, nameplate and mailbox are given back, the server is told the mood.</summary>
    /// <param name="mood">The mood; null for the earned one: happy if the key was confirmed, otherwise lonely.</param>
    /// <remarks>
    /// Begins when called; later calls get the same result. It takes five seconds at most, and none while no link can be had; what a cancelled transfer leaves is tidied up before.
    /// value: the mood, and whether the server acknowledged it. completion: behind it. error: none of its own; a session that failed yields the mood it failed with.
    /// What had arrived before stays readable; what is still waiting fails with <see cref="WormholeClosedException"/>.
    /// A restored session that was not resumed is let go without a word to the server, and can be restored again.
    /// </remarks>
    public IObservable<CloseResult> Close(Mood? mood = null)
    {
        if (mood is { } given && !Enum.IsDefined(given))
            throw new ArgumentOutOfRangeException(nameof(mood));
        session.Close(mood);
        return session.Closed.SelectMany(result => session.Tidied().Select(_ => result)).Deliver(edge, this);
    }

    /// <summary>Closes the session at the end of a chain, and goes on with a value.</summary>
    /// <param name="value">The value.</param>
    /// <remarks>value: the given one, when the session is closed. Otherwise as <see cref="Close"/>.</remarks>
    public IObservable<T> CloseWith<T>(T value) => Close().Select(_ => value);

    /// <summary>Hangs up now and waits for nothing. Verbs that are waiting fail with <see cref="WormholeClosedException"/>; the last checkpoint can still be restored.</summary>
    public void Dispose()
    {
        session.Abandon();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes politely, as <see cref="Close"/> does, then disposes. Where the session's time was over it waits for nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        session.Close(null);
        await session.Left.SelectMany(_ => session.Tidied()).Deliver(edge, this).ToTask().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }
}
