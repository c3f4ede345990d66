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
            if (change is { ToParent: Table table } && (change.ToObject ?? change.FromObject) is Column)
            {
                Plan(plan, change, table, change.FromObject as Column, change.ToObject as Column);
            }
        }
    }

    private static void Plan(ChangePlan plan, SchemaChange change, Table table, Column? from, Column? to)
    {
        var alter = TableWriter.Alter(table.Name);
        var name = SqlIdentifier.Quote((to ?? from)!.Name);
        var column = $"{alter} ALTER COLUMN {name}";
        switch (change.Kind)
        {
            case ChangeKind.AddColumn:
                AddColumn(plan, change, table, to!);
                break;
            case ChangeKind.DropColumn:
                var reverse = $"{alter} ADD COLUMN {ColumnWriter.Definition(table.Name, from!, null)}";
                plan.Add(
                    PlanPhase.DropColumns,
                    change,
                    $"{alter} DROP COLUMN {name}",
                    reverse,
                    ChangeSafety.Destructive,
                    $"The values of {table.Name.Name}.{from!.Name} are lost.");
                break;
            case ChangeKind.AlterColumnType:
                ColumnTypeChange.Plan(plan, change, column, from!, to!);
                break;
            case ChangeKind.AlterColumnNullability when to!.IsNullable:
                plan.Add(PlanPhase.AlterColumns, change, $"{column} DROP NOT NULL", $"{column} SET NOT NULL");
                break;
            case ChangeKind.AlterColumnNullability:
                var note = $"Rows whose {table.Name.Name}.{to!.Name} is NULL must be given a value first.";
                plan.Add(PlanPhase.SetNotNull, change, $"{column} SET NOT NULL", $"{column} DROP NOT NULL", ChangeSafety.NeedsBackfill, note);
                break;
            case ChangeKind.AlterColumnDefault:
                AlterDefault(plan, change, column, from!, to!);
                break;
            case ChangeKind.AlterColumnIdentity:
                AlterIdentity(plan, change, table, column, from!, to!);
                break;
            case ChangeKind.AlterColumnGenerated:
                AlterGenerated(plan, change, table, column, from!, to!);
                break;
            case ChangeKind.AlterColumnCollation when !plan.Has(from!, ChangeKind.AlterColumnType):
                plan.Add(PlanPhase.AlterColumns, change, $"{column} TYPE {ColumnTypeChange.Target(to!)}", $"{column} TYPE {ColumnTypeChange.Target(from!)}");
                break;
            case ChangeKind.AlterStorage:
                AlterStorage(plan, change, column, from!, to!);
                break;
        }
    }

    private static void AddColumn(ChangePlan plan, SchemaChange change, Table table, Column column)
    {
        var alter = TableWriter.Alter(table.Name);
        var name = SqlIdentifier.Quote(column.Name);
        plan.Identities.TryGetValue((table.Name, column.Name), out var identity);
        var fillsItself = column.IsNullable || column.Default is not null || column.Generated is not null || column.Identity != IdentityKind.None;
        var definition = ColumnWriter.Definition(table.Name, fillsItself ? column : column with { IsNullable = true }, identity);
        plan.Add(PlanPhase.AlterColumns, change, $"{alter} ADD COLUMN {definition}", $"{alter} DROP COLUMN {name}");
        if (!fillsItself)
        {
            var note = $"Rows that exist must be given a value for {table.Name.Name}.{column.Name} first.";
            plan.Add(
                PlanPhase.SetNotNull,
                change,
                $"{alter} ALTER COLUMN {name} SET NOT NULL",
                $"{alter} ALTER COLUMN {name} DROP NOT NULL",
                ChangeSafety.NeedsBackfill,
                note);
        }

        foreach (var setting in ColumnWriter.Settings(alter, column))
        {
            plan.Add(PlanPhase.Settings, change, setting);
        }
    }

    private static void AlterDefault(ChangePlan plan, SchemaChange change, string column, Column from, Column to)
    {
        var old = from.Default is { } previous ? $"{column} SET DEFAULT {previous.Text}" : $"{column} DROP DEFAULT";
        if (to.Default is { } value)
        {
            plan.Add(PlanPhase.SetDefaults, change, $"{column} SET DEFAULT {value.Text}", old);
        }
        else
        {
            plan.Add(PlanPhase.DropDefaults, change, $"{column} DROP DEFAULT", old);
        }
    }

    private static void AlterIdentity(ChangePlan plan, SchemaChange change, Table table, string column, Column from, Column to)
    {
        plan.Identities.TryGetValue((table.Name, to.Name), out var sequence);
        var add = $"{column} ADD {ColumnWriter.Identity(table.Name, to, sequence)}";
        if (to.Identity == IdentityKind.None)
        {
            plan.Add(PlanPhase.DropDefaults, change, $"{column} DROP IDENTITY", $"{column} ADD {ObjectText.Of(from.Identity)}");
        }
        else if (from.Identity == IdentityKind.None)
        {
            plan.Add(
                PlanPhase.SetDefaults,
                change,
                add,
                $"{column} DROP IDENTITY",
                note: $"The sequence must be set behind the largest {table.Name.Name}.{to.Name} that exists.");
        }
        else
        {
            plan.Add(PlanPhase.SetDefaults, change, $"{column} SET GENERATED {Kind(to)}", $"{column} SET GENERATED {Kind(from)}");
        }

        static string Kind(Column c) => c.Identity == IdentityKind.Always ? "ALWAYS" : "BY DEFAULT";
    }

    private static void AlterGenerated(ChangePlan plan, SchemaChange change, Table table, string column, Column from, Column to)
    {
        if (to.Generated is null)
        {
            plan.Add(PlanPhase.DropDefaults, change, $"{column} DROP EXPRESSION");
            if (to.Default is { } value)
            {
                plan.Add(PlanPhase.SetDefaults, change, $"{column} SET DEFAULT {value.Text}");
            }

            return;
        }

        // An expression can't be set on a column that exists: the column is made again, and PostgreSQL computes its values.
        var alter = TableWriter.Alter(table.Name);
        var safety = from.Generated is null ? ChangeSafety.Destructive : ChangeSafety.Safe;
        plan.Add(
            PlanPhase.DropDefaults,
            change,
            $"{alter} DROP COLUMN {SqlIdentifier.Quote(to.Name)}",
            safety: safety,
            note: safety == ChangeSafety.Destructive ? $"The values of {table.Name.Name}.{to.Name} are computed anew." : null);
        plan.Add(PlanPhase.AlterColumns, change, $"{alter} ADD COLUMN {ColumnWriter.Definition(table.Name, to, null)}");
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
                $"{column} SET STATISTICS {(to.StatisticsTarget ?? -1).ToString(System.Globalization.CultureInfo.InvariantCulture)}");
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
