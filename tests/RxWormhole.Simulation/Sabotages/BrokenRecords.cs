using System.Reactive;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Simulation;

// Records that forget, and a journal that is not waited for.

internal sealed class LoseEchoes : StandInRules
{
    internal override RecordStep On(SessionRecord record, ServerMessage message) =>
        message is ServerMessage.Message own && own.Side == record.Side && Phase.IsNumeric(own.Phase) ? new RecordStep(record) : base.On(record, message);
}

internal sealed class RestoreWithoutOutbox : StandInRules
{
    internal override SessionRecord Restore(Checkpoint checkpoint) => base.Restore(checkpoint) with { Messages = [] };
}

internal sealed class RestoreDeaf : StandInRules
{
    internal override SessionRecord Restore(Checkpoint checkpoint) => base.Restore(checkpoint) with { Delivered = 0 };
}

internal sealed class RestoreNewSecret : StandInRules
{
    internal override SessionRecord Restore(Checkpoint checkpoint)
    {
        var record = base.Restore(checkpoint);
        var entropy = new byte[Spake2.EntropyLength];
        entropy.AsSpan().Fill(7);
        return record.IsEnded ? record : record with { Scalar = Spake2.CreateScalar(entropy), Pake = null };
    }
}

internal sealed class EffectBeforeJournal : StandInRules
{
    internal override IObservable<Unit> Store(Func<Checkpoint, IObservable<Unit>> journal, Checkpoint checkpoint)
    {
        journal(checkpoint).Subscribe(static _ => { }, static _ => { });
        return Observable.Return(Unit.Default);
    }
}
