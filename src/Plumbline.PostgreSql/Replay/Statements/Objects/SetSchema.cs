using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Types;
using Plumbline.PostgreSql.Sql.Ast.Objects;

namespace Plumbline.PostgreSql.Replay.Statements.Objects;

/// <summary>ALTER … SET SCHEMA (<c>AlterTableNamespace</c>, <c>AlterTypeNamespace</c>, <c>AlterObjectNamespace_internal</c>).</summary>
internal static class SetSchema
{
    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, SetSchemaStatement statement)
    {
        if (statement.Object.Kind == SqlObjectKind.Extension)
        {
            Extensions.Move(execution, statement);
            return;
        }

        if (statement.Object.Kind is SqlObjectKind.Table or SqlObjectKind.View or SqlObjectKind.MaterializedView or SqlObjectKind.Sequence or SqlObjectKind.ForeignTable)
        {
            MoveRelation(execution, statement);
            return;
        }

        if (ObjectFinder.Find(execution, statement.Object, statement.IfExists) is not { } address)
        {
            return;
        }

        var target = execution.Namespace(statement.NewSchema.Name);
        switch (address.Object)
        {
            case TypeObject type:
                MoveType(execution, type, target);
                break;
            case FunctionObject function when function.Namespace != target:
                Rename.CheckFunctionName(execution, function, target, function.Name);
                var from = function.Namespace.Name;
                MoveDependency(execution.Database, function, function.Namespace, target);
                execution.Database.Rename(function, target, function.Name);
                break;
            case PlainObject other:
                execution.Database.Rename(other, target, other.Row.Name);
                break;
        }
    }

    private static void MoveRelation(Execution execution, SetSchemaStatement statement)
    {
        var name = statement.Object.Name!;
        var relation = execution.TryRelation(name, statement.IfExists);
        if (relation is null)
        {
            if (statement.IfExists)
            {
                return;
            }

            throw execution.MissingRelation(name);
        }

        CheckKind(statement.Object.Kind, relation);
        if (relation.Row.Sequence is { OwnerTable: { } owner })
        {
            throw new RefusedException(new SqlError("0A000", "cannot move an owned sequence into another schema") { Detail = $"Sequence \"{relation.Name}\" is linked to table \"{owner.Name}\"." });
        }

        var target = execution.Namespace(statement.NewSchema.Name);
        if (relation.Namespace == target)
        {
            return;
        }

        var from = relation.Namespace;
        Move(execution, relation, target);
    }

    private static void CheckKind(SqlObjectKind kind, RelationObject relation)
    {
        var (fits, word) = kind switch
        {
            SqlObjectKind.Sequence => (relation.Kind == 'S', "a sequence"),
            SqlObjectKind.View => (relation.Kind == 'v', "a view"),
            SqlObjectKind.MaterializedView => (relation.Kind == 'm', "a materialized view"),
            SqlObjectKind.ForeignTable => (relation.Kind == 'f', "a foreign table"),
            _ => (true, ""),
        };
        if (!fits)
        {
            throw new RefusedException("42809", $"\"{relation.Name}\" is not {word}");
        }

        if (relation.Kind == 'c')
        {
            throw new RefusedException(new SqlError("42809", $"\"{relation.Name}\" is a composite type") { Hint = "Use ALTER TYPE instead." });
        }

        if (relation.IsIndex)
        {
            throw new RefusedException(new SqlError("42809", $"cannot change schema of index \"{relation.Name}\"") { Hint = "Change the schema of the table instead." });
        }
    }

    // AlterTableNamespaceInternal: with the row type, the indexes, the sequences that columns own, and the constraints.
    private static void Move(Execution execution, RelationObject relation, NamespaceObject target)
    {
        var database = execution.Database;
        var from = relation.Namespace;
        if (database.FindRelation(target, relation.Name) is not null)
        {
            throw new RefusedException("42P07", $"relation \"{relation.Name}\" already exists in schema \"{target.Name}\"");
        }

        MoveDependency(database, relation, from, target);
        database.Rename(relation, target, relation.Name);
        if (relation.Row.RowType is { } type)
        {
            MoveTypeOnly(execution, type, target);
        }

        foreach (var index in relation.Indexes.Items)
        {
            if (database.FindRelation(target, index.Name) is not null)
            {
                throw new RefusedException("42P07", $"relation \"{index.Name}\" already exists in schema \"{target.Name}\"");
            }

            database.Rename(index, target, index.Name);
        }

        database.MoveConstraints(relation.Constraints.Items, from, target);
        foreach (var sequence in relation.ReferencedBy.Items.Where(d => d.Referenced.Column > 0).Select(d => d.Dependent.Object).OfType<RelationObject>().Where(r => r.Kind == 'S').OrderBy(r => r.Oid).ToList())
        {
            if (sequence.Row.Sequence!.OwnerTable == relation && sequence.Namespace != target)
            {
                if (database.FindRelation(target, sequence.Name) is not null)
                {
                    throw new RefusedException("42P07", $"relation \"{sequence.Name}\" already exists in schema \"{target.Name}\"");
                }

                MoveDependency(database, sequence, sequence.Namespace, target);
                database.Rename(sequence, target, sequence.Name);
            }
        }
    }

    private static void MoveType(Execution execution, TypeObject type, NamespaceObject target)
    {
        var display = execution.Database.FormatType(type.Oid);
        if (type.Row.Relation is { Kind: not 'c' })
        {
            throw new RefusedException(new SqlError("42809", $"{display} is a table's row type") { Hint = "Use ALTER TABLE instead." });
        }

        if (type.Row.IsArray)
        {
            throw new RefusedException(new SqlError("42809", $"cannot alter array type {display}")
            {
                Hint = $"You can alter type {execution.Database.FormatType(type.Row.ElementOid)}, which will alter the array type as well.",
            });
        }

        if (type.Namespace == target)
        {
            return;
        }

        var from = type.Namespace;
        if (type.Row.Relation is { } relation)
        {
            execution.Database.Rename(relation, target, relation.Name);
        }

        MoveDependency(execution.Database, type, from, target);
        MoveTypeOnly(execution, type, target);
        execution.Database.MoveConstraints(type.Constraints.Items, from, target);
    }

    private static void MoveTypeOnly(Execution execution, TypeObject type, NamespaceObject target)
    {
        var database = execution.Database;
        if (database.FindOwnType(target, type.Name) is { } taken && !CreateType.MoveArray(execution, taken))
        {
            throw new RefusedException("42710", $"type \"{type.Name}\" already exists in schema \"{target.Name}\"");
        }

        database.Rename(type, target, type.Name);
        if (type.Row.ArrayType is { } array)
        {
            database.Rename(array, target, database.FindOwnType(target, array.Name) is null ? array.Name : ImplicitNames.ForArray(database, target, type.Name));
        }
    }

    private static void MoveDependency(Database database, CatalogObject item, NamespaceObject from, NamespaceObject to)
    {
        Database.ForgetDependencies(new ObjectAddress(item), d => d.Referenced.Object == from);
        database.Depend(new ObjectAddress(item), new ObjectAddress(to), DependencyType.Normal);
    }
}
