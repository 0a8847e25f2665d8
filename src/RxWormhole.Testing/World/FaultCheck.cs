namespace RxWormhole.Testing;

/// <summary>Which faults can happen at all.</summary>
internal static class FaultCheck
{
    /// <summary>Whether a kind happens to all, or to the server or the relay, and not to one process.</summary>
    internal static bool IsOfAll(WorldFaultKind kind) =>
        kind is WorldFaultKind.ServerRestart or WorldFaultKind.ServerCrash or WorldFaultKind.ServerLoss or WorldFaultKind.Partition or WorldFaultKind.RelayDown;

    /// <summary>What is wrong with a fault, or null.</summary>
    internal static string? ProblemOf(WorldFault fault, List<VirtualProcess> processes) =>
        !Enum.IsDefined(fault.Kind) ? "There is no such kind of fault."
        : fault.Victim is null ? "The victim must not be null; it is empty where the fault happens to all, or to the server or the relay."
        : IsOfAll(fault.Kind) && fault.Victim.Length > 0 ? "It happens to all, or to the server or the relay: the victim must be empty."
        : !IsOfAll(fault.Kind) && fault.Victim.Length == 0 ? "It happens to a process: the victim must be its name."
        : fault.Victim.Length > 0 && !processes.Exists(process => process.Name == fault.Victim) ? $"There is no process named '{fault.Victim}' yet: add the processes first."
        : fault.AfterFrame < 0 ? "Frames are counted from 0."
        : fault.Lasts < TimeSpan.Zero && fault.Kind != WorldFaultKind.ClockJump ? "It cannot last less than no time."
        : fault.Lasts > VirtualRun.LongestLimit || fault.Lasts < -VirtualRun.LongestLimit ? "It cannot last, or change a clock, by more than a hundred years."
        : fault.Amount < 0 ? "The amount must not be negative."
        : fault is { Amount: 0, Kind: WorldFaultKind.SlowLink or WorldFaultKind.TransitUphill } ? "It needs an amount: how many bytes a second pass."
        : null;
}
