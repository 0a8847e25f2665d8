namespace RxWormhole;

/// <summary>The three things that are done to each buffer, one after the other; each of them to one buffer at a time, in order.</summary>
internal interface IPumpStages
{
    /// <summary>Fills a buffer, from a stream or the connection. False where there is nothing more to come.</summary>
    ValueTask<bool> FillAsync(PumpBuffer buffer);

    /// <summary>Makes of what is in the buffer what is to go out: seals or opens it.</summary>
    void Turn(PumpBuffer buffer);

    /// <summary>Empties a buffer, into the connection or a stream.</summary>
    ValueTask EmptyAsync(PumpBuffer buffer);
}
