using System.Globalization;
using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares the columns of a table.</summary>
internal static class ColumnComparer
{
    internal static void Compare(ComparisonBuilder builder, TablePair pair)
    {
        var parents = pair.Parents;
        foreach (var (from, to) in pair.Columns.Pairs)
        {
            ComparePair(builder, pair, from, to);
        }

        foreach (var from in pair.Columns.OnlyFrom)
        {
            var subject = Subjects.Member(SubjectKind.Column, from.Name, parents, from.FieldName);
            builder.OneSided(SchemaFeature.Column, parents.Change(ChangeKind.DropColumn, subject, from, null, ObjectText.Of(from), null), null);
        }

        foreach (var to in pair.Columns.OnlyTo)
        {
            var subject = Subjects.Member(SubjectKind.Column, to.Name, parents, to.FieldName);
            builder.OneSided(SchemaFeature.Column, parents.Change(ChangeKind.AddColumn, subject, null, to, null, ObjectText.Of(to)), null);
        }
    }

    private static void ComparePair(ComparisonBuilder builder, TablePair pair, Column from, Column to)
    {
        var before = builder.Disagreements;
        var parents = pair.Parents;
        var subject = Subjects.Member(SubjectKind.Column, to.Name, parents, to.FieldName ?? from.FieldName);
        if (!TypeEquality.AreEqual(from.Type, to.Type, builder.Renames, SchemaIsUnknown(builder, from.Type, to.Type)) && !PrismaTypes.AreEqual(builder, from.Type, to.Type))
        {
            builder.Add(parents.Change(ChangeKind.AlterColumnType, subject, from, to, ObjectText.Of(from.Type), ObjectText.Of(to.Type)));
        }

        if (from.IsNullable != to.IsNullable)
        {
            // A list field of a Prisma schema says nothing of NOT NULL; Prisma's client writes an empty list where there is no value.
            var change = parents.Change(
                ChangeKind.AlterColumnNullability, subject, from, to, from.IsNullable ? "NULL" : "NOT NULL", to.IsNullable ? "NULL" : "NOT NULL");
            if (from.Type.IsArray && to.Type.IsArray && builder.OneSideIsPrisma)
            {
                builder.Differs(SchemaFeature.ListNullability, change);
            }
            else
            {
                builder.Add(change);
            }
        }

        CompareGenerated(builder, pair, subject, from, to);
        ColumnDefaults.Compare(builder, pair, subject, from, to);
        if (from.Collation != to.Collation)
        {
            builder.Differs(
                SchemaFeature.Collation, parents.Change(ChangeKind.AlterColumnCollation, subject, from, to, from.Collation?.Name, to.Collation?.Name));
        }

        if (from.Storage != to.Storage || from.Compression != to.Compression || from.StatisticsTarget != to.StatisticsTarget)
        {
            builder.Differs(SchemaFeature.Storage, parents.Change(ChangeKind.AlterStorage, subject, from, to, StorageText(from), StorageText(to)));
        }

        CommonComparer.CompareComment(builder, subject, from, to, parents);
        CommonComparer.CompareGrants(builder, subject, from, to, from.Grants, to.Grants, parents);
        if (builder.Disagreements == before && from.Name == to.Name)
        {
            builder.Agree(subject, from, to);
        }
    }

    /// <summary>Prisma does not know in which schema an extension put its types; of enums it does.</summary>
    private static bool SchemaIsUnknown(ComparisonBuilder builder, ColumnType from, ColumnType to) =>
        builder.OneSideIsPrisma && from.Schema != to.Schema && !builder.IsEnum(from.QualifiedName) && !builder.IsEnum(to.QualifiedName);

    private static void CompareGenerated(ComparisonBuilder builder, TablePair pair, Subject subject, Column from, Column to)
    {
        var change = pair.Parents.Change(ChangeKind.AlterColumnGenerated, subject, from, to, GeneratedText(from), GeneratedText(to));
        var verdict = from.IsGeneratedStored != to.IsGeneratedStored
            ? ExpressionVerdict.Different
            : builder.CompareExpressions(from.Generated, to.Generated, builder.Renames.Columns(pair.From.Name), pair.To.Columns);
        if (verdict == ExpressionVerdict.Different)
        {
            builder.Differs(SchemaFeature.GeneratedColumn, change);
        }
        else if (verdict == ExpressionVerdict.Unknown)
        {
            builder.NotComparable(change);
        }
    }

    private static string? GeneratedText(Column column) =>
        column.Generated is { } expression ? $"GENERATED ALWAYS AS ({expression.Text}) {(column.IsGeneratedStored ? "STORED" : "VIRTUAL")}" : null;

    private static string? StorageText(Column column)
    {
        var statistics = column.StatisticsTarget is { } target ? "STATISTICS " + target.ToString(CultureInfo.InvariantCulture) : null;
        string?[] parts =
            [column.Storage is null ? null : $"STORAGE {column.Storage}", column.Compression is null ? null : $"COMPRESSION {column.Compression}", statistics];
        var text = string.Join(" ", parts.Where(p => p is not null));
        return text.Length == 0 ? null : text;
    }
}
