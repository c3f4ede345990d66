using System.Globalization;
using System.Text;
using Npgsql;
using Plumbline.PostgreSql.Writing;
using Plumbline.Schema.Model;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Writing.Generated;

/// <summary>Rows for the tables of any schema, with values that the schema which comes after takes too, where that can be said of a value alone.</summary>
internal static class SampleRows
{
    /// <summary>Inserts three rows into each table that takes them; referenced tables come first in the second round at the latest.</summary>
    public static void Insert(TestDatabase database, DatabaseSchema from, DatabaseSchema to)
    {
        var script = new StringBuilder("SET session_replication_role = replica;\n");
        foreach (var table in from.Tables.Where(t => t.PartitionOf is null && t.Kind != TableKind.Foreign))
        {
            for (var row = 1; row <= 3; row++)
            {
                var columns = table.Columns.Where(c => c.Generated is null && c.Identity != IdentityKind.Always).ToList();
                script.Append(CultureInfo.InvariantCulture, $"INSERT INTO {SqlIdentifier.Quote(table.Name)} ({SqlIdentifier.List(columns.Select(c => c.Name))}) VALUES (");
                script.AppendJoin(", ", columns.Select(c => Value(from, to, c, row))).Append(");\n");
            }
        }

        // Foreign keys were not checked, and a referenced row can have been refused: no database holds a row that refers to nothing. Twice, because rows refer in turn.
        for (var round = 0; round < 2; round++)
        {
            foreach (var (table, key) in from.Tables.SelectMany(table => table.ForeignKeys.Select(key => (table, key))))
            {
                var pairs = key.Columns.Zip(key.ReferencedColumns, (own, other) => $"o.{SqlIdentifier.Quote(other)} = t.{SqlIdentifier.Quote(own)}");
                script.Append(CultureInfo.InvariantCulture, $"DELETE FROM {SqlIdentifier.Quote(table.Name)} t WHERE NOT ({string.Join(" OR ", key.Columns.Select(c => $"t.{SqlIdentifier.Quote(c)} IS NULL"))}) AND NOT EXISTS ")
                    .Append(CultureInfo.InvariantCulture, $"(SELECT FROM {SqlIdentifier.Quote(key.ReferencedTable)} o WHERE {string.Join(" AND ", pairs)});\n");
            }
        }

        database.Psql(["-f", "-"], script.ToString());
    }

    /// <summary>The number of rows of a table, without those of its children, and what some of its columns hold, as one text.</summary>
    public static string Digest(NpgsqlConnection connection, Table table, IEnumerable<string> columns)
    {
        var values = columns.Select(SqlIdentifier.Quote).Select(c => $", md5(string_agg({c}::text, ',' ORDER BY {c}::text))");
        var only = table.Kind == TableKind.Partitioned ? "" : "ONLY ";
        using var command = new NpgsqlCommand($"SELECT concat_ws(' ', count(*){string.Concat(values)}) FROM {only}{SqlIdentifier.Quote(table.Name)}", connection);
        return (string)command.ExecuteScalar()!;
    }

    private static string Value(DatabaseSchema from, DatabaseSchema to, Column column, int row)
    {
        // Keys refer to rows that are there.
        var number = row.ToString(CultureInfo.InvariantCulture);
        return column.Type switch
        {
            { IsArray: true } type => $"ARRAY[{Value(from, to, column with { Type = type with { IsArray = false } }, row)}]",
            { Schema: null, Name: "text" or "character varying" } => $"'{(column.Name is "what" && row < 3 ? (row == 1 ? "w" : "v") : "a" + number)}'",
            { Schema: null, Name: "integer" or "bigint" or "numeric" or "smallint" } => number,
            { Schema: null, Name: "date" or "timestamp without time zone" or "timestamp with time zone" } => $"'202{(row + 3).ToString(CultureInfo.InvariantCulture)}-03-0{number}'",
            { Schema: null, Name: "boolean" } => "true",
            { Schema: null, Name: "jsonb" } => "'{}'",
            { Schema: null, Name: "tsrange" } => $"'[202{number}-01-01,202{number}-02-01)'",
            { Schema: null, Name: "int4range" } => $"'[{number},{number}]'",
            { Schema: null } => "NULL",
            var type => Named(from, to, type.QualifiedName, row),
        };
    }

    private static string Named(DatabaseSchema from, DatabaseSchema to, ObjectName type, int row)
    {
        if (from.Enums.FirstOrDefault(e => e.Name == type) is { } known)
        {
            var values = known.Values.Select(v => v.Name).ToList();
            var both = to.Enums.FirstOrDefault(e => e.Name == type) is { } other ? values.Where(v => other.Values.Any(o => o.Name == v)).ToList() : values;
            return $"{SqlLiteral.Quote((both.Count > 0 ? both : values)[row % Math.Max(1, both.Count)])}::{SqlIdentifier.Quote(type)}";
        }

        if (from.Domains.FirstOrDefault(d => d.Name == type) is { } domain)
        {
            return Value(from, to, new Column { Name = "", Type = domain.BaseType }, row);
        }

        if (from.CompositeTypes.FirstOrDefault(c => c.Name == type) is { } composite)
        {
            return $"ROW({string.Join(", ", composite.Attributes.Select(a => Value(from, to, a, row)))})::{SqlIdentifier.Quote(type)}";
        }

        if (from.RangeTypes.FirstOrDefault(r => r.Name == type) is { } range)
        {
            var bound = Value(from, to, new Column { Name = "", Type = range.Subtype }, row);
            return $"{SqlIdentifier.Quote(type)}({bound}, {bound}, '[]')";
        }

        return "NULL";
    }
}
