using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using Plumbline.PostgreSql.Tests.Catalog;
using Plumbline.PostgreSql.Tests.Expressions;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Restoring;

/// <summary>
/// Pairs of conditions that differ in one word. PostgreSQL decides whether they mean the same: it prints each, reads that text and prints it again until the
/// text stays as it is.
/// </summary>
[Trait("needs", "server")]
public sealed class NearMissTests(PostgreSqlServer server, ITestOutputHelper output)
{
    private static readonly (string Pattern, string Replacement)[] Changes =
    [
        (@"\bAND\b", "OR"), (@"\bOR\b", "AND"), (@" = ", " <> "), (@" < ", " <= "), (@"'a'", "'b'"), (@"\b1\b", "2"), (@"\b(b)?trim\(", "ltrim("), (@"\blower\(", "upper("),
        ("from 1 for 2", "from 2 for 1"), ("::text", "::varchar(2)"), ("numeric\\(10,2\\)", "numeric(10,3)"), (@"::timestamp\b", "::timestamptz"), (@"::timestamp\(3\)", "::timestamp"), ("'UTC'", "'CET'"),
        ("'day'", "'month'"), (@"\bIN \(", "NOT IN ("), (@"\bANY\b", "ALL"), (@"\bleast\(", "greatest("), (@" \+ ", " - "), (" - ", " + "), ("IS NOT TRUE", "IS TRUE"), (@"NOT \(", "("), (@"\(([^()]*)\) AND ", "$1 AND "),
        (@"'x', 'y', 'z'", "'x', 'z', 'y'"), (@"\bname\b", "code"), (@"\bcode\b", "name"), ("'p', 'q'", "'p'"), (@"\bmd5\(", "("), (@"\bid\b", "(id)::bigint"), (@"\bat\b(?! )", "(at)::timestamptz"),
        (@"\bBETWEEN ([^ ()]+) AND 100", ">= $1"),
    ];

    // The server keeps these apart, though they mean the same.
    private static readonly (string Pattern, string Replacement)[] Rewordings =
    [
        (@"\btrim\(([^()]*)\)", "btrim($1)"), (@"substring\(([^()]*) from 1 for 2\)", "substring($1, 1, 2)"), (@"\(([^()]*) AT TIME ZONE 'UTC'\)", "timezone('UTC', $1)"), (@"now\(\)", "CURRENT_TIMESTAMP"),
        (@"\bcode IN", "(code)::text IN"), (@"id BETWEEN ([^ ()]+) AND 100", "(id >= $1 AND (id <= 100))"),
    ];

    [Fact]
    public async Task Conditions_are_equal_where_PostgreSQL_prints_them_alike()
    {
        using var database = server.CreateDatabase();
        database.Run(File.ReadAllText(ProjectRoot.Combine("tests", "Plumbline.PostgreSql.Tests", "Expressions", "Cases", "schema.sql")));
        using var connection = database.Open();
        var things = (await LiveCatalog.SchemaAsync(database)).Tables.Single(t => t.Name.Name == "things");
        var random = new Random(1);
        var (same, different, wrong) = (0, 0, new List<string>());
        while (same + different < 600)
        {
            var condition = ExpressionGenerator.Boolean(3).Sample(1, new Rnd((ulong)random.NextInt64(), (ulong)random.NextInt64() | 1), 10).Single();
            var rewords = random.Next(4) == 0;
            var changed = Changed(condition, rewords ? Rewordings : Changes, random);
            if (changed is null || Printed(connection, condition) is not { } from || Printed(connection, changed) is not { } to || Settled(connection, from) is not { } settledFrom || Settled(connection, to) is not { } settledTo)
            {
                continue;
            }

            var expected = rewords || settledFrom == settledTo;
            same += expected ? 1 : 0;
            different += expected ? 0 : 1;
            if (AreEqual(things, from, to) != expected || !AreEqual(things, from, settledFrom))
            {
                wrong.Add($"{(expected ? "same" : "different")}: {condition}\n  {from}\n  {changed}\n  {to}\n  {settledFrom}\n  {settledTo}");
            }
        }

        output.WriteLine($"{same} pairs mean the same, {different} do not, {wrong.Count} are judged wrong");
        output.WriteLine(string.Join("\n", wrong.Take(40)));
        Assert.Empty(wrong);
    }

    private static string? Changed(string condition, (string Pattern, string Replacement)[] changes, Random random)
    {
        var (pattern, replacement) = changes[random.Next(changes.Length)];
        var matches = Regex.Matches(condition, pattern);
        if (matches.Count == 0)
        {
            return null;
        }

        var match = matches[random.Next(matches.Count)];
        return condition[..match.Index] + match.Result(replacement) + condition[(match.Index + match.Length)..];
    }

    private static bool AreEqual(Table table, string from, string to)
    {
        var comparison = SchemaComparer.Compare(Schema(table, from), Schema(table, to));
        return comparison.Changes.IsEmpty && comparison.NotComparable.IsEmpty;
    }

    private static DatabaseSchema Schema(Table table, string condition) => DatabaseSchema.Empty with
    {
        Source = SourceKind.Database,
        Tables = [table with { Policies = [new Policy { Name = "p", Using = new SqlExpression(condition, true) }] }],
    };

    // What is read again may be printed otherwise once more.
    private static string? Settled(NpgsqlConnection connection, string condition)
    {
        for (var next = Printed(connection, condition); next != condition; next = Printed(connection, condition))
        {
            if (next is null)
            {
                return null;
            }

            condition = next;
        }

        return condition;
    }

    private static string? Printed(NpgsqlConnection connection, string condition)
    {
        using var transaction = connection.BeginTransaction();
        try
        {
            using var create = new NpgsqlCommand($"CREATE POLICY probe ON things USING ({condition})", connection) { AllResultTypesAreUnknown = true };
            create.ExecuteNonQuery();
            using var read = new NpgsqlCommand("SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polname = 'probe'", connection);
            return read.ExecuteScalar() as string;
        }
        catch (PostgresException)
        {
            return null;
        }
        finally
        {
            transaction.Rollback();
        }
    }
}
