using System.Collections.Immutable;
using System.Text;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Writing;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Sources;

/// <summary>
/// Brings the defaults of a Prisma schema that are SQL (<c>dbgenerated("…")</c>) to the form in which PostgreSQL prints them: they are set on the columns of
/// the
/// replayed database, which itself stays as it is, and read back.
/// </summary>
internal static class CanonicalDefaults
{
    /// <summary>Whether a schema has a default in another form.</summary>
    public static bool AreMissing(DatabaseSchema schema) => schema.Tables.Any(table => table.Columns.Any(column => column.Default is { IsCanonical: false }));

    /// <summary>The schema with its defaults in PostgreSQL's form, as far as the replayed database has their columns and accepts them.</summary>
    public static DatabaseSchema Resolve(DatabaseSchema schema, ReplayResult replay)
    {
        var script = new StringBuilder();
        var columns = new List<(ObjectName Table, string Column)>();
        foreach (var table in schema.Tables)
        {
            foreach (var column in table.Columns)
            {
                // The text is a user's: what is no single expression could be any number of statements.
                if (column.Default is not { IsCanonical: false } value || !SqlParser.TryParseExpression(value.Text, out _, out _))
                    continue;

                script.Append("ALTER TABLE ").Append(SqlIdentifier.Quote(table.Name)).Append(" ALTER COLUMN ").Append(SqlIdentifier.Quote(column.Name))
                    .Append(" SET DEFAULT (").Append(value.Text).Append("\n);\n");
                columns.Add((table.Name, column.Name));
            }
        }

        if (columns.Count == 0)
            return schema;

        var end = MigrationReplay.Continue(replay, new MigrationSource("defaults", new SourceText("", script.ToString())));
        var resolved = new Dictionary<(ObjectName, string), SqlExpression>();
        var tables = end.Schema.Tables.ToDictionary(t => t.Name);
        for (var i = 0; i < columns.Count && columns.Count == end.Outcomes.Length; i++)
        {
            var (table, column) = columns[i];
            if (end.Outcomes[i].Kind == OutcomeKind.Done && tables.GetValueOrDefault(table)?.FindColumn(column)?.Default is { IsCanonical: true } value)
                resolved[(table, column)] = value;
        }

        return resolved.Count == 0 ? schema : schema with { Tables = [.. schema.Tables.Select(t => Resolve(t, resolved))] };
    }

    private static Table Resolve(Table table, Dictionary<(ObjectName, string), SqlExpression> resolved)
    {
        if (!table.Columns.Any(c => resolved.ContainsKey((table.Name, c.Name))))
            return table;

        ImmutableArray<Column> columns = [.. table.Columns.Select(c => resolved.TryGetValue((table.Name, c.Name), out var value) ? c with { Default = value with { Source = c.Default?.Text } } : c)];
        return table with { Columns = columns };
    }
}
