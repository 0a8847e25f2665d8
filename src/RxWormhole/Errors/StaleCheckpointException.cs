using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>The session was restored from a checkpoint that is not its latest, or another process goes on with it at the same time.</summary>
/// <remarks>Nothing was sent and nothing was closed, so that whoever has the latest checkpoint can go on.</remarks>
public sealed class StaleCheckpointException : WormholeException
{
    internal StaleCheckpointException()
        : base(
            "The server has messages of this session that its checkpoint does not know: the checkpoint is not the latest, or another process "
            + "goes on with the session at the same time. Restore the latest checkpoint, in one process only.",
            Mood.Errory)
    {
    }
}
