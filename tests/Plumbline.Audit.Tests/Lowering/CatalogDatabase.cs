using Npgsql;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Lowering;

/// <summary>A database that is made anew for each schema.</summary>
internal sealed class CatalogDatabase : IDisposable
{
    private static readonly string CatalogLines = File.ReadAllText(ProjectRoot.Combine("eng", "catalog-lines.sql"));
    private readonly NpgsqlConnection _connection;

    public CatalogDatabase(PostgreSqlServer server)
    {
        Database = server.CreateDatabase();
        _connection = Database.Open();
    }

    public TestDatabase Database { get; }

    /// <summary>Makes the database with a script, and says what it then contains.</summary>
    public List<string> Make(string script)
    {
        Execute(
            """
            DO $$
            DECLARE name text;
            BEGIN
              SET LOCAL client_min_messages = error;
              FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP EXECUTE format('DROP SCHEMA %I CASCADE', name); END LOOP;
            END $$;
            CREATE SCHEMA public
            """);
        try
        {
            Execute(script);
        }
        catch (PostgresException e)
        {
            return [$"{e.SqlState} {e.MessageText} at {script[Math.Max(0, e.Position - 1)..Math.Min(script.Length, e.Position + 80)]}"];
        }

        return Query(CatalogLines);
    }

    /// <summary>Its defaults and index conditions, as PostgreSQL prints them.</summary>
    public List<string> Expressions() => Query(
        """
        SELECT format('%s.%s.%s %s', nspname, relname, attname, pg_get_expr(adbin, adrelid))
        FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum JOIN pg_class c ON c.oid = adrelid JOIN pg_namespace n ON n.oid = relnamespace
        UNION ALL
        SELECT format('%s.%s %s', nspname, relname, pg_get_expr(indpred, indrelid))
        FROM pg_index JOIN pg_class c ON c.oid = indexrelid JOIN pg_namespace n ON n.oid = relnamespace WHERE indpred IS NOT NULL
        """);

    public void Dispose()
    {
        _connection.Dispose();
        Database.Dispose();
    }

    /// <summary>The lines that only one of two databases has.</summary>
    public static IEnumerable<string> Differences(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var (left, right) = (expected.ToHashSet(), actual.ToHashSet());
        return left.Except(right).Select(line => $"- {line}").Concat(right.Except(left).Select(line => $"+ {line}"));
    }

    private void Execute(string script)
    {
        using var command = new NpgsqlCommand(script, _connection) { AllResultTypesAreUnknown = true };
        command.ExecuteNonQuery();
    }

    private List<string> Query(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
