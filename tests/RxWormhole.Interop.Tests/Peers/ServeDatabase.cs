using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RxWormhole.Interop.Tests;

/// <summary>A database for <see cref="ServeProcess"/>, in a folder of its own, and a look into it from outside.</summary>
internal sealed class ServeDatabase : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rxwormhole-serve-").FullName;

    internal string File => Path.Combine(folder, "mailboxes.db");

    /// <summary>How many rows a table has.</summary>
    internal int Count(string table) => Convert.ToInt32(Ask($"SELECT count(*) FROM {table}"), CultureInfo.InvariantCulture);

    /// <summary>What SQLite says about the file: <c>ok</c>.</summary>
    internal string Check() => (string)Ask("PRAGMA integrity_check");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private object Ask(string sql)
    {
        // Only reads: the recovery after a crash is left to the server.
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = File, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }
}
