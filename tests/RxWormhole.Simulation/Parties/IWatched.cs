namespace RxWormhole.Simulation;

/// <summary>A stream that is followed.</summary>
internal interface IWatched
{
    string Name { get; }

    bool IsOver { get; }

    /// <summary>Whether nobody listens any more.</summary>
    bool IsLeft { get; }

    Exception? Error { get; }
}
