using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace RxWormhole.Cli;

/// <summary>Tells what there is to wait for, once it takes longer than a moment.</summary>
internal sealed class Announcer(Display display, IScheduler scheduler) : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    // Who sits behind a bad link for a week is not told of every attempt in a file.
    private const int MostSaid = 100;

    private readonly Lock gate = new();
    private readonly SerialDisposable waiting = new();
    private readonly SortedSet<string> said = new(StringComparer.Ordinal);
    private StatusNote? current;

    /// <summary>This is what there is to wait for now; null for nothing.</summary>
    internal void Say(StatusNote? note)
    {
        lock (gate)
        {
            if (note == current)
                return;
            // An hour of polls is one wait.
            var isSame = note is not null && note.Key == current?.Key;
            current = note;
            if (isSame && display.IsLive && waiting.Disposable is null)
                Show(note!);
            else if (!isSame)
                Begin(note);
        }
    }

    public void Dispose() => waiting.Dispose();

    private void Begin(StatusNote? note)
    {
        waiting.Disposable = null;
        display.Status(null);
        if (note is { IsUrgent: true })
            Show(note);
        else if (note is not null)
            waiting.Disposable = scheduler.Schedule(Moment, OnMoment);
    }

    private void OnMoment()
    {
        lock (gate)
        {
            waiting.Disposable = null;
            if (current is not null)
                Show(current);
        }
    }

    private void Show(StatusNote note)
    {
        if (display.IsLive && !(note.IsUrgent && display.HasPrompt))
            display.Status(new Piece(note.Text, Ink.Faint));
        else if (said.Count < MostSaid && said.Add(note.Key))
            display.Line(new Piece(note.Text, Ink.Faint));
    }
}
