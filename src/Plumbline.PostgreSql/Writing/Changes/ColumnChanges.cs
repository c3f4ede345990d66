using System.Globalization;
using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>What happens to columns of tables that stay.</summary>
internal static class ColumnChanges
{
    internal static void Plan(ChangePlan plan)
    {
        foreach (var change in plan.Comparison.Changes)
        {
            if (change is { ToParent: Table table, FromObject: Column from, ToObject: Column to })
            {
                Plan(plan, change, table, from, to);
            }
        }
    }

    private static void Plan(ChangePlan plan, SchemaChange change, Table table, Column from, Column to)
    {
        var key = ObjectKey.Of(ObjectKind.Column, table.Name, to.Name);
        if (plan.IsMade(key))
        {
            return;
        }

        var column = $"{TableWriter.Alter(table.Name)} ALTER COLUMN {SqlIdentifier.Quote(to.Name)}";
        switch (change.Kind)
        {
            case ChangeKind.AlterColumnNullability:
                AlterNullability(plan, change, key, to);
                break;
            case ChangeKind.AlterColumnIdentity:
                AlterIdentity(plan, change, table, column, from, to);
                break;
            case ChangeKind.AlterStorage:
                AlterStorage(plan, change, $"ALTER TABLE ONLY {SqlIdentifier.Quote(table.Name)} ALTER COLUMN {SqlIdentifier.Quote(to.Name)}", from, to);
                break;
        }
    }

    private static void AlterNullability(ChangePlan plan, SchemaChange change, ObjectKey key, Column to)
    {
        var column = $"{TableWriter.Alter(key.Name)} ALTER COLUMN {SqlIdentifier.Quote(to.Name)}";
        if (Follows(plan, key, to.IsNullable))
        {
            return;
        }

        if (!to.IsNullable)
        {
            plan.Add(new Operation(PlanPhase.SetNotNull, change, $"{column} SET NOT NULL")
            {
                Reverse = $"{column} DROP NOT NULL",
                Safety = ChangeSafety.NeedsBackfill,
                Note = $"First set a value in rows whose {key.Name.Name}.{to.Name} is NULL.",
                Alters = [key],
            });
            return;
        }

        // A primary key, and an identity, keep their columns from NULL.
        plan.Add(new Operation(PlanPhase.AlterColumns, change, $"{column} DROP NOT NULL")
        {
            Reverse = $"{column} SET NOT NULL",
            Alters = [key],
            AfterDropping = [.. plan.FromGraph.Users(key).Where(u => u.Item is KeyConstraint).Select(u => u.Key)],
            After = [IdentityOf(key)],
        });
        foreach (var child in plan.Families.Descendants(key.Name))
        {
            if (plan.ToGraph.Find(key with { Name = child }) is { Item: Column { IsNullable: false } })
            {
                plan.Add(new Operation(PlanPhase.SetNotNull, change, $"{TableWriter.Alter(child)} ALTER COLUMN {SqlIdentifier.Quote(to.Name)} SET NOT NULL"));
            }
        }
    }

    // The place of an identity that goes, which is no object of its own.
    private static ObjectKey IdentityOf(ObjectKey column) => column with { Kind = ObjectKind.Sequence };

    /// <summary>Whether a parent's statement makes the same of a child's column.</summary>
    private static bool Follows(ChangePlan plan, ObjectKey key, bool isNullable) => plan.Families.Parents(key.Name).Select(p => key with { Name = p }).Any(p =>
        plan.FromGraph.Find(p) is { Item: Column from } && plan.ToGraph.Find(p) is { Item: Column to } &&
            ((from.IsNullable != to.IsNullable && to.IsNullable == isNullable) || Follows(plan, p, isNullable)));

    /// <summary>Adds a column of TO, with all that is said of it.</summary>
    internal static void Add(ChangePlan plan, DependencyNode node, SchemaChange change)
    {
        var (table, column) = ((Table)node.Parent!, (Column)node.Item);
        if (plan.IsMade(node.Owner!))
        {
            return;
        }

        var alter = TableWriter.Alter(table.Name);
        var name = SqlIdentifier.Quote(column.Name);
        var origins = plan.Families.OriginsInTo(node.Key).Where(plan.IsMade).ToList();
        if (origins.Count > 0)
        {
            // The parent's statement adds it: what the child has otherwise is said behind it.
            var parent = (Column)plan.ToGraph.Find(origins[0])!.Item;
            if (parent.Default?.Text != column.Default?.Text && column.Generated is null)
            {
                ColumnDefaultChanges.Set(plan, node.Key with { Kind = ObjectKind.Default }, column, change, parent);
            }

            if (parent.IsNullable && !column.IsNullable)
            {
                SetNotNull(plan, change, node.Key);
            }
        }
        else
        {
            plan.Identities.TryGetValue((table.Name, column.Name), out var identity);
            var fillsItself = column.IsNullable || column.Default is not null || column.Generated is not null || column.Identity != IdentityKind.None;
            var definition = ColumnWriter.Definition(table.Name, fillsItself ? column : column with { IsNullable = true }, identity);
            HashSet<ObjectKey> makes = [node.Key, node.Key with { Kind = ObjectKind.Default }];
            var refusesNull = column is { Default: null, Generated: null } &&
                plan.ToGraph.Find(ObjectKey.Of(ObjectKind.Type, column.Type.QualifiedName)) is { Item: DomainType { NotNull: true, Default: null } };
            foreach (var child in plan.Families.Descendants(table.Name))
            {
                makes.Add(node.Key with { Name = child });
                makes.Add(node.Key with { Name = child, Kind = ObjectKind.Default });
            }

            plan.Add(new Operation(PlanPhase.AlterColumns, change, $"{alter} ADD COLUMN {definition}")
            {
                Reverse = $"{alter} DROP COLUMN {name}",
                Safety = refusesNull ? ChangeSafety.NeedsBackfill : ChangeSafety.Safe,
                Note = refusesNull ? $"{column.Type} does not allow NULL, so {table.Name.Name} must be empty or the column needs a default." : null,
                Makes = makes,
                Takes = [.. RelationNames.OfColumn(plan.OwnedInTo(table.Name), column).Where(_ => column.Identity != IdentityKind.None)],
            });
            if (!fillsItself)
            {
                SetNotNull(plan, change, node.Key);
            }
        }

        foreach (var setting in ColumnWriter.Settings($"ALTER TABLE ONLY {SqlIdentifier.Quote(table.Name)}", column))
        {
            plan.Add(new Operation(PlanPhase.Settings, change, setting) { After = [node.Key] });
        }

        SettingChanges.DressColumn(plan, change, table, column);
    }

    private static void SetNotNull(ChangePlan plan, SchemaChange change, ObjectKey key)
    {
        var column = $"{TableWriter.Alter(key.Name)} ALTER COLUMN {SqlIdentifier.Quote(key.Member)}";
        plan.Add(new Operation(PlanPhase.SetNotNull, change, $"{column} SET NOT NULL")
        {
            Reverse = $"{column} DROP NOT NULL",
            Safety = ChangeSafety.NeedsBackfill,
            Note = $"First set a value for {key.Name.Name}.{key.Member} in existing rows.",
            After = [key],
        });
    }

    private static void AlterIdentity(ChangePlan plan, SchemaChange change, Table table, string column, Column from, Column to)
    {
        plan.Identities.TryGetValue((table.Name, to.Name), out var sequence);
        var key = ObjectKey.Of(ObjectKind.Column, table.Name, to.Name);
        if (to.Identity == IdentityKind.None)
        {
            plan.Add(new Operation(PlanPhase.DropDefaults, change, $"{column} DROP IDENTITY")
            {
                Reverse = $"{column} ADD {ObjectText.Of(from.Identity)}",
                Makes = [IdentityOf(key)],
                BeforeMaking = [key with { Kind = ObjectKind.Default }],
                Frees = change.FromParent is Table old ? [.. RelationNames.OfColumn(plan.OwnedInFrom(old.Name), from)] : [],
            });
        }
        else if (from.Identity == IdentityKind.None)
        {
            HashSet<ObjectKey> numbers = [.. plan.FromGraph.Users(key).Select(u => u.Key).Where(k => k.Kind == ObjectKind.Default)];
            plan.Add(new Operation(PlanPhase.SetDefaults, change, $"{column} ADD {ColumnWriter.Identity(table.Name, to, sequence)}")
            {
                Reverse = $"{column} DROP IDENTITY",
                AfterDropping = numbers,
                After = [key],
                Takes = sequence is null ? [] : [sequence.Name],
            });
            plan.Add(new Operation(PlanPhase.SetDefaults, change, MoveSequence(table.Name, to.Name, sequence)) { After = [key], AfterDropping = numbers });
        }
        else
        {
            plan.Add(PlanPhase.SetDefaults, change, $"{column} SET GENERATED {Kind(to)}", $"{column} SET GENERATED {Kind(from)}");
        }

        static string Kind(Column c) => c.Identity == IdentityKind.Always ? "ALWAYS" : "BY DEFAULT";
    }

    /// <summary>Sets the sequence of a column behind the numbers that its rows hold; without rows it stays where it is.</summary>
    internal static string MoveSequence(ObjectName table, string column, Sequence? sequence)
    {
        var (end, isBehind) = sequence is { Increment: < 0 } ? ("min", "<=") : ("max", ">=");
        var start = sequence?.Start ?? 1;
        var name = SqlIdentifier.Quote(column);
        var owned = $"pg_get_serial_sequence({SqlLiteral.Quote(SqlIdentifier.Quote(table))}, {SqlLiteral.Quote(column)})";
        return string.Create(
            CultureInfo.InvariantCulture, $"SELECT setval({owned}, {end}({name})) FROM {SqlIdentifier.Quote(table)} HAVING {end}({name}) {isBehind} {start}");
    }

    private static void AlterStorage(ChangePlan plan, SchemaChange change, string column, Column from, Column to)
    {
        if (from.Storage != to.Storage)
        {
            plan.Add(PlanPhase.Settings, change, $"{column} SET STORAGE {(to.Storage ?? DefaultStorage(to.Type)).ToUpperInvariant()}");
        }

        if (from.Compression != to.Compression)
        {
            plan.Add(PlanPhase.Settings, change, $"{column} SET COMPRESSION {to.Compression ?? "default"}");
        }

        if (from.StatisticsTarget != to.StatisticsTarget)
        {
            plan.Add(
                PlanPhase.Settings,
                change,
                $"{column} SET STATISTICS {(to.StatisticsTarget ?? -1).ToString(CultureInfo.InvariantCulture)}");
        }
    }

    /// <summary>What <c>pg_type.typstorage</c> says: types of fixed length are plain, <c>numeric</c> is main, others extended.</summary>
    private static string DefaultStorage(ColumnType type) => type switch
    {
        { IsArray: true } or { Schema: not null } => "extended",
        { Name: "numeric" or "inet" or "cidr" or "bit" or "bit varying" } => type.Name is "bit" or "bit varying" ? "extended" : "main",
        { Name: "text" or "character varying" or "character" or "bytea" or "json" or "jsonb" or "xml" or "tsvector" or "path" or "polygon" } => "extended",
        _ => "plain",
    };
}
