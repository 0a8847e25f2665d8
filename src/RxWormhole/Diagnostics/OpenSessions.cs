using System.Runtime.CompilerServices;

namespace RxWormhole;

/// <summary>The sessions that have begun and not ended, known weakly: gone through when the process exits, because finalizers do not run then.</summary>
internal static class OpenSessions
{
    private static readonly ConditionalWeakTable<Session, object?> Sessions = [];

    static OpenSessions() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Report();

    internal static void Add(Session session) => Sessions.Add(session, null);

    internal static void Remove(Session session) => Sessions.Remove(session);

    internal static void Report()
    {
        foreach (var (session, _) in Sessions.ToArray())
            session.OnProcessExit();
    }
}
