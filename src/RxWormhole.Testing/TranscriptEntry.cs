namespace RxWormhole.Testing;

/// <summary>One line of a <see cref="Transcript"/>.</summary>
/// <param name="At">When it happened, counted from the making of the rendezvous.</param>
/// <param name="Client">The client's name; empty for the server alone.</param>
/// <param name="What">What happened.</param>
/// <param name="Frame">The frame that arrived, where it was one.</param>
public sealed record TranscriptEntry(TimeSpan At, string Client, string What, VirtualFrame? Frame);
