using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares sequences. One behind a column comes and goes with the column, so it is reported only where the column stays.</summary>
internal static class SequenceComparer
{
    internal static void Compare(ComparisonBuilder builder, TablePairing tables)
    {
        var byName = Pairing<Sequence>.By([.. builder.From.Sequences], [.. builder.To.Sequences], s => NameCutting.Cut(s.Name));
        foreach (var (from, to) in byName.Pairs)
        {
            ComparePair(builder, from, to);
        }

        // A sequence of another name behind the same column: tables and columns are renamed, their sequences are not.
        static (ObjectName?, string?, bool) Owner(Sequence s, RenameMap? renames) =>
            s.OwnedByTable is not { } table || s.OwnedByColumn is null ? (s.Name, null, false)
            : renames is null ? (table, s.OwnedByColumn, s.IsIdentity) : (renames.Table(table), renames.Column(table, s.OwnedByColumn), s.IsIdentity);
        var byOwner = Pairing<Sequence>.By(byName.OnlyFrom, byName.OnlyTo, s => Owner(s, builder.Renames), s => Owner(s, null));
        foreach (var (from, to) in byOwner.Pairs)
        {
            ComparePair(builder, from, to);
        }

        if (byOwner is { OnlyFrom: [], OnlyTo: [] })
        {
            return;
        }

        var kept = Kept(tables);
        foreach (var from in byOwner.OnlyFrom.Where(s => IsTold(s, kept.From)))
        {
            builder.OneSided(
                SchemaFeature.Sequence,
                default(Parents).Change(ChangeKind.DropSequence, Subjects.Of(SubjectKind.Sequence, from), from, null, ObjectText.Of(from), null),
                from.Name.Schema);
        }

        foreach (var to in byOwner.OnlyTo.Where(s => IsTold(s, kept.To)))
        {
            builder.OneSided(
                SchemaFeature.Sequence,
                default(Parents).Change(ChangeKind.AddSequence, Subjects.Of(SubjectKind.Sequence, to), null, to, null, ObjectText.Of(to)),
                to.Name.Schema);
        }
    }

    private static bool IsTold(Sequence sequence, HashSet<(ObjectName, string)> kept) =>
        sequence is { OwnedByTable: { } table, OwnedByColumn: { } column } ? !sequence.IsIdentity && kept.Contains((table, column)) : true;

    private static (HashSet<(ObjectName, string)> From, HashSet<(ObjectName, string)> To) Kept(TablePairing tables)
    {
        var from = new HashSet<(ObjectName, string)>();
        var to = new HashSet<(ObjectName, string)>();
        foreach (var pair in tables.Pairs)
        {
            foreach (var (left, right) in pair.Columns.Pairs)
            {
                from.Add((pair.From.Name, left.Name));
                to.Add((pair.To.Name, right.Name));
            }
        }

        return (from, to);
    }

    private static void ComparePair(ComparisonBuilder builder, Sequence from, Sequence to)
    {
        var subject = Subjects.Of(SubjectKind.Sequence, to);
        var owner = from is { OwnedByTable: { } table, OwnedByColumn: { } column }
            ? (builder.Renames.Table(table), builder.Renames.Column(table, column))
            : (null, null);

        // A sequence behind a column is unlogged where its table is since PostgreSQL 15, and was not before: the table tells.
        var same = NameCutting.Cut(from.Name) == NameCutting.Cut(to.Name) &&
            TypeEquality.Canonical(new ColumnType(from.DataType)) == TypeEquality.Canonical(new ColumnType(to.DataType))
            && from.Start == to.Start && from.Increment == to.Increment && from.MinValue == to.MinValue && from.MaxValue == to.MaxValue &&
                from.Cache == to.Cache && from.Cycle == to.Cycle
            && (from.Persistence == to.Persistence || (from.OwnedByTable is not null && to.OwnedByTable is not null)) && owner == (to.OwnedByTable, to.OwnedByColumn);
        if (!same)
        {
            builder.Differs(SchemaFeature.Sequence, default(Parents).Change(
                ChangeKind.AlterSequence,
                subject,
                from,
                to,
                $"{ObjectText.Of(from.Name)} {ObjectText.Of(from)}",
                $"{ObjectText.Of(to.Name)} {ObjectText.Of(to)}"));
        }

        CommonComparer.CompareNamed(builder, subject, from, to);
    }
}
