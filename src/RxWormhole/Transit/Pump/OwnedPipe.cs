using System.IO.Pipelines;

namespace RxWormhole;

/// <summary>A pipe as the application holds it: it keeps the wormhole from being collected, which what reads and writes behind it does not.</summary>
internal sealed class OwnedPipe(IDuplexPipe pipe, object? owner) : IDuplexPipe
{
    public PipeReader Input => pipe.Input;

    public PipeWriter Output => pipe.Output;

    /// <summary>Only held.</summary>
    internal object? Owner => owner;
}
