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
            var needed = drainTime(options.Value) + Grace;
            if (host.ShutdownTimeout < needed)
                host.ShutdownTimeout = needed;
        }
        catch (OptionsValidationException)
        {
            // The start says so, and names every problem.
        }
    }
}
