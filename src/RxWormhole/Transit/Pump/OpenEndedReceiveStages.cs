namespace RxWormhole;

/// <summary>As <see cref="ReceiveStages"/>, up to the end that the other side announces.</summary>
internal sealed class OpenEndedReceiveStages(ReceiveStages stages, RecordInput input) : IPumpStages
{
    private bool isOver;

    public async ValueTask<bool> FillAsync(PumpBuffer buffer)
    {
        if (isOver)
            return false;
        await input.FillAsync(buffer, long.MaxValue, isOpenEnded: true).ConfigureAwait(false);
        isOver = input.HasEnded;
        return true;
    }

    // The end counts only if its seal is whole; until that is clear, nothing has come to its end.
    public void Turn(PumpBuffer buffer) => input.Open(buffer, OpenEndedRecords.Padding);

    public ValueTask EmptyAsync(PumpBuffer buffer)
    {
        if (buffer.Length > 0)
            return stages.EmptyAsync(buffer);
        input.Emptied(buffer);
        return ValueTask.CompletedTask;
    }
}
