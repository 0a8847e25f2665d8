namespace RxWormhole;

/// <summary>Moves bulk data: a loop that pulls, over a few buffers that go round. Nothing is allocated for a buffer that goes round once more.</summary>
internal static class Pump
{
    /// <summary>Runs until there is nothing more to come, or fails with what failed first. When it is over, no stage runs any more.</summary>
    /// <param name="mode">How.</param>
    /// <param name="stages">What is done.</param>
    /// <param name="buffers">The buffers.</param>
    /// <param name="failed">Told at once what failed, if buffers need not be emptied any more; makes whatever the other stages wait for fail too.</param>
    internal static async ValueTask RunAsync(this PumpMode mode, IPumpStages stages, PumpBuffer[] buffers, Action<Exception> failed)
    {
        if (mode == PumpMode.Stages)
        {
            await new StagedPump(stages, buffers, failed).RunAsync().ConfigureAwait(false);
            return;
        }

        var only = buffers[0];
        while (await stages.FillAsync(only).ConfigureAwait(false))
        {
            stages.Turn(only);
            await stages.EmptyAsync(only).ConfigureAwait(false);
        }
    }
}
