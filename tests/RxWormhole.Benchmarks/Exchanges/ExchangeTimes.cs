namespace RxWormhole.Benchmarks.Exchanges;

/// <summary>How long an exchange took, in milliseconds.</summary>
/// <param name="Code">Until the sender told the code.</param>
/// <param name="All">Until both sides had ended.</param>
/// <param name="Cpu">The processor time of both, which the kernel tells in steps of ten.</param>
internal sealed record ExchangeTimes(double Code, double All, double Cpu);
