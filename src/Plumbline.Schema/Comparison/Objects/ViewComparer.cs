using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares views. Of a Prisma schema's views only the names and columns are known, and a table may back one.</summary>
internal static class ViewComparer
{
    internal static void Compare(ComparisonBuilder builder)
    {
        var pairing = Pairing<View>.By(builder.From.Views, builder.To.Views, v => NameCutting.Cut(v.Name));
        foreach (var (from, to) in pairing.Pairs)
        {
            var before = builder.Disagreements;
            ComparePair(builder, from, to);
            if (builder.Disagreements == before)
            {
                builder.Agree(Subjects.Of(to, from), from, to);
            }
        }

        foreach (var from in pairing.OnlyFrom)
        {
            OneSided(builder, default(Parents).Change(ChangeKind.DropView, Subjects.Of(from), from, null, from.Definition.Text, null), from, builder.From);
        }

        foreach (var to in pairing.OnlyTo)
        {
            OneSided(builder, default(Parents).Change(ChangeKind.AddView, Subjects.Of(to), null, to, null, to.Definition.Text), to, builder.To);
        }
    }

    private static void OneSided(ComparisonBuilder builder, SchemaChange change, View view, DatabaseSchema holder)
    {
        // What a Prisma schema declares as a view must be there; views that it does not declare say nothing.
        if (holder.Source == SourceKind.Prisma)
        {
            builder.Add(change with { From = change.From is null ? null : Columns(view), To = change.To is null ? null : Columns(view) });
        }
        else
        {
            builder.OneSided(view.IsMaterialized ? SchemaFeature.MaterializedView : SchemaFeature.View, change, view.Name.Schema);
        }
    }

    private static void ComparePair(ComparisonBuilder builder, View from, View to)
    {
        var subject = Subjects.Of(to, from);
        var change = default(Parents).Change(ChangeKind.AlterView, subject, from, to, from.Definition.Text, to.Definition.Text);
        if (!builder.BothExpress(SchemaFeature.ViewDefinition))
        {
            CompareColumns(builder, change, from, to);
            return;
        }

        var verdict = from.IsMaterialized != to.IsMaterialized || !CommonComparer.AreEqual(from.Options, to.Options)
            ? ExpressionVerdict.Different
            : CompareQueries(builder, from, to);
        if (verdict == ExpressionVerdict.Different)
        {
            builder.Differs(SchemaFeature.ViewDefinition, change with { From = Text(from), To = Text(to) });
        }
        else if (verdict == ExpressionVerdict.Unknown)
        {
            builder.NotComparable(change);
        }
        else if (from.IsPopulated != to.IsPopulated)
        {
            builder.Add(change with { Kind = ChangeKind.AlterStorage, From = from.IsPopulated ? "WITH DATA" : "WITH NO DATA", To = to.IsPopulated ? "WITH DATA" : "WITH NO DATA" });
        }

        var parents = new Parents(from, to);
        IndexComparer.Compare(builder, parents, from.Indexes, to.Indexes);
        TriggerComparer.Compare(builder, parents, from.Triggers, to.Triggers);
        RuleComparer.Compare(builder, parents, from.Rules, to.Rules);
        CompareColumnComments(builder, parents, from, to);
        CommonComparer.CompareNamed(builder, subject, from, to);
    }

    private static ExpressionVerdict CompareQueries(ComparisonBuilder builder, View from, View to)
    {
        // PostgreSQL prints a renamed table under its new name.
        var tables = builder.Renames.Tables.Count == 0
            ? null
            : builder.Renames.Tables.Where(t => t.Key.Name != t.Value.Name).DistinctBy(t => t.Key.Name).ToDictionary(t => t.Key.Name, t => t.Value.Name);
        return builder.CompareQueries(Query(from), Query(to), tables);
    }

    private static SqlExpression Query(View view) =>
        view.Definition with { Text = view.Definition.Text.TrimEnd().TrimEnd(';'), Source = view.Definition.Source?.TrimEnd().TrimEnd(';') };

    private static void CompareColumns(ComparisonBuilder builder, SchemaChange change, View from, View to)
    {
        // The Prisma side's columns must exist; the view may have more.
        var (declared, real) = builder.From.Source is SourceKind.Prisma or SourceKind.Document ? (from, to) : (to, from);
        if (real.Columns.Length == 0)
        {
            return;
        }

        var names = real.Columns.Select(c => c.Name).ToHashSet();
        if (!declared.Columns.All(c => names.Contains(NameCutting.Cut(c.Name))))
        {
            builder.Add(change with { From = Columns(from), To = Columns(to) });
        }
    }

    private static void CompareColumnComments(ComparisonBuilder builder, Parents parents, View from, View to)
    {
        foreach (var (left, right) in Pairing<Column>.By(from.Columns, to.Columns, c => c.Name).Pairs)
        {
            var subject = Subjects.Member(SubjectKind.Column, right.Name, parents, right.FieldName ?? left.FieldName);
            CommonComparer.CompareComment(builder, subject, left, right, parents);
            CommonComparer.CompareGrants(builder, subject, left, right, left.Grants, right.Grants, parents);
        }
    }

    private static string Columns(View view) => $"({string.Join(", ", view.Columns.Select(c => c.Name))})";

    private static string Text(View view) =>
        (view.IsMaterialized ? "MATERIALIZED " : "") + (ObjectText.Of(view.Options) is { } options ? $"WITH ({options}) " : "") + view.Definition.Text;
}
