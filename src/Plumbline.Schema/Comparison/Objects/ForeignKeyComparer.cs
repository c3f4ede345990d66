using System.Collections.Immutable;
using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares foreign keys.</summary>
internal static class ForeignKeyComparer
{
    internal static void Compare(ComparisonBuilder builder, TablePair pair)
    {
        if (pair.From.ForeignKeys.Length == 0 && pair.To.ForeignKeys.Length == 0)
        {
            return;
        }

        var parents = pair.Parents;
        var byName = Pairing<ForeignKey>.By(pair.From.ForeignKeys, pair.To.ForeignKeys, k => NameCutting.Cut(k.Name));
        foreach (var (from, to) in byName.Pairs)
        {
            ComparePair(builder, pair, from, to);
        }

        // The same columns to the same table under another name: a rename, and where the actions differ an alteration too.
        var byColumns = Pairing<ForeignKey>.By(
            byName.OnlyFrom,
            byName.OnlyTo,
            k => Key(Columns(builder, pair, k), builder.Renames.Table(k.ReferencedTable)),
            k => Key(k.Columns, k.ReferencedTable));
        foreach (var (from, to) in byColumns.Pairs)
        {
            builder.Add(parents.Change(ChangeKind.RenameConstraint, SubjectOf(to, parents), from, to, from.Name, to.Name, 1));
            ComparePair(builder, pair, from, to);
        }

        foreach (var from in byColumns.OnlyFrom)
        {
            builder.OneSided(
                SchemaFeature.ForeignKey, parents.Change(ChangeKind.DropForeignKey, SubjectOf(from, parents), from, null, ObjectText.Of(from), null), null);
        }

        foreach (var to in byColumns.OnlyTo)
        {
            builder.OneSided(
                SchemaFeature.ForeignKey, parents.Change(ChangeKind.AddForeignKey, SubjectOf(to, parents), null, to, null, ObjectText.Of(to)), null);
        }
    }

    private static void ComparePair(ComparisonBuilder builder, TablePair pair, ForeignKey from, ForeignKey to)
    {
        var parents = pair.Parents;
        var subject = SubjectOf(to, parents, from.FieldName);
        var same = Columns(builder, pair, from).SequenceEqual(to.Columns) && builder.Renames.Table(from.ReferencedTable) == to.ReferencedTable
            && from.ReferencedColumns.Select(c => builder.Renames.Column(from.ReferencedTable, c)).SequenceEqual(to.ReferencedColumns)
            && from.OnDelete == to.OnDelete && from.OnUpdate == to.OnUpdate;
        if (!same)
        {
            builder.Add(Change());
        }
        else if (from.MatchFull != to.MatchFull || from.HasPeriod != to.HasPeriod ||
            !from.OnDeleteColumns.Select(c => builder.Renames.Column(pair.From.Name, c)).SequenceEqual(to.OnDeleteColumns))
        {
            builder.Differs(SchemaFeature.ForeignKeyDetail, Change());
        }

        ConstraintStates.Compare(builder, parents, subject, from, to);
        CommonComparer.CompareComment(builder, subject, from, to, parents);

        SchemaChange Change() => parents.Change(ChangeKind.AlterForeignKey, subject, from, to, ObjectText.Of(from), ObjectText.Of(to));
    }

    private static ImmutableArray<string> Columns(ComparisonBuilder builder, TablePair pair, ForeignKey key) =>
        [.. key.Columns.Select(c => builder.Renames.Column(pair.From.Name, c))];

    private static string Key(ImmutableArray<string> columns, ObjectName referenced) => $"{referenced}\0{string.Join('\0', columns)}";

    private static Subject SubjectOf(ForeignKey key, Parents parents, string? field = null) =>
        Subjects.Member(SubjectKind.Constraint, key.Name, parents, key.FieldName ?? field);
}
