using System.Globalization;
using Npgsql;
using Plumbline.PostgreSql.Tests.Catalog;
using Plumbline.PostgreSql.Tests.Replay.Generated;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Restoring;

/// <summary>What makes a database.</summary>
/// <param name="Name">The name under which it is reported.</param>
/// <param name="Run">Makes it on a server of a version; what the server refuses is left out.</param>
internal sealed record SchemaScript(string Name, Action<TestDatabase, int> Run)
{
    /// <summary>What a copy needs that Plumbline does not write: servers of foreign data.</summary>
    public string Before { get; init; } = "";

    /// <summary>An object of every kind.</summary>
    public static SchemaScript Broad { get; } = new("an object of every kind", (database, version) => database.Run(BroadSchema.WholeScript(version)))
    {
        Before = "CREATE EXTENSION postgres_fdw; CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw",
    };

    /// <summary>An expression in every place where there may be one.</summary>
    /// <param name="seed">Where it comes from: the same seed, the same schema.</param>
    public static SchemaScript Expressions(int seed) => Of(string.Create(CultureInfo.InvariantCulture, $"expressions {seed}"), ExpressionSchema.Statements(seed));

    /// <summary>A history of changes.</summary>
    /// <param name="seed">Where it comes from: the same seed, the same history.</param>
    public static SchemaScript History(int seed) => Of(string.Create(CultureInfo.InvariantCulture, $"history {seed}"), new HistoryGenerator(seed).History());

    /// <summary>A folder of migrations, each sent as <c>psql</c> does.</summary>
    /// <param name="folder">The folder.</param>
    public static SchemaScript Migrations(string folder) => new(folder, (database, _) =>
    {
        foreach (var migration in Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "migration.sql")).Where(File.Exists))
        {
            database.Psql(["-f", migration]);
        }
    });

    /// <summary>Executes a statement; whether the server accepts it.</summary>
    public static bool TryExecute(NpgsqlConnection connection, string statement)
    {
        try
        {
            using var command = new NpgsqlCommand(statement, connection);
            command.ExecuteNonQuery();
            return true;
        }
        catch (PostgresException)
        {
            return false;
        }
    }

    private static SchemaScript Of(string name, IReadOnlyList<string> statements) => new(name, (database, _) =>
    {
        using var connection = database.Open();
        foreach (var statement in statements)
        {
            TryExecute(connection, statement);
        }
    });
}
