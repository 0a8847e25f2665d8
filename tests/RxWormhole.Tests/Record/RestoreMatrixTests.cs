using RxWormhole.Testing;

namespace RxWormhole.Tests.Record;

/// <summary>The plain session with the process of either side ended at every checkpoint and at every frame, and the latest checkpoint restored, in every combination of modes.</summary>
public sealed class RestoreMatrixTests : VirtualTimeFixture
{
    private static readonly (LinkMode, LinkMode)[] Modes =
        [(LinkMode.Push, LinkMode.Push), (LinkMode.Poll, LinkMode.Poll), (LinkMode.Push, LinkMode.Poll), (LinkMode.Poll, LinkMode.Push)];

    private static IEnumerable<TestCaseData> ModesAndVictims() =>
        from modes in Modes
        from victim in new[] { "alice", "bob" }
        select new TestCaseData(modes.Item1, modes.Item2, victim);

    [TestCaseSource(nameof(ModesAndVictims))]
    public void ProcessEndsAtAnyCheckpoint_TheNextOneFinishesTheSession(LinkMode alice, LinkMode bob, string victim)
    {
        var checkpoints = Run(alice, bob, _ => { }).Side(victim).CheckpointsWritten;
        Assert.That(checkpoints, Is.GreaterThan(15));
        for (var checkpoint = 1; checkpoint <= checkpoints; checkpoint++)
        {
            foreach (var death in new[] { Death.Stored, Death.FramesLost, Death.FramesArrive })
            {
                var at = checkpoint;
                var session = Run(alice, bob, session => session.Side(victim).DiesAt = number => number == at ? death : Death.None, $"{death} at checkpoint {at}");
                Assert.That(session.Side(victim).Lives, Is.EqualTo(session.Side(victim).HasEnded ? 1 : 2), $"{death} at checkpoint {at}");
            }
        }
    }

    [TestCaseSource(nameof(ModesAndVictims))]
    public void ProcessWithASlowJournalEndsAtAnyCheckpoint_TheNextOneFinishesTheSession(LinkMode alice, LinkMode bob, string victim)
    {
        static void SlowDown(MortalSession session) => session.Alice.JournalTakes = session.Bob.JournalTakes = TimeSpan.FromSeconds(0.03);

        var checkpoints = Run(alice, bob, SlowDown).Side(victim).CheckpointsWritten;
        for (var checkpoint = 1; checkpoint <= checkpoints; checkpoint++)
        {
            foreach (var death in new[] { Death.Stored, Death.FramesArrive })
            {
                var at = checkpoint;
                var session = Run(
                    alice,
                    bob,
                    session =>
                    {
                        SlowDown(session);
                        session.Side(victim).DiesAt = number => number == at ? death : Death.None;
                    },
                    $"{death} at checkpoint {at}");
                Assert.That(session.Side(victim).Lives, Is.EqualTo(session.Side(victim).HasEnded ? 1 : 2), $"{death} at checkpoint {at}");
            }
        }
    }

    [TestCaseSource(nameof(ModesAndVictims))]
    public void ProcessEndsAtAnyFrame_TheNextOneFinishesTheSession(LinkMode alice, LinkMode bob, string victim)
    {
        Run(alice, bob, _ => { });
        var frames = Rendezvous.Client(victim).Frames;
        Assert.That(frames, Is.GreaterThan(20));
        for (var frame = 1; frame <= frames; frame++)
        {
            var at = frame;
            var session = Run(
                alice,
                bob,
                session =>
                {
                    session.Side(victim).DiesAtFrame = at;
                    Rendezvous.Client(victim).Faults = new LinkFaults { CutAfter = [at] };
                },
                $"frame {at}");
            Assert.That(session.Side(victim).Lives, Is.EqualTo(session.Side(victim).HasEnded ? 1 : 2), $"frame {at}");
        }
    }

    [TestCaseSource(nameof(ModesAndVictims))]
    public void NextProcessEndsToo_TheLastOneFinishesTheSession(LinkMode alice, LinkMode bob, string victim)
    {
        var checkpoints = Run(alice, bob, _ => { }).Side(victim).CheckpointsWritten;
        for (var checkpoint = 1; checkpoint < checkpoints; checkpoint += 2)
        {
            foreach (var death in new[] { Death.Stored, Death.FramesLost, Death.FramesArrive })
            {
                int[] deaths = [checkpoint, checkpoint + 1 + checkpoint % 3, checkpoint + 5];
                var session = Run(
                    alice,
                    bob,
                    session => session.Side(victim).DiesAt = number => deaths.Contains(number) ? death : Death.None,
                    $"{death} at checkpoints {string.Join(", ", deaths)}",
                    untilClose: true);
                Assert.That(session.Side(victim).Lives, Is.GreaterThan(1));
            }
        }
    }

    // Where its frames are lost each time too, it need not get anywhere.
    [TestCaseSource(nameof(ModesAndVictims))]
    public void ProcessEndsAtEveryCheckpoint_EachOneGetsSomewhere(LinkMode alice, LinkMode bob, string victim)
    {
        foreach (var death in new[] { Death.Stored, Death.FramesArrive })
        {
            var session = Run(alice, bob, session => session.Side(victim).DiesAt = _ => death, $"{death} at every checkpoint", untilClose: true);
            Assert.That(session.Side(victim).Lives, Is.GreaterThan(10));
        }
    }

    [Test]
    public void BothProcessesEndAgainAndAgain_TheLastOnesFinishTheSession([Values] LinkMode alice, [Values] LinkMode bob, [Range(2, 6)] int every)
    {
        var session = Run(
            alice,
            bob,
            session =>
            {
                session.Alice.DiesAt = number => number % every == 0 && number / every <= 8 ? Death.FramesArrive : Death.None;
                session.Bob.DiesAt = number => number % (every + 1) == 0 && number / every <= 8 ? Death.Stored : Death.None;
            },
            $"every {every}",
            untilClose: true);
        Assert.That(session.Alice.Lives + session.Bob.Lives, Is.GreaterThan(6));
    }

    private MortalSession Run(LinkMode alice, LinkMode bob, Action<MortalSession> arrange, string what = "no fault", bool untilClose = false)
    {
        ClearContext();
        var session = new MortalSession(Clock, Rendezvous, alice, bob);
        arrange(session);
        try
        {
            session.Run().AssertEndedRight(untilClose);
        }
        catch (Exception)
        {
            TestContext.Out.WriteLine($"{what}\n{Rendezvous.Transcript}");
            throw;
        }

        return session;
    }
}
