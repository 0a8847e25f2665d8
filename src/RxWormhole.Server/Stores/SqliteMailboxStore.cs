using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace RxWormhole.Server;

/// <summary>Keeps everything in an SQLite database: what was committed survives a crash of the process and of the machine.</summary>
/// <remarks>
/// One thread writes. What comes while it waits for the disk goes into the next transaction together, so that many clients share one wait. A database
/// belongs to one server at a time.
/// </remarks>
public sealed class SqliteMailboxStore : IMailboxStore
{
    // So much at once that the disk is not waited for too often, and so little that nobody waits long for the others.
    private const int AtOnce = 256;

    // What passes between two beats while the server is there is not a pause.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(3);

    private readonly Channel<MailboxWork> queue = Channel.CreateUnbounded<MailboxWork>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly SqliteStatements statements;
    private readonly SqliteMailboxes mailboxes;
    private readonly Thread writer;
    private bool isFirstBeat = true;
    private bool isWorkAtFault;
    private long size;
    private long count;

    /// <summary>Opens a database, or makes one.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="IOException">It cannot be opened, or is not such a database; the message says why.</exception>
    public SqliteMailboxStore(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        try
        {
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 5 }.ToString());
        }
        catch (TypeInitializationException exception)
        {
            // A native program whose folder was not copied whole.
            throw new IOException($"The database '{file}' cannot be used: SQLite's library is missing beside the program.", exception);
        }

        try
        {
            connection.Open();
            statements = new SqliteStatements(connection);
            Prepare();
            size = Scalar("SELECT coalesce(sum(size), 0) FROM mailboxes");
            count = Scalar("SELECT count(*) FROM mailboxes");
        }
        catch (Exception exception) when (exception is SqliteException or InvalidDataException)
        {
            connection.Dispose();
            throw new IOException($"The database '{file}' cannot be used: {exception.Message}", exception);
        }

        mailboxes = new SqliteMailboxes(connection);
        writer = new Thread(Write) { IsBackground = true, Name = "RxWormhole.Server database" };
        writer.Start();
    }

    /// <inheritdoc/>
    public long Size => Volatile.Read(ref size);

    /// <inheritdoc/>
    public long Count => Volatile.Read(ref count);

    /// <inheritdoc/>
    public void Submit(MailboxWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!queue.Writer.TryWrite(work))
            work.Failed(new ObjectDisposedException(nameof(SqliteMailboxStore)));
    }

    /// <inheritdoc/>
    public IReadOnlyList<MailboxAddress> FindExpired(DateTimeOffset now, int limit)
    {
        lock (gate)
        {
            var expired = new List<MailboxAddress>();
            using var rows = statements.Query("SELECT app, id FROM mailboxes WHERE expires < $0 ORDER BY expires, id LIMIT $1", now.UtcTicks, limit);
            while (rows.Read())
                expired.Add(new MailboxAddress(rows.GetString(0), rows.GetString(1)));
            return expired;
        }
    }

    /// <inheritdoc/>
    public void Beat(DateTimeOffset now)
    {
        try
        {
            lock (gate)
                NoteAlive(now);
        }
        catch (SqliteException exception)
        {
            throw new IOException($"The database '{connection.DataSource}' cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>Finishes what was submitted and closes the database.</summary>
    public void Dispose()
    {
        if (!queue.Writer.TryComplete())
            return;
        writer.Join();
        lock (gate)
        {
            mailboxes.Dispose();
            statements.Dispose();
            connection.Dispose();
        }
    }

    private void NoteAlive(DateTimeOffset now)
    {
        var last = Scalar("SELECT coalesce(alive, 0) FROM server");
        var pause = now.UtcTicks - last;
        if (isFirstBeat && last > 0 && pause > Pause.Ticks)
            Postpone(pause, last);
        isFirstBeat = false;
        statements.Execute("UPDATE server SET alive = $0", now.UtcTicks);
    }

    // What was alive when the server was last seen is as old now as it was then.
    private void Postpone(long pause, long last) => statements.Execute(
        """
        UPDATE mailboxes SET touched = touched + $0, until = CASE WHEN until > $2 THEN until ELSE until + $0 END, expires = expires + $0
        WHERE expires >= $1
        """,
        pause, last, DateTimeOffset.MaxValue.UtcTicks - pause);

    private void Prepare()
    {
        statements.Script(SqliteSchema.Pragmas);
        var version = Scalar("PRAGMA user_version");
        if (version == SqliteSchema.Version)
            return;
        if (version != 0 || Scalar("SELECT count(*) FROM sqlite_schema") > 0)
            throw new InvalidDataException("it belongs to another program, or to another version of this one");
        statements.Script($"BEGIN; {SqliteSchema.Tables} PRAGMA user_version = {SqliteSchema.Version}; COMMIT;");
    }

    private long Scalar(string sql)
    {
        using var rows = statements.Query(sql);
        rows.Read();
        return rows.GetInt64(0);
    }

    private void Write()
    {
        var batch = new List<MailboxWork>();
        while (WaitForWork())
        {
            batch.Clear();
            while (batch.Count < AtOnce && queue.Reader.TryRead(out var work))
                batch.Add(work);
            if (TryCommit(batch) is not { } fault)
                continue;
            // Where one of them was too much for the database, each on its own, so that only that one fails; a disk that is full is so for all.
            var isOneAtFault = isWorkAtFault;
            foreach (var work in batch)
            {
                if ((isOneAtFault ? TryCommit([work]) : fault) is { } reason)
                    work.Failed(reason);
            }
        }
    }

    private bool WaitForWork() => queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();

    private Exception? TryCommit(List<MailboxWork> batch)
    {
        try
        {
            lock (gate)
                Commit(batch);
        }
#pragma warning disable CA1031 // Whatever one client's work runs into must not end the thread that works for all.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }

        foreach (var work in batch)
            work.Committed();
        return null;
    }

    private void Commit(List<MailboxWork> batch)
    {
        isWorkAtFault = false;
        statements.Execute("BEGIN IMMEDIATE");
        try
        {
            (mailboxes.Grown, mailboxes.Made) = (0, 0);
            isWorkAtFault = true;
            foreach (var work in batch)
            {
                mailboxes.AppId = work.AppId;
                work.Run(mailboxes);
            }

            isWorkAtFault = false;
            statements.Execute("COMMIT");
            Interlocked.Add(ref size, mailboxes.Grown);
            Interlocked.Add(ref count, mailboxes.Made);
        }
        catch
        {
            TryRollBack();
            throw;
        }
    }

    private void TryRollBack()
    {
        try
        {
            statements.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // Some faults, such as a full disk, have rolled back already.
        }
    }
}
