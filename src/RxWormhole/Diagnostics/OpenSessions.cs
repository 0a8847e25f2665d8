namespace RxWormhole;

/// <summary>The sessions that have begun and not ended, known weakly: gone through when the process exits, because finalizers do not run then.</summary>
internal static class OpenSessions
{
    private static readonly List<WeakReference<Session>> Sessions = [];

    static OpenSessions() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Report();

    internal static void Add(Session session)
    {
        lock (Sessions)
            Sessions.Add(new WeakReference<Session>(session));
    }

    internal static void Remove(Session session)
    {
        lock (Sessions)
            Sessions.RemoveAll(reference => !reference.TryGetTarget(out var target) || ReferenceEquals(target, session));
    }

    internal static void Report()
    {
        WeakReference<Session>[] open;
        lock (Sessions)
            open = [.. Sessions];
        foreach (var reference in open)
        {
            if (reference.TryGetTarget(out var session))
                session.OnProcessExit();
        }
    }
}
