using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RxWormhole.Server;

/// <summary>Statements of a connection, each prepared once. Parameters are <c>$0</c>, <c>$1</c> and so on.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    private readonly SortedDictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);

    /// <summary>Runs one that gives rows, which have to be disposed of before the same one runs again.</summary>
    internal SqliteDataReader Query(string sql, params ReadOnlySpan<object> values) => Prepare(sql, values).ExecuteReader();

    /// <summary>Runs one that gives none.</summary>
    internal int Execute(string sql, params ReadOnlySpan<object> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>Runs several that take nothing, once.</summary>
    internal void Script(string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // As below.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in commands.Values)
            command.Dispose();
        commands.Clear();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object> values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of ours; values are parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new SqliteParameter($"${i.ToString(CultureInfo.InvariantCulture)}", values[i]));
            command.Prepare();
            commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        return command;
    }
}
