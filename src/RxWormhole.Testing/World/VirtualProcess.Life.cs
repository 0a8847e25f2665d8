namespace RxWormhole.Testing;

// How it lives and dies.
public sealed partial class VirtualProcess
{
    /// <summary>Starts it, unless it runs or is done.</summary>
    /// <exception cref="ObjectDisposedException">The world is.</exception>
    public void Start()
    {
        ObjectDisposedException.ThrowIf(World.IsDisposed, World);
        if (IsDone || life is { IsAlive: true })
            return;
        life?.LetGoOfLinks();
        Lives++;
        // Another life draws other numbers, as another process does.
        var present = life = new ProcessLife(this, World.Clock, SeededEntropy.Create(World.Seed, FormattableString.Invariant($"{Name} {Lives}")));
        VirtualRun.WithoutContext(() => RunAsync(present));
    }

    /// <summary>Ends it: nothing of it happens any more, until <see cref="Start"/> calls its program again.</summary>
    /// <param name="isNoticed">
    /// Whether its links and connections end too, so that the other ends notice. Otherwise, as where a machine loses its power, they become half-open; the server learns of it when
    /// the process is started again.
    /// </param>
    /// <remarks>A program that kills itself runs on up to its next await.</remarks>
    /// <returns>Whether it ran.</returns>
    public bool Kill(bool isNoticed = true)
    {
        if (IsDone || life is not { IsAlive: true })
            return false;
        life.End();
        if (isNoticed)
        {
            Client.Cut();
            Host.Cut();
            life.LetGoOfLinks();
        }
        else
        {
            Client.Silence();
            Host.Silence();
        }

        life.LetGo();
        return true;
    }

    internal void End()
    {
        Kill();
        life?.LetGoOfLinks();
    }

    private async Task RunAsync(ProcessLife present)
    {
        Exception? failure = null;
        try
        {
            await program(this).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A program may fail in any way; who runs the world is told.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        if (!present.IsAlive)
            return;
        Failure = failure;
        IsDone = true;
        Done(this);
    }
}
