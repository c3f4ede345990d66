using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql;

namespace Plumbline.Audit.History;

/// <summary>Tells SQL files for other databases from those for PostgreSQL: by the folders and tools that their paths name, else by their syntax.</summary>
internal static class SqlFileDialect
{
    private const string PostgreSql = "PostgreSQL";

    private static readonly ImmutableArray<DialectWord> Words =
    [
        new("postgres", PostgreSql), new("postgresql", PostgreSql), new("pgsql", PostgreSql),
        new("clickhouse", "ClickHouse"), new("tinybird", "ClickHouse"), new("mysql", "MySQL"), new("mariadb", "MariaDB"),
        new("sqlite", "SQLite"), new("d1", "SQLite"), new("turso", "SQLite"), new("libsql", "SQLite"),
        new("mssql", "SQL Server"), new("sqlserver", "SQL Server"), new("oracle", "Oracle"), new("snowflake", "Snowflake"),
        new("bigquery", "BigQuery"), new("redshift", "Redshift"), new("duckdb", "DuckDB"), new("spanner", "Spanner"),
    ];

    /// <summary>The database that a file is written for; null for PostgreSQL, and where nothing speaks against it.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="text">Its text.</param>
    public static string? Of(string path, string text) => OfPath(path) is { } named ? Other(named) : Other(OfSyntax(text));

    /// <summary>Whether the path itself names a database.</summary>
    public static bool IsNamed(string path) => OfPath(path) is not null;

    // The word nearest to the file speaks: mysql/postgresql/schema.sql is for PostgreSQL.
    private static string? OfPath(string path)
    {
        var parts = path.Split(['/', '.', '-', '_'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            foreach (var word in Words)
            {
                if (parts[i].Equals(word.Text, StringComparison.OrdinalIgnoreCase))
                    return word.Dialect;
            }
        }

        return null;
    }

    private static string OfSyntax(string text) => SqlDialectDetector.Detect(text) switch
    {
        SqlDialect.ClickHouse => "ClickHouse",
        SqlDialect.MySql => "MySQL",
        SqlDialect.Sqlite => "SQLite",
        SqlDialect.SqlServer => "SQL Server",
        _ => PostgreSql,
    };

    private static string? Other(string dialect) => dialect == PostgreSql ? null : dialect;

    private sealed record DialectWord(string Text, string Dialect);
}
