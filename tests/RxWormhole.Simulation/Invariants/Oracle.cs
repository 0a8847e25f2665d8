using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>What has to have come out of a world, whatever went wrong in it.</summary>
internal static class Oracle
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(6);

    internal static void Check(SimulatedWorld world)
    {
        foreach (var pair in world.Pairs)
        {
            foreach (var party in pair.Parties)
                CheckSessions(world, party);
            CheckKeys(world, pair);
            if (pair.Plan.FileLength is null)
                CheckMessages(world, pair);
            else
                CheckFile(world, pair);
            CheckErrors(world, pair);
            if (world.IsCalm)
                CheckCalm(world, pair);
        }

        Tidiness.Check(world);
    }

    private static void CheckSessions(SimulatedWorld world, Party party)
    {
        foreach (var probe in party.Probes)
        {
            probe.Check();
            // A clock that was set to another time changes what is left of the limit, and who is dead when it comes ends in the next life.
            if (probe is { Deadline: { } deadline, EndedAt: { } ended } && !WasStruck(world, WorldFaultKind.ClockJump, party) && ended - party.Began(probe) > deadline + Grace && ended - probe.Made > Grace)
                world.Violations.Add("deadline", $"{party.Name}'s session ended {ended - party.Began(probe)} after it began");
        }
    }

    // Whoever has a key has that of somebody with the same code, and nobody else has it.
    private static void CheckKeys(SimulatedWorld world, Pair pair)
    {
        var withKeys = pair.Parties.Where(party => party.Verifiers.Count > 0).ToArray();
        foreach (var party in withKeys)
        {
            if (party.Verifiers.Distinct().Count() > 1 || party.Keys.Select(Convert.ToHexString).Distinct().Count() > 1)
                world.Violations.Add("key", $"{party.Name} had two keys");
        }

        if (withKeys.Select(party => party.Verifiers[0]).Distinct().Count() > 1)
            world.Violations.Add("key", $"{string.Join(" and ", withKeys.Select(party => party.Name))} have different keys");
        if (withKeys.SelectMany(party => party.Keys).Select(Convert.ToHexString).Distinct().Count() > 1)
            world.Violations.Add("key", $"{string.Join(" and ", withKeys.Select(party => party.Name))} derived different keys");
        if (withKeys.Length > 2)
            world.Violations.Add("key", "three have the key");
        if (withKeys.Any(party => HasWrongCode(pair, party)))
            world.Violations.Add("key", "somebody with the wrong code has the key");
    }

    private static bool HasWrongCode(Pair pair, Party party) =>
        (pair.Plan.Meeting == MeetingKind.Intruder && party == pair.Parties[2]) || pair.Plan.Meeting == MeetingKind.WrongCode;

    private static void CheckMessages(SimulatedWorld world, Pair pair)
    {
        foreach (var talker in pair.Parties.Cast<Talker>())
        {
            // What the server was seen to have arrives, unless it was taken from the server, or the other one left before.
            if (talker.Peer is Talker peer && peer.Peer == talker && peer is { Failure: null, Plan.ClosesAfter: null } && !WasLost(world, pair) && talker.Confirmed.Count > peer.Received.Count)
                world.Violations.Add("lost", $"{peer.Name} received {peer.Received.Count} of the {talker.Confirmed.Count} messages that {talker.Name} knows to be at the server");
        }

        if (!MustSucceed(world, pair))
            return;
        foreach (var talker in pair.Parties.Cast<Talker>())
        {
            var other = (Talker)pair.Others(talker).Single();
            if (talker.Failure is { } failure && !HasLeftUnheard(other, talker))
                world.Violations.Add("success", $"{talker.Name} failed: {failure.GetType().Name}: {failure.Message}");
            else if (talker.Received.Count != other.Plan.Messages && !HasLeftUnheard(other, talker))
                world.Violations.Add("success", $"{talker.Name} received {talker.Received.Count} of {other.Plan.Messages} messages");
            else if (talker.Failure is null && talker.Closed is not { Mood: Mood.Happy } && !talker.HadEnded)
                world.Violations.Add("success", $"{talker.Name} closed {talker.Closed?.Mood}");
        }
    }

    private static void CheckFile(SimulatedWorld world, Pair pair)
    {
        var (sender, receiver) = ((FileParty)pair.Parties[0], (FileParty)pair.Parties[1]);
        if (receiver.File is { } file && !file.AsSpan().SequenceEqual(pair.Content))
            world.Violations.Add("file", $"what {receiver.Name} received is not what {sender.Name} sent");
        if ((sender.IsSent || receiver.IsSent) && receiver.File is null)
            world.Violations.Add("file", $"{receiver.Name} has nothing of what was sent");
        // A sender whose confirmation is lost with the connection cannot know that the file is there.
        if (MustSucceed(world, pair) && !receiver.IsSent)
            world.Violations.Add("success", $"the file did not arrive: {sender.Name}: {sender.Failure?.Message}; {receiver.Name}: {receiver.Failure?.Message}");
    }

    // Each error has its reason in the world.
    private static void CheckErrors(SimulatedWorld world, Pair pair)
    {
        foreach (var party in pair.Parties)
        {
            foreach (var failure in party.Failures)
            {
                var isExpected = failure switch
                {
                    WrongCodeException => pair.Plan.Meeting is MeetingKind.WrongCode or MeetingKind.Intruder || IsNameplateGivenOutAgain(pair),
                    WormholeTimeoutException => !MustSucceed(world, pair) || pair.Others(party).Any(other => HasLeftUnheard(other, party) || other is FileParty { IsSender: false, IsSent: true }),
                    WormholeUsageException => pair.Codes.Count == 0 && !MustSucceed(world, pair),
                    // A session that was there before is made again however long it takes.
                    ServerException { Fault: ServerFault.Unreachable } => !world.IsCalm && party is { Restores: 0, Plan.IsPolling: false },
                    // Whoever met the other one is one of the two.
                    ServerException { Fault: ServerFault.Crowded } => pair.Plan.HasThird && !party.Probes[^1].HasMet,
                    ServerException { Fault: ServerFault.Forgotten } => WasLost(world, pair),
                    // Nothing in these worlds changes a byte: what is broken, too much or not as it was offered is our own doing.
                    TransferException { Fault: TransferFault.Interrupted or TransferFault.Rejected or TransferFault.Exists } => !world.IsCalm,
                    TransitException { Fault: TransitFault.NoWay or TransitFault.NotConnected or TransitFault.Lost or TransitFault.Silent } => !world.IsCalm,
                    _ => false,
                };
                if (!isExpected)
                    world.Violations.Add("error", $"{party.Name} failed without a reason: {failure.GetType().Name}: {failure.Message}");
            }
        }
    }

    // Where nothing went wrong, nothing is excused.
    private static void CheckCalm(SimulatedWorld world, Pair pair)
    {
        foreach (var party in pair.Parties)
        {
            if (party.Sessions > 1 || party.Closed is not { Acknowledged: true })
                world.Violations.Add("calm", $"{party.Name} had {party.Sessions} sessions and closed {party.Closed}, with nothing in its way");
            if (pair.Plan.Meeting == MeetingKind.WrongCode && party.Plan.ClosesAfter is null && pair.Others(party).All(other => other.Plan.ClosesAfter is null) && party.Failure is not WrongCodeException)
                world.Violations.Add("calm", $"{party.Name} did not find out about the wrong code: {party.Failure?.Message}");
            var (polls, lasted) = (party.Process.Client.LinksMade, party.Probes[0].EndedAt - party.Probes[0].Made);
            if (party.Plan is { Link: LinkKind.Poll, IsPatient: false } && polls > 20 + 3 * lasted?.TotalSeconds)
                world.Violations.Add("calm", $"{party.Name} polled {polls} times in {lasted}");
            if (party.Plan.Link == LinkKind.Push && party.Process.Client.LinksMade > 1)
                world.Violations.Add("calm", $"{party.Name} made {party.Process.Client.LinksMade} links, with nothing in its way");
        }
    }

    // Nothing that went wrong excuses these: they have the same code, nobody leaves early, and the network is there again in time.
    private static bool MustSucceed(SimulatedWorld world, Pair pair) =>
        pair.Plan.Meeting is MeetingKind.AllocateThenSet or MeetingKind.AllocateAndSetLate or MeetingKind.HumanMade
        && pair.Parties.TrueForAll(party => party.Plan.ClosesAfter is null && !party.Failures.Exists(failure => failure is ServerException { Fault: ServerFault.Unreachable }))
        && !WasLost(world, pair)
        && !(pair.Plan.FileLength is not null && pair.Parties.Exists(party => party.Process.Lives > 1));

    // Whoever comes late with a code of an earlier attempt meets the next one.
    private static bool IsNameplateGivenOutAgain(Pair pair) =>
        pair.Codes.Select(code => code[..code.IndexOf('-', StringComparison.Ordinal)]).Distinct().Count() < pair.Codes.Count;

    // Closing does not wait for a server that cannot be reached, and says so: what was accepted and is not there yet is lost then.
    private static bool HasLeftUnheard(Party party, Party other) =>
        party is Talker { Closed.Acknowledged: false } talker && (talker.Confirmed.Count < talker.Plan.Messages || other.Verifiers.Count == 0);

    private static bool WasLost(SimulatedWorld world, Pair pair) =>
        pair.Plan.Server == 0 && world.World.Struck.Any(fault => fault.Kind == WorldFaultKind.ServerLoss);

    private static bool WasStruck(SimulatedWorld world, WorldFaultKind kind, Party party) =>
        world.World.Struck.Any(fault => fault.Kind == kind && fault.Victim == party.Name);
}
