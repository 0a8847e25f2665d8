using System.Reactive;
using System.Reactive.Linq;

namespace RxWormhole.Tests.Record;

/// <summary>A journal that keeps every checkpoint and is done at once.</summary>
internal sealed class Drawer
{
    internal List<Checkpoint> All { get; } = [];

    /// <summary>The latest one, as another process would read it.</summary>
    internal Checkpoint Latest => Checkpoint.Parse(All[^1].ToJson());

    internal SessionRecord LatestRecord => Latest.ToRecord();

    internal IObservable<Unit> Store(Checkpoint checkpoint)
    {
        All.Add(checkpoint);
        return Observable.Return(Unit.Default);
    }
}
