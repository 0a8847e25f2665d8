namespace RxWormhole.Simulation;

/// <summary>A stream that is followed.</summary>
internal interface IWatched
{
    string Name { get; }

    bool IsOver { get; }

    /// <summary>Whether nobody listens any more.</summary>
    bool IsLeft { get; }

    /// <summary>Whether it gave a value.</summary>
    bool HasValue { get; }

    /// <summary>Whether it has to fail where it has nothing to give: all but what never fails.</summary>
    bool OwesValue { get; }

    Exception? Error { get; }
}
