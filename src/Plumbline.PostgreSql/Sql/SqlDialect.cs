namespace Plumbline.PostgreSql.Sql;

/// <summary>A dialect of SQL.</summary>
public enum SqlDialect
{
    /// <summary>PostgreSQL, or nothing that speaks against it.</summary>
    PostgreSql,

    /// <summary>ClickHouse.</summary>
    ClickHouse,

    /// <summary>MySQL or MariaDB.</summary>
    MySql,

    /// <summary>SQLite.</summary>
    Sqlite,

    /// <summary>Microsoft SQL Server.</summary>
    SqlServer,
}
