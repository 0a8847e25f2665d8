namespace RxWormhole;

/// <summary>One direction of a link: one thing after the other, in the order in which they asked.</summary>
internal sealed class Lane
{
    private readonly Lock gate = new();
    private readonly Queue<Turn> waiting = new();
    private Turn? current;

    /// <summary>Whether somebody else's turn it is who watches the time himself.</summary>
    internal bool IsWatchedBut(Turn turn)
    {
        lock (gate)
            return current is { IsWatched: true } other && other != turn;
    }

    /// <summary>Asks for a turn.</summary>
    /// <param name="begin">Called when it has come, at once if nothing is before it.</param>
    internal Turn Enter(Action<Turn> begin)
    {
        var turn = new Turn(this, begin);
        lock (gate)
        {
            if (current is not null)
            {
                waiting.Enqueue(turn);
                return turn;
            }

            turn.Begun();
            current = turn;
        }

        begin(turn);
        return turn;
    }

    private void Next(Turn over)
    {
        Turn? next;
        lock (gate)
        {
            if (current != over)
                return;
            do
                waiting.TryDequeue(out next);
            while (next is { HasLeft: true });
            next?.Begun();
            current = next;
        }

        next?.Begin(next);
    }

    /// <summary>A place in the order.</summary>
    internal sealed class Turn(Lane lane, Action<Turn> begin)
    {
        private bool hasBegun;

        internal Action<Turn> Begin => begin;

        /// <summary>Whether whoever has the turn watches that something moves.</summary>
        internal bool IsWatched { get; set; } = true;

        internal bool HasLeft { get; private set; }

        internal void Begun() => hasBegun = true;

        /// <summary>Gives the place up if the turn has not come yet; it never comes then.</summary>
        internal bool TryLeave()
        {
            lock (lane.gate)
            {
                if (!hasBegun)
                    HasLeft = true;
                return HasLeft;
            }
        }

        /// <summary>Lets the next one begin.</summary>
        internal void Release() => lane.Next(this);
    }
}
