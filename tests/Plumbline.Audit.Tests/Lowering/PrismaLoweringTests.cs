using Npgsql;
using Plumbline.PostgreSql.Writing;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Lowering;
using Plumbline.Schema;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Lowering;

/// <summary>The lowering of Prisma schemas, held against Prisma's own engine and PostgreSQL.</summary>
public sealed class PrismaLoweringTests(PostgreSqlServer server)
{
    private const int Schemas = 320;

    [Fact]
    public void Every_feature_of_the_language_occurs_in_the_generated_schemas()
    {
        var missing = SchemaGenerator.Features.ToHashSet();
        for (var seed = 0; seed < Schemas; seed++)
        {
            var text = SchemaGenerator.Generate(seed);
            missing.RemoveWhere(text.Contains);
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void The_lowered_schema_makes_the_same_database_as_Prismas_engine()
    {
        using var theirs = new Catalog(server);
        using var ours = new Catalog(server);
        using var engine = new PrismaEngine(theirs.Database);
        var differences = new List<string>();
        for (var seed = 0; seed < Schemas; seed++)
        {
            var text = SchemaGenerator.Generate(seed);
            var expected = theirs.Make(engine.Sql(text));
            var schema = PrismaSchema.Read([new SourceText("schema.prisma", text)]);
            differences.AddRange(schema.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => $"{seed} {d}"));
            var lowered = SchemaLowering.Lower(schema);
            differences.AddRange(Differences(expected, ours.Make(SchemaWriter.Write(lowered))).Select(d => $"{seed} {d}"));
            differences.AddRange(Differences(theirs.Expressions(), CanonicalExpressions(lowered)).Where(d => d[0] == '+').Select(d => $"{seed} expression {d}"));
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences.Take(40)));
    }

    private static IEnumerable<string> Differences(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var (left, right) = (expected.ToHashSet(), actual.ToHashSet());
        return left.Except(right).Select(line => $"- {line}").Concat(right.Except(left).Select(line => $"+ {line}"));
    }

    // What the lowering says to be PostgreSQL's own form must be it.
    private static IEnumerable<string> CanonicalExpressions(DatabaseSchema schema)
    {
        foreach (var table in schema.Tables)
        {
            foreach (var column in table.Columns.Where(c => c.Default?.IsCanonical == true))
            {
                yield return $"{table.Name}.{column.Name} {column.Default!.Text}";
            }

            foreach (var index in table.Indexes.Where(i => i.Predicate?.IsCanonical == true))
            {
                yield return $"{table.Name.Schema}.{index.Name} {index.Predicate!.Text}";
            }
        }
    }

    /// <summary>A database that is made anew for each schema.</summary>
    private sealed class Catalog : IDisposable
    {
        private static readonly string CatalogLines = File.ReadAllText(ProjectRoot.Combine("eng", "catalog-lines.sql"));
        private readonly NpgsqlConnection _connection;

        public Catalog(PostgreSqlServer server)
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
}
