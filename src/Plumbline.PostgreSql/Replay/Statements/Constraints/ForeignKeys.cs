using System.Collections.Immutable;
using Plumbline.PostgreSql.Expressions.Analysis;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Indexes;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Statements.Constraints;

/// <summary>FOREIGN KEY constraints (<c>ATAddForeignKeyConstraint</c>). PostgreSQL documentation, "Foreign Keys".</summary>
internal static class ForeignKeys
{
    /// <summary>Makes the constraint.</summary>
    /// <param name="execution">The session.</param>
    /// <param name="table">The referencing table.</param>
    /// <param name="definition">The constraint.</param>
    /// <param name="columns">The referencing columns.</param>
    /// <param name="isNewTable">Whether the table was made by the same statement, so that NOT VALID means nothing.</param>
    public static ConstraintObject Create(Execution execution, RelationObject table, ForeignKeyDefinition definition, ImmutableArray<Identifier> columns, bool isNewTable)
    {
        var database = execution.Database;
        string name;
        if (definition.Name is { } given)
        {
            name = given.Name;
            if (table.FindConstraint(name) is not null)
            {
                throw new RefusedException("42710", $"constraint \"{name}\" for relation \"{table.Name}\" already exists");
            }
        }
        else
        {
            name = ImplicitNames.ForConstraint(database, table.Namespace, table.Name, ImplicitNames.Columns(columns.Select(c => c.Name)), "fkey", []);
        }

        var referenced = Relations.Open(execution.Relation(definition.ReferencedTable));
        if (!referenced.IsTable)
        {
            throw new RefusedException("42809", $"referenced relation \"{referenced.Name}\" is not a table");
        }

        CheckPersistence(table, referenced);
        var own = Columns(table, columns);
        var deleteColumns = Columns(table, definition.OnDeleteColumns);
        foreach (var (column, i) in deleteColumns.Select((c, i) => (c, i)))
        {
            if (!own.Contains(column))
            {
                throw new RefusedException("42P10", $"column \"{definition.OnDeleteColumns[i].Name}\" referenced in ON DELETE SET action must be part of foreign key");
            }
        }

        ImmutableArray<short> keys;
        RelationObject index;
        if (definition.ReferencedColumns.IsEmpty)
        {
            (keys, index) = PrimaryKey(referenced);
        }
        else
        {
            keys = Columns(referenced, definition.ReferencedColumns);
            index = FindIndex(referenced, keys);
        }

        CheckGenerated(table, definition, own);
        if (own.Length != keys.Length)
        {
            throw new RefusedException("42830", "number of referencing and referenced columns for foreign key disagree");
        }

        if (definition.Match == ForeignKeyMatch.Partial)
        {
            throw new RefusedException("0A000", "MATCH PARTIAL not yet implemented");
        }

        for (var i = 0; i < own.Length; i++)
        {
            CheckTypes(execution, name, table.Column(own[i]), referenced.Column(keys[i]));
        }

        var constraint = new ConstraintObject(
            database,
            database.NextOid(),
            new ConstraintRow(name, ConstraintKind.ForeignKey)
            {
                Table = table,
                Columns = own,
                Index = index,
                ReferencedTable = referenced,
                ReferencedColumns = keys,
                OnDelete = Action(definition.OnDelete),
                OnUpdate = Action(definition.OnUpdate),
                OnDeleteColumns = deleteColumns,
                MatchFull = definition.Match == ForeignKeyMatch.Full,
                IsDeferrable = definition.IsDeferrable == true || definition.IsInitiallyDeferred == true,
                IsDeferred = definition.IsInitiallyDeferred == true,
                IsValidated = definition.IsEnforced != false && (isNewTable || !definition.IsNotValid),
                IsEnforced = definition.IsEnforced != false,
                HasPeriod = definition.HasPeriod,
            });
        Store(database, constraint);
        AddToPartitions(execution, constraint);
        return constraint;
    }

    /// <summary>Stores a foreign key with what it depends on.</summary>
    public static void Store(Database database, ConstraintObject constraint)
    {
        var row = constraint.Row;
        database.Add(constraint);
        foreach (var column in row.Columns.Distinct())
        {
            database.Depend(new ObjectAddress(constraint), new ObjectAddress(row.Table!, column), DependencyType.Auto);
        }

        foreach (var column in row.ReferencedColumns.Distinct())
        {
            database.Depend(new ObjectAddress(constraint), new ObjectAddress(row.ReferencedTable!, column), DependencyType.Normal);
        }

        database.Depend(new ObjectAddress(constraint), new ObjectAddress(row.Index!), DependencyType.Normal);
    }

    /// <summary>Gives the partitions of a table the foreign key that it has.</summary>
    public static void AddToPartitions(Execution execution, ConstraintObject constraint)
    {
        foreach (var child in constraint.Row.Table!.Children.Items)
        {
            if (child.Row.IsPartition)
            {
                Clone(execution, constraint, child);
            }
        }
    }

    /// <summary>Gives a partition the foreign key that its table has.</summary>
    public static void Clone(Execution execution, ConstraintObject constraint, RelationObject partition)
    {
        var database = execution.Database;
        var row = constraint.Row;
        var columns = PartitionIndexes.MapColumns(row.Table!, partition, row.Columns);
        var name = partition.FindConstraint(row.Name) is null
            ? row.Name
            : ImplicitNames.ForConstraint(database, partition.Namespace, partition.Name, ImplicitNames.Columns(columns.Select(c => partition.Column(c).Name)), "fkey", []);
        var clone = new ConstraintObject(
            database,
            database.NextOid(),
            row with
            {
                Name = name,
                Table = partition,
                Columns = columns,
                OnDeleteColumns = PartitionIndexes.MapColumns(row.Table!, partition, row.OnDeleteColumns),
                Parent = constraint,
                IsLocal = false,
                InheritCount = 1,
                Comment = null,
            });
        Store(database, clone);
        database.Depend(new ObjectAddress(clone), new ObjectAddress(constraint), DependencyType.Partition);
        AddToPartitions(execution, clone);
    }

    /// <summary>Whether the columns' types can be compared by the index of the referenced ones; else 42804.</summary>
    public static void CheckTypes(Execution execution, string name, ColumnObject column, ColumnObject key)
    {
        var database = execution.Database;
        var types = new TypeSystem(database);
        if (column.Row.TypeOid == 0 || key.Row.TypeOid == 0 || IsComparable(database, types, types.BaseType(key.Row.TypeOid), column.Row.TypeOid))
        {
            return;
        }

        throw new RefusedException(new SqlError("42804", $"foreign key constraint \"{name}\" cannot be implemented")
        {
            Detail = $"Key columns \"{column.Name}\" and \"{key.Name}\" are of incompatible types: {database.FormatType(column.Row.TypeOid)} and {database.FormatType(key.Row.TypeOid)}.",
        });
    }

    // The operator family of the index must have an equality operator of the two types, or the referencing one must become what the index compares by itself.
    private static bool IsComparable(Database database, TypeSystem types, uint key, uint column)
    {
        var own = types.BaseType(column);
        if (key == own)
        {
            return true;
        }

        var input = OperatorClasses.Default(database, types, key, "btree")?.InputOid ?? key;
        var family = OperatorFamilies.OfEquality(input);
        if (family != 0 && family == OperatorFamilies.OfEquality(own) && OperatorFamilies.HasCrossOperator(input, own))
        {
            return true;
        }

        // An enum or array is compared by a polymorphic operator: then the types themselves must agree.
        if (Expressions.Analysis.TypeSystem.IsPolymorphic(input))
        {
            return false;
        }

        return types.CanCoerce(column, input, CoercionContext.Implicit);
    }

    private static void CheckPersistence(RelationObject table, RelationObject referenced)
    {
        var message = (table.Row.Persistence, referenced.Row.Persistence) switch
        {
            ('p', not 'p') => "constraints on permanent tables may reference only permanent tables",
            ('u', 't') => "constraints on unlogged tables may reference only permanent or unlogged tables",
            ('t', not 't') => "constraints on temporary tables may reference only temporary tables",
            _ => null,
        };
        if (message is not null)
        {
            throw new RefusedException("42P16", message);
        }
    }

    private static ImmutableArray<short> Columns(RelationObject table, ImmutableArray<Identifier> names)
    {
        var numbers = ImmutableArray.CreateBuilder<short>(names.Length);
        foreach (var name in names)
        {
            if (table.FindColumn(name.Name) is not { } column)
            {
                throw SystemColumns.Contains(name.Name)
                    ? new RefusedException("0A000", "system columns cannot be used in foreign keys")
                    : new RefusedException("42703", $"column \"{name.Name}\" referenced in foreign key constraint does not exist");
            }

            numbers.Add(column.Number);
        }

        return numbers.ToImmutable();
    }

    private static (ImmutableArray<short> Columns, RelationObject Index) PrimaryKey(RelationObject table)
    {
        var key = table.PrimaryKey ?? throw new RefusedException("42704", $"there is no primary key for referenced table \"{table.Name}\"");
        if (key.Row.IsDeferrable)
        {
            throw new RefusedException("55000", $"cannot use a deferrable primary key for referenced table \"{table.Name}\"");
        }

        return (key.Row.Columns, key.Row.Index!);
    }

    private static RelationObject FindIndex(RelationObject table, ImmutableArray<short> columns)
    {
        if (columns.Distinct().Count() != columns.Length)
        {
            throw new RefusedException("42830", "foreign key referenced-columns list must not contain duplicates");
        }

        var deferrable = false;
        foreach (var index in table.Indexes.Items)
        {
            var info = index.Row.Index!;
            if (!info.IsUnique || info.Keys.Length != columns.Length || !info.IsValid || info.Predicate is not null || info.Keys.Any(k => k.Expression is not null || !columns.Contains(k.Column)))
            {
                continue;
            }

            if (!info.IsImmediate)
            {
                deferrable = true;
                continue;
            }

            return index;
        }

        throw deferrable
            ? new RefusedException("55000", $"cannot use a deferrable unique constraint for referenced table \"{table.Name}\"")
            : new RefusedException("42830", $"there is no unique constraint matching given keys for referenced table \"{table.Name}\"");
    }

    private static void CheckGenerated(RelationObject table, ForeignKeyDefinition definition, ImmutableArray<short> columns)
    {
        if (!columns.Any(c => table.Column(c).Row.IsGenerated))
        {
            return;
        }

        if (definition.OnUpdate is ForeignKeyAction.SetNull or ForeignKeyAction.SetDefault or ForeignKeyAction.Cascade)
        {
            throw new RefusedException("42601", "invalid ON UPDATE action for foreign key constraint containing generated column");
        }

        if (definition.OnDelete is ForeignKeyAction.SetNull or ForeignKeyAction.SetDefault)
        {
            throw new RefusedException("42601", "invalid ON DELETE action for foreign key constraint containing generated column");
        }
    }

    private static ReferentialAction Action(ForeignKeyAction action) => action switch
    {
        ForeignKeyAction.Restrict => ReferentialAction.Restrict,
        ForeignKeyAction.Cascade => ReferentialAction.Cascade,
        ForeignKeyAction.SetNull => ReferentialAction.SetNull,
        ForeignKeyAction.SetDefault => ReferentialAction.SetDefault,
        _ => ReferentialAction.NoAction,
    };
}
