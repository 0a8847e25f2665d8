using System.Diagnostics;
using Microsoft.Extensions.Logging;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What a session tells the operator: log, trace, metrics. Never a code, a key, a nameplate or a message.</summary>
/// <param name="sink">The application's logger.</param>
/// <param name="session">Tells one session from another: its side, which everybody on the server may know.</param>
internal sealed partial class SessionLog(ILogger sink, string session)
{
    private readonly QuietLogger logger = new(sink);
    private readonly SortedDictionary<string, int> unused = new(StringComparer.Ordinal);
    private Activity? activity;
    private bool hasBegun;

    internal void Begun()
    {
        hasBegun = true;

        // An activity of its own, that does not become the parent of whatever the caller does next.
        var current = Activity.Current;
        activity = Instruments.Activities.StartActivity("wormhole session", ActivityKind.Client);
        Activity.Current = current;
        Instruments.Open.Add(1);
        LogBegun(logger, session);
    }

    internal static void Dialling(bool isRedial)
    {
        if (isRedial)
            Instruments.Redials.Add(1);
    }

    internal void Connected()
    {
        Instruments.Links.Add(1);
        activity?.AddEvent(new ActivityEvent("link"));
        LogConnected(logger, session);
    }

    internal void Lost(string reason, TimeSpan retryIn)
    {
        activity?.AddEvent(new ActivityEvent("link lost"));
        LogLost(logger, session, reason, retryIn.TotalSeconds);
    }

    internal void Paired()
    {
        Instruments.Pairings.Add(1);
        activity?.AddEvent(new ActivityEvent("paired"));
        LogPaired(logger, session);
    }

    internal void Failed(WormholeException exception)
    {
        activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
        LogFailed(logger, session, exception.Mood.ToWire(), exception.Message);
    }

    internal void Ended(Mood mood, bool isAcknowledged)
    {
        if (hasBegun)
        {
            StopActivity(mood, isAcknowledged);
            Instruments.Open.Add(-1);
            Instruments.Sessions.Add(1, new KeyValuePair<string, object?>("mood", mood.ToWire()));
            LogEnded(logger, session, mood.ToWire(), isAcknowledged);
        }

        lock (unused)
        {
            foreach (var verb in unused.Where(verb => verb.Value > 0))
                LogUnused(logger, session, verb.Key);
        }
    }

    /// <summary>A lazy verb was called; it does nothing unless it is subscribed to.</summary>
    internal void Called(string verb) => Count(verb, 1);

    /// <summary>It was.</summary>
    internal void Subscribed(string verb) => Count(verb, -1);

    internal void ObserverThrew(Exception exception) => LogObserver(logger, session, exception);

    internal void InternalFault(Exception exception) => LogInternal(logger, session, exception);

    /// <summary>What transit of the same session tells.</summary>
    internal TransitLog OfTransit() => new(sink, session);

    internal void EndNotStored(Exception exception) => LogEndNotStored(logger, session, exception);

    internal void Forgotten(string how) => LogForgotten(logger, session, how);

    // Stopping makes current again what was so at the beginning, which by now need not be what the caller is doing.
    private void StopActivity(Mood mood, bool isAcknowledged)
    {
        if (activity is null)
            return;
        var current = Activity.Current;
        activity.SetTag("rxwormhole.mood", mood.ToWire());
        activity.SetTag("rxwormhole.acknowledged", isAcknowledged);
        activity.Stop();
        Activity.Current = current;
    }

    private void Count(string verb, int by)
    {
        lock (unused)
            unused[verb] = unused.GetValueOrDefault(verb) + by;
    }

    [LoggerMessage(1, LogLevel.Debug, "Wormhole session {Session} began.")]
    private static partial void LogBegun(ILogger logger, string session);

    [LoggerMessage(2, LogLevel.Debug, "Wormhole session {Session}: the rendezvous server answers.")]
    private static partial void LogConnected(ILogger logger, string session);

    [LoggerMessage(3, LogLevel.Information, "Wormhole session {Session}: the link to the rendezvous server is down ({Reason}); next attempt in {Seconds:F1} s.")]
    private static partial void LogLost(ILogger logger, string session, string reason, double seconds);

    [LoggerMessage(4, LogLevel.Information, "Wormhole session {Session} is paired.")]
    private static partial void LogPaired(ILogger logger, string session);

    [LoggerMessage(5, LogLevel.Warning, "Wormhole session {Session} failed ({Mood}): {Message}")]
    private static partial void LogFailed(ILogger logger, string session, string mood, string message);

    [LoggerMessage(6, LogLevel.Debug, "Wormhole session {Session} ended {Mood}; acknowledged by the server: {Acknowledged}.")]
    private static partial void LogEnded(ILogger logger, string session, string mood, bool acknowledged);

    [LoggerMessage(7, LogLevel.Warning, "{Verb} was called on wormhole session {Session}, but nobody subscribed to what it returned, so it did nothing.")]
    private static partial void LogUnused(ILogger logger, string session, string verb);

    [LoggerMessage(8, LogLevel.Error, "An observer of wormhole session {Session} threw, or has no error handler; its subscription has ended.")]
    private static partial void LogObserver(ILogger logger, string session, Exception exception);

    [LoggerMessage(9, LogLevel.Error, "A step of wormhole session {Session} threw.")]
    private static partial void LogInternal(ILogger logger, string session, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "Wormhole session {Session} ended, but the journal could not store that it did.")]
    private static partial void LogEndNotStored(ILogger logger, string session, Exception exception);

    [LoggerMessage(10, LogLevel.Error, "Wormhole session {Session} was {How} while its mailbox was open. Close or dispose of wormholes, or use Wormhole.Use: the other side was told nothing.")]
    private static partial void LogForgotten(ILogger logger, string session, string how);
}
