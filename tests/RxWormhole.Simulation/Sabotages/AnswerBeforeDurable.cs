using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>A server that answers before it has stored.</summary>
internal sealed class AnswerBeforeDurable : AnswerRule
{
    internal override bool Waits(int connection, Delivery delivery) => false;
}
