namespace RxWormhole.Benchmarks.Aims;

/// <summary>At least 60 % of the sessions a second that the key exchange alone would allow.</summary>
internal static class SessionAim
{
    internal static bool Run()
    {
        var side = new Spake2Sides();
        var isReached = true;
        foreach (var mode in new[] { LinkMode.Push, LinkMode.Poll })
        {
            var (exchange, session, ratio) = Pairs.Measure(BothSides, () => TwoSides.Run(mode));
            Console.WriteLine(
                $"session, {mode,-4}                {1e6 / session,9:F0} /s   SPAKE2 alone {1e6 / exchange:F0} /s   ratio {ratio:F3}   aim: at least 0.60");
            isReached &= ratio >= 0.6;
        }

        return isReached;

        void BothSides()
        {
            side.ByLibrary().Dispose();
            side.ByLibrary().Dispose();
        }
    }
}
