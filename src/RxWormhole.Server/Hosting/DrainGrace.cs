using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RxWormhole.Server;

/// <summary>Gives the host the time to stop that its clients are given to say goodbye.</summary>
internal sealed class DrainGrace<TOptions>(IOptions<TOptions> options, Func<TOptions, TimeSpan> drainTime) : IPostConfigureOptions<HostOptions>
    where TOptions : class
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public void PostConfigure(string? name, HostOptions host)
    {
        try
        {
            // A host stops one service after the other.
            host.ShutdownTimeout += drainTime(options.Value) + Grace;
        }
        catch (OptionsValidationException)
        {
            // The start says so, and names every problem.
        }
    }
}
