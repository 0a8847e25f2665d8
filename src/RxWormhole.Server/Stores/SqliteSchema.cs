namespace RxWormhole.Server;

/// <summary>The tables of a server's database. Times are ticks in UTC; sides are JSON, which no statement looks into.</summary>
internal static class SqliteSchema
{
    internal const int Version = 1;

    /// <summary>What every connection to the database needs. With a write-ahead log and full synchronization, what is committed survives a crash of the machine.</summary>
    internal const string Pragmas = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = OFF;
        PRAGMA busy_timeout = 5000;
        PRAGMA journal_size_limit = 67108864;
        """;

    internal const string Tables = """
        CREATE TABLE server (one INTEGER PRIMARY KEY CHECK (one = 1), alive INTEGER);
        INSERT INTO server VALUES (1, NULL);
        CREATE TABLE nameplates (
            app TEXT NOT NULL,
            name TEXT NOT NULL,
            digits INTEGER NOT NULL, -- of a name that may be allocated, else 0
            mailbox TEXT NOT NULL,
            allocated INTEGER NOT NULL,
            sides TEXT NOT NULL,
            waiting TEXT, -- the side that waits on it, if nobody else ever claimed it
            PRIMARY KEY (app, name)) WITHOUT ROWID;
        CREATE INDEX nameplates_digits ON nameplates (app, digits);
        CREATE INDEX nameplates_waiting ON nameplates (app, waiting, name) WHERE waiting IS NOT NULL;
        CREATE TABLE mailboxes (
            key INTEGER PRIMARY KEY,
            app TEXT NOT NULL,
            id TEXT NOT NULL,
            nameplate TEXT,
            sides TEXT NOT NULL,
            touched INTEGER NOT NULL,
            keep INTEGER NOT NULL,
            until INTEGER NOT NULL,
            messages INTEGER NOT NULL,
            size INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            UNIQUE (app, id));
        CREATE INDEX mailboxes_expires ON mailboxes (expires, id);
        CREATE TABLE messages (
            mailbox INTEGER NOT NULL,
            number INTEGER NOT NULL,
            side TEXT NOT NULL,
            phase TEXT NOT NULL,
            body TEXT NOT NULL,
            id TEXT NOT NULL,
            server_rx REAL,
            PRIMARY KEY (mailbox, number)) WITHOUT ROWID;
        """;
}
