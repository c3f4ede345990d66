using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>Members that stay as they are, but are in the way of another change: they go and come again.</summary>
internal static class Dependents
{
    internal static void Plan(ChangePlan plan)
    {
        var touched = new TouchedColumns(plan);
        var keys = RemadeKeys(plan);
        foreach (var table in plan.From.Tables)
        {
            if (!plan.Has(table, ChangeKind.DropTable, ChangeKind.DropPartition) && plan.ToTables.TryGetValue(plan.NameOf(table.Name), out var target))
            {
                Plan(plan, touched, keys, table, target);
            }
        }
    }

    private static void Plan(
        ChangePlan plan, TouchedColumns touched, List<(ObjectName Table, HashSet<string> Columns, SchemaChange Change)> keys, Table from, Table to)
    {
        foreach (var policy in from.Policies)
        {
            Remake(
                plan,
                touched.MentionedIn(from.Name, policy.Using?.Text, policy.WithCheck?.Text),
                policy,
                to.Policies.FirstOrDefault(p => p.Name == policy.Name),
                to);
        }

        foreach (var trigger in from.Triggers)
        {
            var cause = touched.In(from.Name, trigger.UpdateColumns) ?? touched.MentionedIn(from.Name, trigger.When?.Text, trigger.Function.Name);
            Remake(plan, cause, trigger, to.Triggers.FirstOrDefault(t => t.Name == trigger.Name), to);
        }

        foreach (var rule in from.Rules)
        {
            Remake(plan, touched.MentionedIn(from.Name, rule.Definition.Text), rule, to.Rules.FirstOrDefault(r => r.Name == rule.Name), to);
        }

        foreach (var check in from.Checks)
        {
            Remake(plan, touched.MentionedIn(from.Name, check.Expression.Text), check, to.Checks.FirstOrDefault(c => c.Name == check.Name), to);
        }

        foreach (var key in from.ForeignKeys)
        {
            var cause =
                touched.In(from.Name, key.Columns) ?? touched.In(key.ReferencedTable, key.ReferencedColumns) ?? keys.Find(k => k.Table == key.ReferencedTable &&
                    k.Columns.SetEquals(key.ReferencedColumns)).Change;
            Remake(plan, cause, key, to.ForeignKeys.FirstOrDefault(k => k.Name == key.Name), to);
        }

        foreach (var index in from.Indexes)
        {
            // An index over a column of another type is made again by PostgreSQL; one with an expression or predicate must still make sense.
            var texts = index.Keys.Select(k => k.Expression?.Text).Append(index.Predicate?.Text);
            var columns = index.Keys.Select(k => k.Column).OfType<string>().Concat(index.Include);
            Remake(
                plan,
                touched.MentionedIn(from.Name, texts) ?? touched.Recreating(from.Name, columns),
                index,
                to.Indexes.FirstOrDefault(i => i.Name == index.Name),
                to);
        }

        foreach (var key in from.UniqueConstraints)
        {
            Remake(plan, touched.Recreating(from.Name, key.Columns.Concat(key.Include)), key, to.UniqueConstraints.FirstOrDefault(k => k.Name == key.Name), to);
        }

        if (from.PrimaryKey is { } primary)
        {
            Remake(plan, touched.Recreating(from.Name, primary.Columns.Concat(primary.Include)), primary, to.PrimaryKey, to);
        }

        foreach (var exclusion in from.Exclusions)
        {
            var texts = exclusion.Elements.Select(e => e.Key.Expression?.Text ?? e.Key.Column).Append(exclusion.Predicate?.Text);
            Remake(plan, touched.MentionedIn(from.Name, texts), exclusion, to.Exclusions.FirstOrDefault(e => e.Name == exclusion.Name), to);
        }

        foreach (var column in from.Columns.Where(c => c.Generated is not null && !plan.Has(c, ChangeKind.AlterColumnGenerated, ChangeKind.DropColumn)))
        {
            // A generated column holds nothing of its own.
            if (touched.Recreating(from.Name, [column.Name]) is { } cause &&
                to.FindColumn(plan.NameOf(from.Name, column.Name)) is { Generated: not null } again)
            {
                plan.Add(PlanPhase.DropDefaults, cause, $"{TableWriter.Alter(to.Name)} DROP COLUMN {SqlIdentifier.Quote(again.Name)}");
                plan.Add(PlanPhase.Sequences, cause, $"{TableWriter.Alter(to.Name)} ADD COLUMN {ColumnWriter.Definition(to.Name, again, null)}");
            }
        }
    }

    /// <summary>The keys that go, or go and come again: what refers to them must let go first.</summary>
    private static List<(ObjectName Table, HashSet<string> Columns, SchemaChange Change)> RemadeKeys(ChangePlan plan)
    {
        var keys = new List<(ObjectName, HashSet<string>, SchemaChange)>();
        foreach (var change in plan.Comparison.Changes)
        {
            var isKey = change.Kind is ChangeKind.DropPrimaryKey or ChangeKind.DropUnique or ChangeKind.DropIndex ||
                (change.FromObject is KeyConstraint or Schema.Model.Index && MemberChanges.IsRemade(change));
            if (isKey && change.FromParent is Table table && ColumnsOf(change.FromObject) is { } columns)
            {
                keys.Add((table.Name, columns, change));
            }
        }

        return keys;
    }

    // A foreign key refers to what is unique over whole columns of all rows.
    private static HashSet<string>? ColumnsOf(SchemaObject? key) => key switch
    {
        KeyConstraint constraint => [.. constraint.Columns],
        Schema.Model.Index { IsUnique: true, Predicate: null } index => [.. index.Keys.Select(k => k.Column).OfType<string>()],
        _ => null,
    };

    private static void Remake(ChangePlan plan, SchemaChange? cause, SchemaObject from, SchemaObject? to, Table table)
    {
        // What is itself changed or dropped has statements of its own.
        if (cause is null || (plan.ByCause.TryGetValue(from, out var changes) && changes.Exists(c => c.ToObject is null || MemberChanges.IsRemade(c))))
        {
            return;
        }

        var name = plan.ByCause.TryGetValue(from, out changes) &&
            changes.Find(c => c.Kind is ChangeKind.RenameIndex or ChangeKind.RenameConstraint) is { } rename
            ? rename.To!
            : MemberStatements.NameOf(from);
        var again = to ?? changes?.Find(c => c.ToObject is not null)?.ToObject ?? from;
        MemberStatements.Drop(plan, cause, table.Name, from, name);
        MemberStatements.Add(plan, cause, table, again);
    }
}
