using Microsoft.Data.Sqlite;
using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>One application's nameplates and mailboxes in a database, inside a transaction that somebody else began. Used by one thread.</summary>
internal sealed class SqliteMailboxes : IMailboxTransaction, IDisposable
{
    private readonly SqliteStatements statements;

    internal SqliteMailboxes(SqliteConnection connection) => statements = new SqliteStatements(connection);

    /// <summary>The application all calls are about.</summary>
    internal string AppId { get; set; } = "";

    /// <summary>By how much the messages have become larger.</summary>
    internal long Grown { get; set; }

    /// <summary>How many mailboxes there are more.</summary>
    internal long Made { get; set; }

    public IReadOnlyCollection<string> Nameplates
    {
        get
        {
            var names = new List<string>();
            using var rows = statements.Query("SELECT name FROM nameplates WHERE app = $0 ORDER BY name", AppId);
            while (rows.Read())
                names.Add(rows.GetString(0));
            return names;
        }
    }

    public Nameplate? FindNameplate(string name) =>
        Nameplate(statements.Query("SELECT name, mailbox, allocated, sides FROM nameplates WHERE app = $0 AND name = $1", AppId, name));

    public int CountNameplates(int digits)
    {
        using var rows = statements.Query("SELECT count(*) FROM nameplates WHERE app = $0 AND digits = $1", AppId, digits);
        rows.Read();
        return rows.GetInt32(0);
    }

    public Nameplate? FindWaiting(string side) => Nameplate(statements.Query(
        "SELECT name, mailbox, allocated, sides FROM nameplates WHERE app = $0 AND waiting = $1 ORDER BY name LIMIT 1", AppId, side));

    public Mailbox? FindMailbox(string id)
    {
        using var rows = statements.Query("SELECT nameplate, sides, touched, keep, until, messages, size FROM mailboxes WHERE app = $0 AND id = $1", AppId, id);
        if (!rows.Read())
            return null;
        var nameplate = rows.IsDBNull(0) ? null : rows.GetString(0);
        return new Mailbox(id, nameplate, SidesJson.OfMailbox(rows.GetString(1)), Time(rows.GetInt64(2)), TimeSpan.FromTicks(rows.GetInt64(3)))
        {
            Until = Time(rows.GetInt64(4)),
            Messages = rows.GetInt32(5),
            Size = rows.GetInt64(6),
        };
    }

    public void Save(Meeting before, Meeting after)
    {
        if (before.Nameplate != after.Nameplate)
            Save(before.Nameplate, after.Nameplate);
        if (before.Mailbox != after.Mailbox)
            Save(before.Mailbox, after.Mailbox);
    }

    public IReadOnlyList<ServerMessage.Message> Read(string mailbox, int since = 0)
    {
        var messages = new List<ServerMessage.Message>();
        using var rows = statements.Query(
            """
            SELECT side, phase, body, messages.id, server_rx FROM messages JOIN mailboxes ON mailboxes.key = messages.mailbox
            WHERE mailboxes.app = $0 AND mailboxes.id = $1 AND number > $2 ORDER BY number
            """,
            AppId, mailbox, since);
        while (rows.Read())
            messages.Add(Message(rows));
        return messages;
    }

    public ServerMessage.Message? FindMessage(string mailbox, string side, string phase, string body)
    {
        using var rows = statements.Query(
            """
            SELECT side, phase, body, messages.id, server_rx FROM messages JOIN mailboxes ON mailboxes.key = messages.mailbox
            WHERE mailboxes.app = $0 AND mailboxes.id = $1 AND phase = $2 AND side = $3 AND body = $4 ORDER BY number LIMIT 1
            """,
            AppId, mailbox, phase, side, body);
        return rows.Read() ? Message(rows) : null;
    }

    public void Append(string mailbox, ServerMessage.Message message) => statements.Execute(
        """
        INSERT INTO messages SELECT key, 1 + coalesce((SELECT max(number) FROM messages WHERE mailbox = key), 0), $2, $3, $4, $5, $6
        FROM mailboxes WHERE app = $0 AND id = $1
        """,
        AppId, mailbox, message.Side, message.Phase, message.Body, message.Id, (object?)message.ServerRx ?? DBNull.Value);

    public void Dispose() => statements.Dispose();

    internal static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private void Save(Nameplate? before, Nameplate? after)
    {
        if (after is null)
        {
            statements.Execute("DELETE FROM nameplates WHERE app = $0 AND name = $1", AppId, before!.Name);
            return;
        }

        var digits = after.Name[0] == '0' ? 0 : after.Name.Length;
        statements.Execute(
            "INSERT OR REPLACE INTO nameplates VALUES ($0, $1, $2, $3, $4, $5, $6)",
            AppId, after.Name, digits, after.Mailbox, after.Allocated, SidesJson.Write(after.Sides), (object?)after.WaitingSide ?? DBNull.Value);
    }

    private void Save(Mailbox? before, Mailbox? after)
    {
        Grown += (after?.Size ?? 0) - (before?.Size ?? 0);
        Made += (after is null ? 0 : 1) - (before is null ? 0 : 1);
        if (after is null)
        {
            statements.Execute("DELETE FROM messages WHERE mailbox = (SELECT key FROM mailboxes WHERE app = $0 AND id = $1)", AppId, before!.Id);
            statements.Execute("DELETE FROM mailboxes WHERE app = $0 AND id = $1", AppId, before.Id);
            return;
        }

        statements.Execute(
            """
            INSERT INTO mailboxes (app, id, nameplate, sides, touched, keep, until, messages, size, expires) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (app, id) DO UPDATE SET nameplate = $2, sides = $3, touched = $4, keep = $5, until = $6, messages = $7, size = $8, expires = $9
            """,
            AppId, after.Id, (object?)after.Nameplate ?? DBNull.Value, SidesJson.Write(after.Sides),
            after.Touched.UtcTicks, after.Keep.Ticks, after.Until.UtcTicks, after.Messages, after.Size, after.Expires.UtcTicks);
    }

    private static ServerMessage.Message Message(SqliteDataReader rows) =>
        new(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.IsDBNull(4) ? null : rows.GetDouble(4));

    private static Nameplate? Nameplate(SqliteDataReader rows)
    {
        using (rows)
        {
            return rows.Read()
                ? new Nameplate(rows.GetString(0), rows.GetString(1), rows.GetBoolean(2), SidesJson.OfNameplate(rows.GetString(3)))
                : null;
        }
    }
}
