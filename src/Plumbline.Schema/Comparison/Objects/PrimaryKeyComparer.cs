using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares primary keys.</summary>
internal static class PrimaryKeyComparer
{
    internal static void Compare(ComparisonBuilder builder, TablePair pair)
    {
        var parents = pair.Parents;
        var (from, to) = (pair.From.PrimaryKey, pair.To.PrimaryKey);
        if (from is null && to is null)
        {
            return;
        }

        var subject = Subjects.Member(SubjectKind.Constraint, (to ?? from)!.Name, parents);
        if (from is null || to is null)
        {
            var kind = from is null ? ChangeKind.AddPrimaryKey : ChangeKind.DropPrimaryKey;
            builder.OneSided(SchemaFeature.PrimaryKey, parents.Change(kind, subject, from, to, Text(from), Text(to)), null);
            return;
        }

        if (NameCutting.Cut(from.Name) != NameCutting.Cut(to.Name))
        {
            builder.Add(parents.Change(ChangeKind.RenameConstraint, subject, from, to, from.Name, to.Name, 1));
        }

        if (!from.Columns.Select(c => builder.Renames.Column(pair.From.Name, c)).SequenceEqual(to.Columns) || from.WithoutOverlaps != to.WithoutOverlaps)
        {
            builder.Add(parents.Change(ChangeKind.AlterPrimaryKey, subject, from, to, Text(from), Text(to)));
        }
        else if (!from.Include.SequenceEqual(to.Include) || !CommonComparer.AreEqual(from.StorageParameters, to.StorageParameters) ||
            from.IsClustered != to.IsClustered)
        {
            builder.Differs(SchemaFeature.IndexDetail, parents.Change(ChangeKind.AlterPrimaryKey, subject, from, to, Detail(from), Detail(to)));
        }

        ConstraintStates.Compare(builder, parents, subject, from, to);
        CommonComparer.CompareComment(builder, subject, from, to, parents);
    }

    private static string? Text(KeyConstraint? key) => key is null ? null : ObjectText.Of(key, isPrimary: true);

    private static string Detail(KeyConstraint key) =>
        Text(key) + (ObjectText.Of(key.StorageParameters) is { } parameters ? $" WITH ({parameters})" : "") + (key.IsClustered ? " CLUSTERED" : "");
}
