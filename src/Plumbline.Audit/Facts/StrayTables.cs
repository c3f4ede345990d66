using System.Collections.Immutable;
using System.Text;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.PostgreSql.Writing;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;
using ChangeKind = Plumbline.Schema.Comparison.ChangeKind;

namespace Plumbline.Audit.Facts;

/// <summary>A table that the schema has, no migration makes, and a file that Prisma never runs would make.</summary>
/// <param name="Wanted">The table of the schema.</param>
/// <param name="Statement">Where the file creates it.</param>
/// <param name="TypeChanges">The columns whose types the file and the schema have otherwise; from the file to the schema.</param>
internal sealed record StrayTable(Table Wanted, SourceLocation Statement, ImmutableArray<SchemaChange> TypeChanges);

/// <summary>Finds the tables that only stray files of a migrations folder create.</summary>
internal static class StrayTables
{
    /// <summary>The tables of the schema that the migrations lack and a stray file creates, the first file of each.</summary>
    public static ImmutableArray<StrayTable> Find(ProjectFacts project)
    {
        var strays = project.Project.History?.StrayFiles ?? [];
        if (strays.IsEmpty || project.Drift is not { } drift || project.Final is not { } replay)
            return [];

        var wanted = drift.Changes.Where(c => c.Kind == ChangeKind.AddTable).Select(c => c.ToObject).OfType<Table>().ToDictionary(t => t.Name);
        var found = ImmutableArray.CreateBuilder<StrayTable>();
        foreach (var text in strays.Select(f => f.Text).OfType<SourceText>())
        {
            foreach (var statement in SqlParser.Read(text.Text))
            {
                if (statement.Statement is not CreateTableStatement create)
                    continue;

                if (wanted.Remove(new ObjectName(project.SchemaOf(create.Name.Schema), create.Name.Name), out var table))
                    found.Add(new StrayTable(table, text.LocationOf(statement.Span), TypeChanges(create, text, table, replay)));
            }
        }

        return found.ToImmutable();
    }

    // The statement may be refused for its foreign keys or defaults; what types its columns would have is learned from the columns alone.
    private static ImmutableArray<SchemaChange> TypeChanges(CreateTableStatement create, SourceText text, Table wanted, ReplayResult replay)
    {
        var definitions = create.Elements.OfType<ColumnDefinition>()
            .Where(c => c.Type is not null)
            .DistinctBy(c => c.Name.Name)
            .ToDictionary(c => c.Name.Name, StringComparer.Ordinal);
        if (definitions.Count == 0)
            return [];

        var sql = new StringBuilder("CREATE TABLE ").Append(SqlIdentifier.Quote(wanted.Name)).Append(" (");
        sql.AppendJoin(", ", definitions.Values.Select(c => $"{SqlIdentifier.Quote(c.Name.Name)} {text.Slice(c.Type!.Span)}\n")).Append(')');
        var end = MigrationReplay.Continue(replay, new MigrationSource("stray", new SourceText(text.Path, sql.ToString())));
        if (end.Schema.Tables.FirstOrDefault(t => t.Name == wanted.Name) is not { } made)
            return [];

        ImmutableArray<Column> columns = [.. made.Columns.Select(c => c with { Location = definitions.TryGetValue(c.Name, out var definition) ? text.LocationOf(definition.Span) : null, ChangedBy = [] })];
        var stray = new DatabaseSchema { Tables = [made with { Columns = columns }] };
        var schema = new DatabaseSchema { Source = SourceKind.Prisma, Tables = [wanted] };
        return [.. SchemaComparer.Compare(
            stray, schema, ComparisonOptions.Default with { DetectRenames = false }).Changes.Where(c => c.Kind == ChangeKind.AlterColumnType)];
    }
}
