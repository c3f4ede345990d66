using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>
/// Views that come, go or change. PostgreSQL replaces a view only where its columns stay, so a changed one goes and comes again, and with it every
/// view that looks at it or at what changes under it.
/// </summary>
internal static class ViewChanges
{
    internal static void Plan(ChangePlan plan)
    {
        var touched = new TouchedColumns(plan);
        var drop = new Dictionary<View, SchemaChange>((IEqualityComparer<View>)ReferenceEqualityComparer.Instance);
        var create = new Dictionary<View, SchemaChange>((IEqualityComparer<View>)ReferenceEqualityComparer.Instance);
        foreach (var change in plan.Comparison.Changes)
        {
            if (change is { Kind: ChangeKind.DropView or ChangeKind.AlterView, FromObject: View from })
            {
                drop[from] = change;
                touched.AddView(from, change);
            }

            if (change is { Kind: ChangeKind.AddView or ChangeKind.AlterView, ToObject: View to })
            {
                create[to] = change;
            }
        }

        // Views may look at views made again: this ends, since each round takes at least one more.
        var order = DependencyOrder.Of(new DatabaseSchema { Views = plan.From.Views }).Objects.Cast<View>().ToList();
        var kept = plan.To.Views.Where(v => v.Definition.Text.Length > 0).DistinctBy(v => v.Name).ToDictionary(v => v.Name);
        foreach (var view in order.Where(v => !drop.ContainsKey(v)))
        {
            if (touched.MentionedIn(null, view.Definition.Text) is { } cause)
            {
                drop[view] = cause;
                create[kept.GetValueOrDefault(view.Name, view)] = cause;
                touched.AddView(view, cause);
            }
        }

        for (var i = order.Count - 1; i >= 0; i--)
        {
            // A Prisma schema has no query that could bring its view back.
            if (drop.TryGetValue(order[i], out var cause))
            {
                plan.Add(PlanPhase.DropViews, cause, $"DROP {ViewWriter.Reference(order[i])}", ViewWriter.Create(order[i]).FirstOrDefault());
            }
        }

        foreach (var view in DependencyOrder.Of(new DatabaseSchema { Views = [.. create.Keys] }).Objects.Cast<View>())
        {
            Create(plan, create[view], view);
        }
    }

    private static void Create(ChangePlan plan, SchemaChange cause, View view)
    {
        // The Prisma Schema Language has a view's columns and no query.
        if (view.Definition.Text.Length == 0)
        {
            return;
        }

        var reverse = $"DROP {ViewWriter.Reference(view)}";
        foreach (var statement in ViewWriter.Create(view))
        {
            plan.Add(PlanPhase.CreateViews, cause, statement, reverse);
            reverse = null;
        }

        foreach (var index in view.Indexes)
        {
            plan.Add(PlanPhase.CreateViews, cause, IndexWriter.Create(view.Name, index));
        }

        foreach (var trigger in view.Triggers)
        {
            MemberStatements.Add(plan, cause, view, trigger);
        }

        foreach (var rule in view.Rules)
        {
            MemberStatements.Add(plan, cause, view, rule);
        }

        SettingChanges.Dress(plan, cause, view);
    }
}
