using Microsoft.Extensions.Diagnostics.HealthChecks;
using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>Says whether a mailbox server can serve: it is not about to stop, and its store takes work.</summary>
internal sealed class MailboxHealth(MailboxHub hub) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (hub.Door.IsClosed)
            return HealthCheckResult.Unhealthy("the server is about to stop");
        var probe = new Probe();
        hub.Store.Submit(probe);
        return await probe.Result.WaitAsync(cancellationToken).ConfigureAwait(false) is { } reason
            ? HealthCheckResult.Unhealthy("the store does not take work", reason)
            : HealthCheckResult.Healthy();
    }

    // Goes through the store as everything does, and changes nothing.
    private sealed class Probe() : MailboxWork("")
    {
        private readonly TaskCompletionSource<Exception?> result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task<Exception?> Result => result.Task;

        public override void Run(IMailboxTransaction store)
        {
        }

        public override void Committed() => result.TrySetResult(null);

        public override void Failed(Exception reason) => result.TrySetResult(reason);
    }
}
