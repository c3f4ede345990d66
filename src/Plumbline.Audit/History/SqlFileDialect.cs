using System.Text.RegularExpressions;

namespace Plumbline.Audit;

/// <summary>Tells SQL files for other databases from those for PostgreSQL, by folder, tool and syntax.</summary>
internal static partial class SqlFileDialect
{
    private static readonly (string Word, string Name)[] Folders =
    [
        ("clickhouse", "ClickHouse"), ("mysql", "MySQL"), ("mariadb", "MariaDB"), ("sqlite", "SQLite"), ("d1", "SQLite"), ("turso", "SQLite"), ("libsql", "SQLite"), ("mssql", "SQL Server"),
        ("sqlserver", "SQL Server"), ("snowflake", "Snowflake"), ("bigquery", "BigQuery"), ("redshift", "Redshift"), ("oracle", "Oracle"), ("duckdb", "DuckDB"), ("spanner", "Spanner"), ("tinybird", "ClickHouse"),
    ];

    /// <summary>The database that a file is written for; null for PostgreSQL, and where nothing speaks against it.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="text">Its text.</param>
    public static string? Of(string path, string text)
    {
        foreach (var part in path.Split(['/', '.', '-', '_'], StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var (word, name) in Folders)
            {
                if (part.Equals(word, StringComparison.OrdinalIgnoreCase))
                    return name;
            }
        }

        var head = text.AsSpan(0, Math.Min(text.Length, 64 * 1024));
        return ClickHouse().IsMatch(head) ? "ClickHouse"
            : MySql().IsMatch(head) ? "MySQL"
            : Sqlite().IsMatch(head) ? "SQLite"
            : SqlServer().IsMatch(head) ? "SQL Server"
            : null;
    }

    [GeneratedRegex(@"\bENGINE\s*=\s*\w*(MergeTree|Distributed|Kafka|Null|Buffer)\b|\bON\s+CLUSTER\b|\bLowCardinality\s*\(|\bNullable\s*\(|\bDateTime64\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ClickHouse();

    [GeneratedRegex(@"\bENGINE\s*=\s*InnoDB\b|\bAUTO_INCREMENT\b|^\s*(CREATE|ALTER|DROP|INSERT\s+INTO|USE)\s[^;\n]*`", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex MySql();

    [GeneratedRegex(@"\bAUTOINCREMENT\b|^\s*PRAGMA\s|\bWITHOUT\s+ROWID\b", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Sqlite();

    [GeneratedRegex(@"^\s*GO\s*$|\bNVARCHAR\s*\(|\bIDENTITY\s*\(\s*\d+\s*,|\[dbo\]", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex SqlServer();
}
