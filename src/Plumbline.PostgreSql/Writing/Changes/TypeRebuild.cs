using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>
/// A type that PostgreSQL can't alter in place is made again under its name, and every column of it is turned over by way of text. The type is
/// already called by its new name when this runs.
/// </summary>
internal static class TypeRebuild
{
    internal static void Plan(
        ChangePlan plan, SchemaChange cause, NamedObject from, NamedObject to, IEnumerable<string> create, ChangeSafety safety, string? note)
    {
        var kind = to is DomainType ? "DOMAIN" : "TYPE";
        var old = to.Name with { Name = to.Name.Name + "_old" };
        plan.Add(PlanPhase.Enums, cause, $"ALTER {kind} {SqlIdentifier.Quote(to.Name)} RENAME TO {SqlIdentifier.Quote(old.Name)}");
        foreach (var statement in create)
        {
            plan.Add(PlanPhase.Enums, cause, statement);
        }

        foreach (var (table, column) in Columns(plan, from.Name))
        {
            if (!plan.ToTables.TryGetValue(plan.NameOf(table.Name), out var target))
            {
                continue;
            }

            var name = SqlIdentifier.Quote(plan.NameOf(table.Name, column.Name));
            var alter = $"{TableWriter.Alter(target.Name)} ALTER COLUMN {name}";
            var type = SqlType.Of(new ColumnType(to.Name.Name, to.Name.Schema, null, column.Type.IsArray));
            if (column.Default is not null)
            {
                plan.Add(PlanPhase.Enums, cause, $"{alter} DROP DEFAULT");
            }

            plan.Add(PlanPhase.Enums, cause, $"{alter} TYPE {type} USING {name}::text{(column.Type.IsArray ? "[]" : "")}::{type}", safety: safety, note: note);
            if (column.Default is not null && (target.FindColumn(plan.NameOf(table.Name, column.Name)) ?? column) is { Default: { } value })
            {
                plan.Add(PlanPhase.SetDefaults, cause, $"{alter} SET DEFAULT {value.Text}");
            }
        }

        plan.Add(PlanPhase.DropObjects, cause, $"DROP {kind} {SqlIdentifier.Quote(old)}", safety: safety, note: note);
    }

    /// <summary>The columns of a type in tables that stay, but for those that go.</summary>
    internal static IEnumerable<(Table Table, Column Column)> Columns(ChangePlan plan, ObjectName type) =>
        from table in plan.From.Tables
        where !plan.Has(table, ChangeKind.DropTable, ChangeKind.DropPartition)
        from column in table.Columns
        where column.Type.QualifiedName == type && !plan.Has(column, ChangeKind.DropColumn)
        select (table, column);
}
