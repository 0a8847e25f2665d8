using RxWormhole.Protocol;

namespace RxWormhole.Testing;

/// <summary>Decides which answers wait until the change they follow from is durable. The correct one has all of them wait.</summary>
internal class AnswerRule
{
    internal static AnswerRule Correct { get; } = new();

    /// <summary>Decides about one message that follows from what a connection had carried out in the store.</summary>
    /// <param name="connection">Who had it carried out.</param>
    /// <param name="delivery">The message, and to whom it goes.</param>
    internal virtual bool Waits(int connection, Delivery delivery) => true;
}
