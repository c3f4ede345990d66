using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Comparison.Objects;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Renames;

/// <summary>The tables of both sides, brought together, with the columns of each pair.</summary>
internal sealed record TablePairing(List<TablePair> Pairs, List<Table> OnlyFrom, List<Table> OnlyTo)
{
    private const string PrismaMigrations = "_prisma_migrations";

    /// <summary>Pairs tables and their columns, by name and then by likeness; what is found to be renamed is reported and recorded.</summary>
    internal static TablePairing Pair(ComparisonBuilder builder)
    {
        var names = Pairing<Table>.By(TablesOf(builder.From), TablesOf(builder.To), t => NameCutting.Cut(t.Name));
        var pairs = names.Pairs.Select(p => (p.From, p.To)).ToList();
        var (onlyFrom, onlyTo) = (names.OnlyFrom, names.OnlyTo);
        if (builder.Options.DetectRenames)
        {
            var candidatesFrom = onlyFrom.Where(t => IsVisible(t, builder.To)).ToList();
            var candidatesTo = onlyTo.Where(t => IsVisible(t, builder.From)).ToList();
            foreach (var (from, to, confidence) in TableRenames.Find(candidatesFrom, candidatesTo))
            {
                pairs.Add((from, to));
                onlyFrom.Remove(from);
                onlyTo.Remove(to);
                builder.Renames.AddTable(from.Name, to.Name);
                builder.Add(default(Parents).Change(
                    ChangeKind.RenameTable, Subjects.Of(to, from), from, to, ObjectText.Of(from.Name), ObjectText.Of(to.Name), confidence));
            }
        }

        return new TablePairing([.. pairs.Select(p => PairColumns(builder, p.From, p.To))], onlyFrom, onlyTo);
    }

    private static TablePair PairColumns(ComparisonBuilder builder, Table from, Table to)
    {
        var columns = Pairing<Column>.By(from.Columns, to.Columns, c => NameCutting.Cut(c.Name));
        var pair = new TablePair(from, to, columns, builder.Renames.Table(from.Name) != from.Name);
        if (!builder.Options.DetectRenames)
        {
            return pair;
        }

        var parents = pair.Parents;
        var renames = ColumnRenames.Find(from, to, columns.OnlyFrom, columns.OnlyTo, builder.Renames);
        foreach (var (left, right, confidence) in renames)
        {
            columns.Pairs.Add((left, right));
            columns.OnlyFrom.Remove(left);
            columns.OnlyTo.Remove(right);
            builder.Renames.AddColumn(from.Name, left.Name, right.Name);
            var subject = Subjects.Member(SubjectKind.Column, right.Name, parents, right.FieldName ?? left.FieldName);
            builder.Add(parents.Change(ChangeKind.RenameColumn, subject, left, right, left.Name, right.Name, confidence));
        }

        return pair with { IsRenamed = pair.IsRenamed || renames.Count > 0 };
    }

    private static bool IsVisible(Table table, DatabaseSchema other) => other.VisibleNamespaces is not { } visible || visible.Contains(table.Name.Schema);

    private static List<Table> TablesOf(DatabaseSchema schema) => [.. schema.Tables.Where(t => t.Name.Name != PrismaMigrations)];
}

/// <summary>One table on both sides.</summary>
/// <param name="From">In FROM.</param>
/// <param name="To">In TO.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="IsRenamed">Whether the table or one of its columns has another name.</param>
internal sealed record TablePair(Table From, Table To, Pairing<Column> Columns, bool IsRenamed)
{
    internal Parents Parents => new(From, To);
}
