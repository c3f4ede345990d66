using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>
/// Columns whose values wait in another form. While a column holds rows of a table, PostgreSQL refuses to rewrite that table: they wait as JSON. A range type
/// brings a multirange type, whose name the new one needs: ranges wait as text.
/// </summary>
internal static class ParkedColumns
{
    /// <summary>Makes the columns wait.</summary>
    internal static void Plan(ChangePlan plan)
    {
        foreach (var node in plan.Fates.Decided(f => f == Fate.Retyped).Where(n => n.Key.Kind == ObjectKind.Column && IsParked(plan, n)))
        {
            var column = $"{TableWriter.Alter(node.Key.Name)} ALTER COLUMN {SqlIdentifier.Quote(node.Key.Member)}";
            var type = Removals.Renamed(plan, ((Column)node.Item).Type);
            var name = SqlIdentifier.Quote(node.Key.Member);
            plan.Add(new Operation(PlanPhase.DropDefaults, plan.Fates.Cause(node.Key), $"{column} TYPE {(IsRange(plan, type) ? $"text USING {name}::text" : $"jsonb USING to_jsonb({name})")}")
            {
                Drops = [node.Key],
                Before = Parts(plan.FromGraph, type),
                BeforeMaking = Parts(plan.ToGraph, type),
                AfterDropping = [.. plan.FromGraph.Users(node.Key).Select(u => u.Key)],
            });
        }
    }

    /// <summary>Whether a column holds rows of a table whose columns come, go or change.</summary>
    internal static bool IsParked(ChangePlan plan, DependencyNode node) =>
        plan.Fates.Of(node.Key) == Fate.Retyped && node.Item is Column column && Removals.Renamed(plan, column.Type) is var type &&
            (IsRange(plan, type) || (!type.IsArray && plan.FromGraph.Find(ObjectKey.Of(ObjectKind.Table, type.QualifiedName)) is not null)) &&
            plan.ToGraph.Find(node.Key) is { Item: Column to } && to.Type == type && !plan.Families.OriginsInFrom(node.Key).Any();

    /// <summary>The value of a column that waited.</summary>
    internal static string Value(ChangePlan plan, Column column)
    {
        var name = SqlIdentifier.Quote(column.Name);
        return IsRange(plan, column.Type) ? $"{name}::{SqlType.Of(column.Type)}" : $"jsonb_populate_record(NULL::{SqlType.Of(column.Type)}, {name})";
    }

    private static bool IsRange(ChangePlan plan, ColumnType type) =>
        plan.FromGraph.Find(ObjectKey.Of(ObjectKind.Type, type.QualifiedName)) is { Item: RangeType } node && plan.Fates.Goes(node.Key);

    /// <summary>A type, and the columns of the table whose rows it stands for.</summary>
    internal static HashSet<ObjectKey> Parts(DependencyGraph graph, ColumnType type) =>
        [ObjectKey.Of(ObjectKind.Table, type.QualifiedName), ObjectKey.Of(ObjectKind.Type, type.QualifiedName), .. Removals.MembersOf(graph, type.QualifiedName).Where(k => k.Kind is ObjectKind.Column or ObjectKind.Default)];
}
