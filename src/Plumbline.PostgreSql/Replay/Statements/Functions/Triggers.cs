using System.Collections.Immutable;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Indexes;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Statements.Functions;

/// <summary>CREATE TRIGGER (<c>CreateTriggerFiringOn</c>). PostgreSQL documentation, "CREATE TRIGGER".</summary>
internal static class Triggers
{
    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, CreateTriggerStatement statement)
    {
        var database = execution.Database;
        var table = Relations.Open(execution.Relation(statement.Table));
        var timing = statement.Timing switch { "BEFORE" => TriggerTiming.Before, "INSTEAD OF" => TriggerTiming.InsteadOf, _ => TriggerTiming.After };
        var events = Events(statement);
        CheckKind(table, statement, timing, events);
        var referenced = statement.From is null ? null : execution.Relation(statement.From);
        CheckForm(statement, timing, events);
        var shape = new TriggerShape(statement.ForEachRow, timing == TriggerTiming.Before, events.HasFlag(TriggerEvents.Insert), events.HasFlag(TriggerEvents.Update), events.HasFlag(TriggerEvents.Delete));
        var when = statement.When is null ? null : execution.Binder.TriggerWhen(statement.When, table, shape);
        var function = FindFunction(execution, statement.Function);
        var existing = table.Triggers.Items.FirstOrDefault(t => t.Name == statement.Name.Name);
        if (existing is not null)
        {
            if (!statement.OrReplace)
            {
                throw new RefusedException("42710", $"trigger \"{statement.Name.Name}\" for relation \"{table.Name}\" already exists");
            }

            if (existing.Row.Parent is not null)
            {
                throw new RefusedException("42710", $"trigger \"{statement.Name.Name}\" for relation \"{table.Name}\" is an internal or a child trigger");
            }

            if (existing.Row.Constraint is not null || statement.IsConstraint)
            {
                throw new RefusedException("42710", $"trigger \"{statement.Name.Name}\" for relation \"{table.Name}\" is a constraint trigger");
            }
        }

        var columns = Columns(table, statement.UpdateColumns);
        var row = new TriggerRow(statement.Name.Name, timing, events, function)
        {
            UpdateColumns = columns,
            ForEachRow = statement.ForEachRow,
            When = when,
            Arguments = statement.Arguments,
            ReferencedTable = referenced,
            OldTable = statement.OldTable?.Name,
            NewTable = statement.NewTable?.Name,
        };
        if (existing is not null)
        {
            existing.Row = row with { Comment = existing.Row.Comment };
            Database.ForgetDependencies(new ObjectAddress(existing));
            DependOn(database, existing);
            return;
        }

        var trigger = Add(execution, table, row, statement);
        CloneToPartitions(execution, trigger);
    }

    /// <summary>Gives a partition the trigger that its table has.</summary>
    public static void Clone(Execution execution, TriggerObject trigger, RelationObject partition)
    {
        var database = execution.Database;
        if (partition.Triggers.Items.Any(t => t.Name == trigger.Name))
        {
            throw new RefusedException("42710", $"trigger \"{trigger.Name}\" for relation \"{partition.Name}\" already exists");
        }

        var clone = new TriggerObject(database, database.NextOid(), partition, trigger.Row with
        {
            Parent = trigger,
            UpdateColumns = PartitionIndexes.MapColumns(trigger.Table, partition, trigger.Row.UpdateColumns),
            Comment = null,
        });
        database.AddMember(clone);
        partition.Triggers.Add(clone);
        database.Depend(new ObjectAddress(clone), new ObjectAddress(trigger), DependencyType.Partition);
        database.Depend(new ObjectAddress(clone), new ObjectAddress(partition), DependencyType.Auto);
        CloneToPartitions(execution, clone);
    }

    private static void CloneToPartitions(Execution execution, TriggerObject trigger)
    {
        if (!trigger.Row.ForEachRow)
        {
            return;
        }

        foreach (var child in trigger.Table.Children.Items)
        {
            if (child.Row.IsPartition)
            {
                Clone(execution, trigger, child);
            }
        }
    }

    private static TriggerObject Add(Execution execution, RelationObject table, TriggerRow row, CreateTriggerStatement statement)
    {
        var database = execution.Database;
        ConstraintObject? constraint = null;
        if (statement.IsConstraint)
        {
            var deferrable = statement.IsDeferrable || statement.IsInitiallyDeferred;
            constraint = new ConstraintObject(database, database.NextOid(), new ConstraintRow(row.Name, ConstraintKind.Trigger) { Table = table, IsDeferrable = deferrable, IsDeferred = statement.IsInitiallyDeferred });
            database.Add(constraint);
            database.Depend(new ObjectAddress(constraint), new ObjectAddress(table), DependencyType.Auto);
        }

        var trigger = new TriggerObject(database, database.NextOid(), table, row with { Constraint = constraint });
        database.AddMember(trigger);
        table.Triggers.Add(trigger);
        if (constraint is not null)
        {
            database.Depend(new ObjectAddress(constraint), new ObjectAddress(trigger), DependencyType.Internal);
        }

        DependOn(database, trigger);
        return trigger;
    }

    private static void DependOn(Database database, TriggerObject trigger)
    {
        var address = new ObjectAddress(trigger);
        database.DependOn(address, new ObjectDependency(DependencyKind.Function, trigger.Row.FunctionOid), DependencyType.Normal);
        database.Depend(address, new ObjectAddress(trigger.Table), DependencyType.Auto);
        if (trigger.Row.ReferencedTable is { } referenced)
        {
            database.Depend(address, new ObjectAddress(referenced), DependencyType.Auto);
        }

        foreach (var column in trigger.Row.UpdateColumns)
        {
            database.Depend(address, new ObjectAddress(trigger.Table, column), DependencyType.Normal);
        }

        database.DependOn(address, trigger.Row.When, DependencyType.Normal);
    }

    private static TriggerEvents Events(CreateTriggerStatement statement)
    {
        var events = TriggerEvents.None;
        foreach (var name in statement.Events)
        {
            var one = Enum.Parse<TriggerEvents>(name, ignoreCase: true);
            if (events.HasFlag(one))
            {
                throw new RefusedException("42601", "duplicate trigger events specified");
            }

            events |= one;
        }

        return events;
    }

    private static void CheckKind(RelationObject table, CreateTriggerStatement statement, TriggerTiming timing, TriggerEvents events)
    {
        switch (table.Kind)
        {
            case 'r' or 'p':
                if (timing == TriggerTiming.InsteadOf)
                {
                    throw Wrong(table, "a table", "Tables cannot have INSTEAD OF triggers.");
                }

                if (table.Kind == 'p' && statement.ForEachRow && (statement.OldTable ?? statement.NewTable) is not null)
                {
                    throw Wrong(table, "a partitioned table", "Triggers on partitioned tables cannot have transition tables.", "0A000");
                }

                break;
            case 'v':
                if (timing != TriggerTiming.InsteadOf && statement.ForEachRow)
                {
                    throw Wrong(table, "a view", "Views cannot have row-level BEFORE or AFTER triggers.");
                }

                if (events.HasFlag(TriggerEvents.Truncate))
                {
                    throw Wrong(table, "a view", "Views cannot have TRUNCATE triggers.");
                }

                break;
            case 'f':
                if (timing == TriggerTiming.InsteadOf)
                {
                    throw Wrong(table, "a foreign table", "Foreign tables cannot have INSTEAD OF triggers.");
                }

                break;
            default:
                throw new RefusedException(new SqlError("42809", $"relation \"{table.Name}\" cannot have triggers") { Detail = $"This operation is not supported for {Sequences.KindDetail(table.Kind)}." });
        }
    }

    private static RefusedException Wrong(RelationObject table, string what, string detail, string state = "42809") => new(new SqlError(state, $"\"{table.Name}\" is {what}") { Detail = detail });

    private static void CheckForm(CreateTriggerStatement statement, TriggerTiming timing, TriggerEvents events)
    {
        if (events.HasFlag(TriggerEvents.Truncate) && statement.ForEachRow)
        {
            throw new RefusedException("0A000", "TRUNCATE FOR EACH ROW triggers are not supported");
        }

        if (timing == TriggerTiming.InsteadOf)
        {
            if (!statement.ForEachRow)
            {
                throw new RefusedException("0A000", "INSTEAD OF triggers must be FOR EACH ROW");
            }

            if (statement.When is not null)
            {
                throw new RefusedException("0A000", "INSTEAD OF triggers cannot have WHEN conditions");
            }

            if (!statement.UpdateColumns.IsEmpty)
            {
                throw new RefusedException("0A000", "INSTEAD OF triggers cannot have column lists");
            }
        }

        if ((statement.OldTable ?? statement.NewTable) is not null && timing != TriggerTiming.After)
        {
            throw new RefusedException("42P17", "transition table name can only be specified for an AFTER trigger");
        }
    }

    private static uint FindFunction(Execution execution, QualifiedName name)
    {
        var database = execution.Database;
        IEnumerable<string> schemas = name.Schema is { } schema ? [schema] : database.SearchPath;
        if (name.Schema is { } missing && !database.HasSchema(missing))
        {
            throw new RefusedException("3F000", $"schema \"{missing}\" does not exist");
        }

        foreach (var candidate in schemas)
        {
            foreach (var function in database.FindFunctions(candidate, name.Name))
            {
                if (function.ArgumentTypes.IsEmpty)
                {
                    return function.ReturnTypeOid == TypeOids.Trigger ? function.Oid : throw new RefusedException("42P17", $"function {name} must return type trigger");
                }
            }
        }

        throw database.HasUnknownObjects && name.Schema is null
            ? new CannotKnowException($"Function \"{name}\" may belong to an extension that the replay does not know.")
            : new RefusedException("42883", $"function {name}() does not exist");
    }

    private static ImmutableArray<short> Columns(RelationObject table, ImmutableArray<Identifier> names)
    {
        var numbers = ImmutableArray.CreateBuilder<short>();
        foreach (var name in names)
        {
            var column = table.FindColumn(name.Name) ?? throw new RefusedException("42703", $"column \"{name.Name}\" of relation \"{table.Name}\" does not exist");
            if (numbers.Contains(column.Number))
            {
                throw new RefusedException("42701", $"column \"{name.Name}\" specified more than once");
            }

            numbers.Add(column.Number);
        }

        return numbers.ToImmutable();
    }
}
