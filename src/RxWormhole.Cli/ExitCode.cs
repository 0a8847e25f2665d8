namespace RxWormhole.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    internal const int Success = 0;

    /// <summary>Something this machine could not do: a port that is taken, a database that cannot be opened.</summary>
    internal const int Failure = 1;

    /// <summary>Options or configuration that make no sense.</summary>
    internal const int Usage = 2;
}
