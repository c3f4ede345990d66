using Npgsql;
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
    [InlineData("date", "timestamp without time zone(3)", null, ChangeSafety.Safe, null)]
    [InlineData("timestamp without time zone(6)", "timestamp without time zone(3)", null, ChangeSafety.Destructive, "Values are rounded to 3 digits of the second's fraction.")]
    [InlineData("bigint", "integer", null, ChangeSafety.NeedsBackfill, "Values outside the range of integer must be changed first.")]
    [InlineData("double precision", "integer", null, ChangeSafety.Destructive, "Values of type double precision may lose digits as integer.")]
    [InlineData("text", "uuid", "c::uuid", ChangeSafety.NeedsBackfill, "Values that can't be read as uuid must be changed first.")]
    [InlineData("text", "character varying(20)", null, ChangeSafety.NeedsBackfill, "Values that can't be read as character varying(20) must be changed first.")]
    [InlineData("character varying(100)", "character varying(20)", null, ChangeSafety.NeedsBackfill, "Values that can't be read as character varying(20) must be changed first.")]
    [InlineData("integer", "character varying(3)", null, ChangeSafety.NeedsBackfill, "Values that can't be read as character varying(3) must be changed first.")]
    [InlineData("uuid", "character(8)", null, ChangeSafety.NeedsBackfill, "Values that can't be read as character(8) must be changed first.")]
    [InlineData("text[]", "character varying(3)[]", null, ChangeSafety.NeedsBackfill, "Values that can't be read as character varying(3) must be changed first.")]
    [InlineData("text", "character varying(3)[]", "ARRAY[c]", ChangeSafety.NeedsBackfill, "Values that can't be read as character varying(3) must be changed first.")]
    [InlineData("numeric(10,2)", "numeric(5,2)", null, ChangeSafety.Destructive, "Values of type numeric(10,2) may lose digits as numeric(5,2).")]
    [InlineData("bit varying", "bit(3)", null, ChangeSafety.NeedsBackfill, "Values that can't be read as bit(3) must be changed first.")]
    [InlineData("text", "bit(3)", "c::text::bit varying", ChangeSafety.NeedsBackfill, "Values that can't be read as bit(3) must be changed first.")]
    [InlineData("text[]", "bit(3)[]", "c::text[]::bit varying[]", ChangeSafety.NeedsBackfill, "Values that can't be read as bit(3) must be changed first.")]
    [InlineData("text", "name", null, ChangeSafety.Destructive, "Values of more than 63 bytes are cut.")]
    [InlineData("boolean", "integer", "c::integer", ChangeSafety.NeedsBackfill, "Values that can't be read as integer must be changed first.")]
    [InlineData("text[]", "text", "(c)[1]", ChangeSafety.Destructive, "Only the first element of each value is kept.")]
    public void A_value_is_converted_and_what_it_loses_is_said(string from, string to, string? value, ChangeSafety safety, string? note)
    {
        var statement = Assert.Single(ChangeWriterOf(from, to));
        Assert.Equal(($"ALTER TABLE public.t ALTER COLUMN c TYPE {statement.Sql.Split(" TYPE ")[1].Split(" USING ")[0]}{(value is null ? "" : $" USING {value}")}", safety, note), (statement.Sql, statement.Safety, statement.Note));
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

    [Theory]
    [InlineData("text", "character varying(3)", "abcd", "22001")]
    [InlineData("character varying(9)", "character(3)", "abcd", "22001")]
    [InlineData("integer", "character varying(3)", "1234", "22001")]
    [InlineData("bigint", "character(3)", "1234", "22001")]
    [InlineData("jsonb", "character varying(3)", "{\"a\": 1}", "22001")]
    [InlineData("text[]", "character varying(3)[]", "{a,abcd}", "22001")]
    [InlineData("text", "character varying(3)[]", "abcd", "22001")]
    [InlineData("text[]", "character varying(3)", "{abcd}", "22001")]
    [InlineData("bit varying", "bit(3)", "1010", "22026")]
    [InlineData("bit(4)", "bit(3)", "1010", "22026")]
    [InlineData("text", "bit(3)", "1010", "22026")]
    [InlineData("text", "bit varying(3)", "1010", "22001")]
    [InlineData("text[]", "bit(3)[]", "{1010}", "22026")]
    [InlineData("numeric(10,2)", "numeric(5,2)", "12345.67", "22003")]
    [InlineData("bigint", "smallint", "123456", "22003")]
    [Trait("needs", "server")]
    public void A_value_that_is_too_long_is_refused_and_never_cut(string from, string to, string value, string sqlState)
    {
        using var database = server.CreateDatabase();
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"CREATE TABLE t (c {from}); INSERT INTO t VALUES ('{value}');";
        command.ExecuteNonQuery();
        command.CommandText = Assert.Single(ChangeWriterOf(from, to)).Sql;
        Assert.Equal(sqlState, Assert.Throws<PostgresException>(() => command.ExecuteNonQuery()).SqlState);
        command.CommandText = $"DELETE FROM t; {command.CommandText}";
        command.ExecuteNonQuery();
    }

    [Fact]
    [Trait("needs", "server")]
    public void A_cast_is_written_only_where_PostgreSQL_has_none_for_assignments()
    {
        string[] types =
        [
            "smallint", "integer", "bigint", "numeric", "real", "double precision", "money", "boolean", "text", "character varying(5)", "character(5)", "bytea", "date", "time without time zone", "interval", "uuid", "json",
            "jsonb", "inet", "cidr", "macaddr", "xml", "bit(3)", "bit varying", "oid", "name", "point", "tsvector", "int4range", "text[]", "integer[]",
        ];
        using var database = server.CreateDatabase();
        using var connection = database.Open();
        foreach (var (from, to) in types.SelectMany(_ => types, (one, other) => (one, other)).Where(pair => pair.one != pair.other && pair.one.EndsWith(']') == pair.other.EndsWith(']')))
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"DROP TABLE IF EXISTS t; CREATE TABLE t (c {from})";
            command.ExecuteNonQuery();
            command.CommandText = $"ALTER TABLE t ALTER COLUMN c TYPE {to}";
            var isAssigned = true;
            try
            {
                command.ExecuteNonQuery();
            }
            catch (PostgresException e) when (e.SqlState == "42804")
            {
                isAssigned = false;
            }

            var sql = Assert.Single(ChangeWriterOf(from, to)).Sql;
            Assert.True(isAssigned != sql.Contains(" USING ", StringComparison.Ordinal), $"{from} to {to}: {sql}");
        }
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
