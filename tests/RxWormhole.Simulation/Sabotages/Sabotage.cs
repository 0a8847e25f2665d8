using RxWormhole.Protocol;

namespace RxWormhole.Simulation;

/// <summary>A part that is broken on purpose, to see that the simulation notices.</summary>
/// <param name="Name">What it is called by.</param>
/// <param name="What">What it does wrong.</param>
/// <param name="Into">Puts it in.</param>
internal sealed record Sabotage(string Name, string What, Func<Settings, Settings> Into)
{
    /// <summary>All there are.</summary>
    internal static IReadOnlyList<Sabotage> All { get; } =
    [
        OfSession("forget-resend", "what was lost with a link is not sent again", new ForgetResend()),
        OfSession("resend-early", "what is not echoed yet is sent again before the mailbox was seen", new ResendEarly()),
        OfSession("arrival-order", "messages are delivered as they arrive", new ArrivalOrder()),
        OfSession("drop-dedupe", "a doubled message is delivered twice", new DropDedupe()),
        OfSession("release-early", "the nameplate is given back before anybody came", new ReleaseEarly()),
        OfSession("forget-close", "the mailbox is taken for closed when it was not", new ForgetClose()),
        OfSession("claim-again", "the nameplate is claimed on every link", new ClaimAgain()),
        OfSession("lose-echoes", "what comes back from the server is not counted", new LoseEchoes()),
        OfSession("restore-without-outbox", "a restored session forgets what it had accepted for sending", new RestoreWithoutOutbox()),
        OfSession("restore-deaf", "a restored session forgets what it had handed over", new RestoreDeaf()),
        OfSession("restore-new-secret", "a restored session begins its key exchange anew", new RestoreNewSecret()),
        OfSession("effect-before-journal", "frames go out before the checkpoint is stored", new EffectBeforeJournal()),
        OfSession("accept-any-key", "what does not fit the key is taken all the same", new AcceptAnyKey()),
        OfSession("ignore-password", "the key does not depend on the code", new IgnorePassword()),
        OfSession("send-in-plain", "messages are not sealed", new SendInPlain()),
        OfSession("no-deadline", "the time limit never comes", new NoDeadline()),
        OfSession("leave-timer", "the timer of the limit outlives its session", new LeaveTimer()),
        OfServer("third-side-recorded", "the server writes down a third side before it refuses it", BrokenServer.RecordsThirdSide),
        OfServer("allocate-taken", "the server gives out a nameplate that is in use", BrokenServer.AllocatesTaken),
        OfServer("drop-messages", "the server leaves out the first message of one replay in forty", BrokenServer.DropsMessages),
        OfServer("deaf-subscriber", "the server does not tell a subscriber what the other side adds", BrokenServer.ForgetsAdded),
        new("ack-before-durable", "the server answers before it has stored", static settings => settings with { Server = static options => options with { Answers = new AnswerBeforeDurable() } }),
    ];

    internal static Sabotage? Find(string name) => All.FirstOrDefault(each => each.Name == name);

    private static Sabotage OfSession(string name, string what, SessionRules rules) => new(name, what, settings => settings with { Rules = rules });

    private static Sabotage OfServer(string name, string what, Func<IMailboxTransaction, Operation, OperationContext, OperationResult> run) =>
        new(name, what, settings => settings with { Server = options => options with { Run = run } });
}
