using System.Collections.Immutable;

namespace RxWormhole.Protocol;

/// <summary>A whole mailbox server in memory, without sockets or a clock: frames in, messages out. Not safe for use by several threads at once.</summary>
public sealed class MemoryMailboxServer
{
    /// <summary>How many random bytes <see cref="Receive"/> takes: for a mailbox id, and to choose a nameplate.</summary>
    public const int EntropyLength = 16;

    private readonly SortedDictionary<string, MemoryMailboxes> applications = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, ConnectionState> connections = [];
    private readonly SortedSet<int> repeating = [];
    private readonly KeepPolicy keep;
    private readonly Func<IMailboxTransaction, Operation, OperationContext, OperationResult> run;
    private int lastConnection;

    /// <summary>Starts an empty server.</summary>
    /// <param name="welcome">What every connection is told first; what permission it names is required.</param>
    /// <param name="keep">How long mailboxes are kept.</param>
    public MemoryMailboxServer(WelcomeInfo welcome, KeepPolicy keep)
        : this(welcome, keep, MailboxOperations.Run)
    {
    }

    /// <summary>Starts an empty server whose operations somebody looks at.</summary>
    /// <param name="welcome">What every connection is told first; what permission it names is required.</param>
    /// <param name="keep">How long mailboxes are kept.</param>
    /// <param name="run">Carries out operations: <see cref="MailboxOperations.Run"/>, and whatever has to happen before or behind it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="run"/> is null.</exception>
    public MemoryMailboxServer(WelcomeInfo welcome, KeepPolicy keep, Func<IMailboxTransaction, Operation, OperationContext, OperationResult> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        Welcome = welcome;
        this.keep = keep;
        this.run = run;
    }

    /// <summary>What connections are told first, from now on.</summary>
    public WelcomeInfo Welcome { get; set; }

    /// <summary>What the server holds, by application id.</summary>
    public IReadOnlyDictionary<string, MemoryMailboxes> Applications => applications;

    /// <summary>Takes a new connection.</summary>
    /// <returns>The connection's number, and its welcome.</returns>
    public (int Connection, ImmutableArray<Delivery> Deliveries) Connect()
    {
        var connection = ++lastConnection;
        connections.Add(connection, new ConnectionState { Permission = Welcome.Permission });
        return (connection, [new Delivery(connection, new ServerMessage.Welcome(Welcome))]);
    }

    /// <summary>Takes a new connection.</summary>
    /// <param name="mayRepeat">Whether its commands may be repetitions, as over HTTP: see <see cref="OperationContext.MayRepeat"/>.</param>
    /// <returns>The connection's number, and its welcome.</returns>
    public (int Connection, ImmutableArray<Delivery> Deliveries) Connect(bool mayRepeat)
    {
        var made = Connect();
        if (mayRepeat)
            repeating.Add(made.Connection);
        return made;
    }

    /// <summary>Takes a frame from a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="frame">The frame, untrusted.</param>
    /// <param name="now">The time.</param>
    /// <param name="entropy"><see cref="EntropyLength"/> random bytes.</param>
    /// <returns>What is sent, in order, and whether the server ends the connection after it.</returns>
    public (ImmutableArray<Delivery> Deliveries, bool HangUp) Receive(
        int connection, ReadOnlySpan<byte> frame, DateTimeOffset now, ReadOnlySpan<byte> entropy)
    {
        if (entropy.Length != EntropyLength)
            throw new ArgumentException($"A frame takes {EntropyLength} random bytes.", nameof(entropy));
        if (!connections.TryGetValue(connection, out var state))
            return ([], false);

        var command = MessageCodec.ReadCommand(frame);
        var step = state.On(command);
        var next = step.Next;
        var deliveries = ImmutableArray.CreateBuilder<Delivery>();
        foreach (var reply in step.Replies)
            deliveries.Add(new Delivery(connection, reply));
        if (step.Operation is { } operation)
        {
            var context = new OperationContext(next.Side!, now, keep, MailboxId.From(entropy[..8]), BitConverter.ToUInt64(entropy[8..]))
            {
                MayRepeat = repeating.Contains(connection),
            };
            var result = run(Application(next.AppId!), operation, context);
            next = next.Completed(operation, result.Refusal);
            Answer(deliveries, connection, next, command, result);
        }

        connections[connection] = next;
        return (deliveries.DrainToImmutable(), step.HangUp);
    }

    /// <summary>Forgets a connection that ended. Its claims and messages stay.</summary>
    public void Disconnect(int connection)
    {
        connections.Remove(connection);
        repeating.Remove(connection);
    }

    /// <summary>Deletes the mailboxes whose time is over; one that somebody is subscribed to is touched instead.</summary>
    public void Prune(DateTimeOffset now)
    {
        foreach (var (appId, mailboxes) in applications)
        {
            foreach (var mailbox in mailboxes.Mailboxes.ToArray())
                MailboxOperations.Prune(mailboxes, mailbox, Subscribers(appId, mailbox).Any(), now);
        }
    }

    /// <summary>Loses everything that is stored, as a server does that restarts without its database.</summary>
    public void Forget() => applications.Clear();

    /// <summary>Copies everything that is stored, by application id: what <see cref="Restore"/> goes back to.</summary>
    public IReadOnlyDictionary<string, MemoryMailboxes> Copy()
    {
        var copy = new SortedDictionary<string, MemoryMailboxes>(StringComparer.Ordinal);
        foreach (var (appId, mailboxes) in applications)
            copy.Add(appId, mailboxes.Copy());
        return copy;
    }

    /// <summary>Stores something else instead of what is stored, as a server does that crashed before its last changes were durable.</summary>
    /// <param name="stored">By application id. The server goes on with it, and does not copy it.</param>
    /// <exception cref="ArgumentNullException">The argument is null.</exception>
    public void Restore(IReadOnlyDictionary<string, MemoryMailboxes> stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        applications.Clear();
        foreach (var (appId, mailboxes) in stored)
            applications.Add(appId, mailboxes);
    }

    private void Answer(ImmutableArray<Delivery>.Builder deliveries, int connection, ConnectionState state, Command command, OperationResult result)
    {
        if (result.Refusal is not null)
        {
            deliveries.Add(new Delivery(connection, new ServerMessage.Error(result.Refusal, command.Original)));
        }
        else if (result.Added is not null)
        {
            foreach (var subscriber in Subscribers(state.AppId!, state.Subscription!))
                deliveries.Add(new Delivery(subscriber, result.Added));
        }
        else if (result.Replay is not null)
        {
            foreach (var message in result.Replay)
                deliveries.Add(new Delivery(connection, message));
        }
        else
        {
            deliveries.Add(new Delivery(connection, result.Reply!));
        }
    }

    private IEnumerable<int> Subscribers(string appId, string mailbox) =>
        connections.Where(each => each.Value.AppId == appId && each.Value.Subscription == mailbox).Select(each => each.Key);

    private MemoryMailboxes Application(string appId)
    {
        if (!applications.TryGetValue(appId, out var mailboxes))
            applications.Add(appId, mailboxes = new MemoryMailboxes());
        return mailboxes;
    }
}
