using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>Renames keep rows, and all that depends on the object follows by itself.</summary>
internal static class RenameChanges
{
    internal static void Plan(ChangePlan plan)
    {
        // Tables before their members: a member is named by its table's new name.
        foreach (var change in plan.Comparison.Changes)
        {
            switch (change)
            {
                case { Kind: ChangeKind.RenameTable, FromObject: Table from, ToObject: Table to }:
                    Move(plan, change, "TABLE", from.Name, to.Name);
                    break;
                case { Kind: ChangeKind.RenameEnum, FromObject: EnumType from, ToObject: EnumType to }:
                    Move(plan, change, "TYPE", from.Name, to.Name);
                    break;
                case { Kind: ChangeKind.AlterSequence, FromObject: Sequence from, ToObject: Sequence to } when from.IsIdentity == to.IsIdentity && from.Name != to.Name:
                    MoveSequence(plan, change, from, to);
                    break;
            }
        }

        foreach (var change in plan.Comparison.Changes)
        {
            if (change.From is null || change.To is null)
            {
                continue;
            }

            var (old, @new) = (SqlIdentifier.Quote(change.From), SqlIdentifier.Quote(change.To));
            switch (change)
            {
                case { Kind: ChangeKind.RenameColumn, ToParent: { } table } when IsOwn(plan, change):
                    Add(
                        plan,
                        change,
                        $"{TableWriter.Alter(table.Name)} RENAME COLUMN {old} TO {@new}",
                        $"{TableWriter.Alter(table.Name)} RENAME COLUMN {@new} TO {old}");
                    break;
                case { Kind: ChangeKind.RenameEnumValue, ToParent: { } type }:
                    var alter = $"ALTER TYPE {SqlIdentifier.Quote(type.Name)} RENAME VALUE";
                    Add(
                        plan,
                        change,
                        $"{alter} {SqlLiteral.Quote(change.From)} TO {SqlLiteral.Quote(change.To)}",
                        $"{alter} {SqlLiteral.Quote(change.To)} TO {SqlLiteral.Quote(change.From)}");
                    break;
                case { Kind: ChangeKind.RenameIndex or ChangeKind.RenameConstraint, FromObject: Index, ToParent: { } table }:
                    var schema = table.Name.Schema;
                    Add(
                        plan,
                        change,
                        $"ALTER INDEX {SqlIdentifier.Quote(new ObjectName(schema, change.From))} RENAME TO {@new}",
                        $"ALTER INDEX {SqlIdentifier.Quote(new ObjectName(schema, change.To))} RENAME TO {old}");
                    break;
                case { Kind: ChangeKind.RenameIndex or ChangeKind.RenameConstraint, ToParent: { } table } when IsOwn(plan, change) && !CurrentNames.IsRemade(change, plan.Comparison):
                    Add(
                        plan,
                        change,
                        $"{TableWriter.Alter(table.Name)} RENAME CONSTRAINT {old} TO {@new}",
                        $"{TableWriter.Alter(table.Name)} RENAME CONSTRAINT {@new} TO {old}");
                    break;
            }
        }
    }

    // With its table a sequence moves by itself.
    private static void MoveSequence(ChangePlan plan, SchemaChange change, Sequence from, Sequence to)
    {
        var isMoved = from.OwnedByTable is { } owner && plan.NameOf(owner).Schema != owner.Schema;
        Move(plan, change, "SEQUENCE", isMoved ? from.Name with { Schema = to.Name.Schema } : from.Name, to.Name);
    }

    /// <summary>Whether it is the member's own name: what a child has from its parent is renamed there.</summary>
    private static bool IsOwn(ChangePlan plan, SchemaChange change)
    {
        var key = plan.Names.Key(plan.Raw.Find(change.FromObject!, change.FromParent)!);
        return key.Member == change.To && (change.FromObject is KeyConstraint or ForeignKey or ExclusionConstraint || !plan.Families.OriginsInFrom(key).Any());
    }

    private static void Move(ChangePlan plan, SchemaChange change, string kind, ObjectName from, ObjectName to)
    {
        if (from.Schema != to.Schema)
        {
            var moved = new ObjectName(to.Schema, from.Name);

            // A schema that is new must be there before a table can move into it.
            if (!plan.From.Namespaces.Any(n => n.Name == to.Schema) && plan.To.Namespaces.Any(n => n.Name == to.Schema))
            {
                plan.Add(PlanPhase.Rename, change, $"CREATE SCHEMA IF NOT EXISTS {SqlIdentifier.Quote(to.Schema)}");
            }

            Add(
                plan,
                change,
                $"ALTER {kind} {SqlIdentifier.Quote(from)} SET SCHEMA {SqlIdentifier.Quote(to.Schema)}",
                $"ALTER {kind} {SqlIdentifier.Quote(moved)} SET SCHEMA {SqlIdentifier.Quote(from.Schema)}");
            from = moved;
        }

        if (from.Name != to.Name)
        {
            Add(
                plan,
                change,
                $"ALTER {kind} {SqlIdentifier.Quote(from)} RENAME TO {SqlIdentifier.Quote(to.Name)}",
                $"ALTER {kind} {SqlIdentifier.Quote(to)} RENAME TO {SqlIdentifier.Quote(from.Name)}");
        }
    }

    private static void Add(ChangePlan plan, SchemaChange change, string sql, string reverse)
    {
        var note = change.Confidence < 1 ? $"This looks like a rename of {change.From}; if it isn't a rename, write this by hand." : null;
        plan.Add(PlanPhase.Rename, change, sql, reverse, note: note);
    }
}
