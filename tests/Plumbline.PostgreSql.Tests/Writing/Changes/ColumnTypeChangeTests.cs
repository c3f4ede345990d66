using Plumbline.PostgreSql.Writing.Changes;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Writing.Changes;

/// <summary>Columns that get another type: how their values are converted, and what is said of them.</summary>
public sealed class ColumnTypeChangeTests(PostgreSqlServer server)
{
    private const string InUtc = "Values are converted as UTC, as Prisma reads them; values that something else wrote in another time zone shift.";

    [Theory]
    [InlineData("timestamp with time zone(6)", "timestamp without time zone(3)", "(c AT TIME ZONE 'UTC')::timestamp(3) without time zone", ChangeSafety.Destructive, "Values are rounded to 3 digits of the second's fraction. " + InUtc)]
    [InlineData("timestamp with time zone(3)", "timestamp without time zone(3)", "(c AT TIME ZONE 'UTC')::timestamp(3) without time zone", ChangeSafety.Safe, InUtc)]
    [InlineData("timestamp without time zone(3)", "timestamp with time zone", "c AT TIME ZONE 'UTC'", ChangeSafety.Safe, InUtc)]
    [InlineData("timestamp with time zone", "date", "(c AT TIME ZONE 'UTC')::date", ChangeSafety.Destructive, "Values of type timestamp with time zone lose their time of day as date. " + InUtc)]
    [InlineData("date", "timestamp with time zone(3)", "(c::timestamp AT TIME ZONE 'UTC')::timestamp(3) with time zone", ChangeSafety.Safe, InUtc)]
    [InlineData("date", "timestamp without time zone(3)", "c::timestamp(3) without time zone", ChangeSafety.Safe, null)]
    [InlineData("timestamp without time zone(6)", "timestamp without time zone(3)", "c::timestamp(3) without time zone", ChangeSafety.Destructive, "Values are rounded to 3 digits of the second's fraction.")]
    [InlineData("bigint", "integer", "c::integer", ChangeSafety.NeedsBackfill, "Values outside the range of integer must be changed first.")]
    [InlineData("double precision", "integer", "c::integer", ChangeSafety.Destructive, "Values of type double precision may lose digits as integer.")]
    [InlineData("text", "uuid", "c::uuid", ChangeSafety.NeedsBackfill, "Values that can't be read as uuid must be changed first.")]
    [InlineData("text[]", "text", "(c)[1]::text", ChangeSafety.Destructive, "Only the first element of each value is kept.")]
    public void A_value_is_converted_and_what_it_loses_is_said(string from, string to, string value, ChangeSafety safety, string? note)
    {
        var statement = Assert.Single(ChangeWriterOf(from, to));
        Assert.Equal(($"ALTER TABLE public.t ALTER COLUMN c TYPE {statement.Sql.Split(" TYPE ")[1].Split(" USING ")[0]} USING {value}", safety, note), (statement.Sql, statement.Safety, statement.Note));
    }

    [Theory]
    [InlineData("timestamp with time zone(6)", "timestamp without time zone(3)", "2024-07-01 12:00:00.123+00")]
    [InlineData("timestamp without time zone(3)", "timestamp with time zone(6)", "2024-07-01 12:00:00.123")]
    [InlineData("timestamp with time zone(6)", "date", "2024-07-01 23:30:00+00")]
    [InlineData("date", "timestamp with time zone(6)", "2024-07-01")]
    [Trait("needs", "server")]
    public void An_instant_stays_where_it_was_in_whatever_time_zone_the_migration_runs(string from, string to, string value)
    {
        using var database = server.CreateDatabase();
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            CREATE TABLE t (c {Type(from)});
            SET TimeZone = 'UTC';
            INSERT INTO t VALUES ('{value}');
            SET TimeZone = 'Europe/Paris';
            {Assert.Single(ChangeWriterOf(from, to)).Sql};
            SET TimeZone = 'UTC';
            SELECT c::text = '{value}'::{Type(from)}::{Type(to)}::text FROM t;
            """;
        Assert.Equal(true, command.ExecuteScalar());
    }

    private static IEnumerable<PlannedStatement> ChangeWriterOf(string from, string to) =>
        ChangeWriter.Plan(SchemaComparer.Compare(Schema(from), Schema(to)));

    private static DatabaseSchema Schema(string type) => new()
    {
        Tables = [new Table { Name = new ObjectName("public", "t"), Columns = [new Column { Name = "c", Type = Parse(type) }] }],
    };

    private static ColumnType Parse(string type)
    {
        var isArray = type.EndsWith("[]", StringComparison.Ordinal);
        var name = isArray ? type[..^2] : type;
        return name.EndsWith(')') ? new ColumnType(name[..name.IndexOf('(', StringComparison.Ordinal)], null, name[(name.IndexOf('(', StringComparison.Ordinal) + 1)..^1], isArray) : new ColumnType(name, null, null, isArray);
    }

    private static string Type(string type) => Parse(type) is { Modifiers: { } digits } parsed ? parsed.Name.Replace("timestamp", $"timestamp({digits})", StringComparison.Ordinal) : type;
}
