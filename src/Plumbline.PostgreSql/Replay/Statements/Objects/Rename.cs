using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Constraints;
using Plumbline.PostgreSql.Replay.Statements.Types;
using Plumbline.PostgreSql.Sql.Ast.Objects;

namespace Plumbline.PostgreSql.Replay.Statements.Objects;

/// <summary>ALTER … RENAME (<c>RenameRelation</c>, <c>renameatt</c>, <c>RenameConstraint</c> and their kin).</summary>
internal static class Rename
{
    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, RenameStatement statement)
    {
        switch (statement.Member)
        {
            case SqlObjectKind.Column or SqlObjectKind.Attribute:
                RenameColumn(execution, statement);
                break;
            case SqlObjectKind.Constraint or SqlObjectKind.DomainConstraint:
                RenameConstraint(execution, statement);
                break;
            default:
                RenameObject(execution, statement);
                break;
        }
    }

    private static void RenameColumn(Execution execution, RenameStatement statement)
    {
        // Which kind of relation the statement names is not looked at (renameatt_check).
        var relation = FindRelation(execution, statement, anyKind: statement.Object.Kind != SqlObjectKind.Type);
        if (relation is null)
        {
            return;
        }

        if (relation.Kind is not ('r' or 'v' or 'm' or 'c' or 'i' or 'I' or 'f' or 'p'))
        {
            throw new RefusedException(new SqlError("42809", $"cannot rename columns of relation \"{relation.Name}\"") { Detail = $"This operation is not supported for {Sequences.KindDetail(relation.Kind)}." });
        }

        if (relation.Row.OfType is not null)
        {
            throw new RefusedException("42809", "cannot rename column of typed table");
        }

        var from = statement.OldName!.Value.Name;
        var to = statement.NewName.Name;
        if (statement.Object.IsOnly && relation.Children.Items.Length > 0)
        {
            throw new RefusedException("42P16", $"inherited column \"{from}\" must be renamed in child tables too");
        }

        if (relation.IsIndex)
        {
            RenameIndexColumn(relation, from, to);
        }
        else
        {
            RenameColumn(execution, relation, from, to, expectedParents: 0);
        }
    }

    // The columns of an index have names of their own, which nothing shows.
    private static void RenameIndexColumn(RelationObject index, string from, string to)
    {
        var info = index.Row.Index!;
        for (var i = 0; i < info.Keys.Length; i++)
        {
            if (info.Keys[i].Name == from)
            {
                if (info.Keys.Any(k => k.Name == to))
                {
                    throw new RefusedException("42701", $"column \"{to}\" of relation \"{index.Name}\" already exists");
                }

                index.SetQuietly(index.Row with { Index = info with { Keys = info.Keys.SetItem(i, info.Keys[i] with { Name = to }) } });
                return;
            }
        }

        throw new RefusedException("42703", $"column \"{from}\" does not exist");
    }

    private static void RenameColumn(Execution execution, RelationObject relation, string from, string to, int expectedParents)
    {
        foreach (var child in relation.Children.Items)
        {
            RenameColumn(execution, child, from, to, expectedParents + 1);
        }

        if (relation.FindColumn(from) is not { } column)
        {
            throw SystemColumns.Contains(from)
                ? new RefusedException("0A000", $"cannot rename system column \"{from}\"")
                : new RefusedException("42703", $"column \"{from}\" does not exist");
        }

        if (column.Row.InheritCount > expectedParents)
        {
            throw new RefusedException("42P16", $"cannot rename inherited column \"{from}\"");
        }

        if (SystemColumns.Contains(to))
        {
            throw new RefusedException("42701", $"column name \"{to}\" conflicts with a system column name");
        }

        if (relation.FindColumn(to) is not null)
        {
            throw new RefusedException("42701", $"column \"{to}\" of relation \"{relation.Name}\" already exists");
        }

        column.Row = column.Row with { Name = to };
    }

    private static void RenameConstraint(Execution execution, RenameStatement statement)
    {
        var from = statement.OldName!.Value.Name;
        var to = statement.NewName.Name;
        if (statement.Object.Kind == SqlObjectKind.Domain)
        {
            var domain = CreateType.Find(execution, statement.Object.Type?.Name ?? statement.Object.Name!);
            if (domain.Kind != PgTypeKind.Domain)
            {
                throw new RefusedException("42809", $"{execution.Database.FormatType(domain.Oid)} is not a domain");
            }

            var own = domain.Constraints.Items.FirstOrDefault(c => c.Name == from) ?? throw new RefusedException("42704", $"constraint \"{from}\" for domain {execution.Database.FormatType(domain.Oid)} does not exist");
            if (domain.Constraints.Items.Any(c => c.Name == to))
            {
                throw new RefusedException("42710", $"constraint \"{to}\" for domain {execution.Database.FormatType(domain.Oid)} already exists");
            }

            execution.Database.Rename(own, to);
            return;
        }

        if (FindRelation(execution, statement) is not { } relation)
        {
            return;
        }

        var constraint = relation.FindConstraint(from) ?? throw new RefusedException("42704", $"constraint \"{from}\" for table \"{relation.Name}\" does not exist");
        if (constraint.Row.InheritCount > 0)
        {
            throw new RefusedException("42P16", $"cannot rename inherited constraint \"{from}\"");
        }

        if (constraint.Row.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique or ConstraintKind.Exclusion && constraint.Row.Index is { } index)
        {
            // The index is renamed, and the constraint with it.
            RenameRelation(execution, index, to);
            return;
        }

        if (constraint.Row.Kind == ConstraintKind.Check && !constraint.Row.NoInherit)
        {
            RenameInChildren(execution, relation, from, to);
        }

        CheckConstraintName(relation, to);
        execution.Database.Rename(constraint, to);
    }

    private static void RenameInChildren(Execution execution, RelationObject relation, string from, string to)
    {
        foreach (var child in relation.Children.Items)
        {
            RenameInChildren(execution, child, from, to);
            if (child.FindConstraint(from) is { } inherited)
            {
                CheckConstraintName(child, to);
                execution.Database.Rename(inherited, to);
            }
        }
    }

    private static void CheckConstraintName(RelationObject relation, string name)
    {
        if (relation.FindConstraint(name) is not null)
        {
            throw new RefusedException("42710", $"constraint \"{name}\" for relation \"{relation.Name}\" already exists");
        }
    }

    private static RelationObject? FindRelation(Execution execution, RenameStatement statement, bool anyKind = false)
    {
        var name = statement.Object.Name ?? statement.Object.Type!.Name;
        var relation = execution.TryRelation(name, statement.IfExists);
        if (relation is null)
        {
            return statement.IfExists ? null : throw execution.MissingRelation(name);
        }

        if (!anyKind)
        {
            CheckKind(statement.Object.Kind, relation);
        }

        return relation;
    }

    private static void CheckKind(SqlObjectKind kind, RelationObject relation)
    {
        var (fits, word) = kind switch
        {
            SqlObjectKind.Sequence => (relation.Kind == 'S', "a sequence"),
            SqlObjectKind.View => (relation.Kind == 'v', "a view"),
            SqlObjectKind.MaterializedView => (relation.Kind == 'm', "a materialized view"),
            SqlObjectKind.ForeignTable => (relation.Kind == 'f', "a foreign table"),
            SqlObjectKind.Type => (relation.Kind == 'c', "a composite type"),
            _ => (true, ""),
        };
        if (!fits)
        {
            throw new RefusedException("42809", $"\"{relation.Name}\" is not {word}");
        }
    }

    private static void RenameObject(Execution execution, RenameStatement statement)
    {
        var to = statement.NewName.Name;
        switch (statement.Object.Kind)
        {
            case SqlObjectKind.Table or SqlObjectKind.View or SqlObjectKind.MaterializedView or SqlObjectKind.Index or SqlObjectKind.Sequence or SqlObjectKind.ForeignTable:
                if (FindRelation(execution, statement) is { } relation)
                {
                    if (relation.Kind == 'c')
                    {
                        throw new RefusedException(new SqlError("42809", $"\"{relation.Name}\" is a composite type") { Hint = "Use ALTER TYPE instead." });
                    }

                    RenameRelation(execution, relation, to);
                }

                break;
            case SqlObjectKind.Type or SqlObjectKind.Domain:
                RenameType(execution, statement, to);
                break;
            default:
                RenameOther(execution, statement, to);
                break;
        }
    }

    /// <summary>Gives a relation another name, with its row type or constraint (<c>RenameRelationInternal</c>).</summary>
    public static void RenameRelation(Execution execution, RelationObject relation, string to)
    {
        var database = execution.Database;
        if (database.FindRelation(relation.Namespace, to) is not null)
        {
            throw new RefusedException("42P07", $"relation \"{to}\" already exists");
        }

        var from = relation.Name;
        if (relation.Row.RowType is { } type)
        {
            RenameTypeWithArray(execution, type, to);
        }

        database.Rename(relation, relation.Namespace, to);
        if (relation.Row.Index?.Constraint is { } constraint)
        {
            CheckConstraintName(relation.Row.Index.Table, to);
            database.Rename(constraint, to);
        }
    }

    private static void RenameTypeWithArray(Execution execution, TypeObject type, string to)
    {
        var database = execution.Database;
        if (database.FindOwnType(type.Namespace, to) is { } taken && !CreateType.MoveArray(execution, taken))
        {
            throw new RefusedException("42710", $"type \"{to}\" already exists");
        }

        database.Rename(type, type.Namespace, to);
        if (type.Row.ArrayType is { } array)
        {
            // Its own name does not block it.
            var name = ImplicitNames.Join("", to, null);
            database.Rename(array, array.Namespace, database.FindOwnType(array.Namespace, name) is null ? name : ImplicitNames.ForArray(database, array.Namespace, to));
        }
    }

    private static void RenameType(Execution execution, RenameStatement statement, string to)
    {
        var name = statement.Object.Type?.Name ?? statement.Object.Name!;
        var type = CreateType.Find(execution, name);
        var display = execution.Database.FormatType(type.Oid);
        if (statement.Object.Kind == SqlObjectKind.Domain && type.Kind != PgTypeKind.Domain)
        {
            throw new RefusedException("42809", $"{display} is not a domain");
        }

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

        if (type.Row.Relation is { } composite)
        {
            RenameRelation(execution, composite, to);
            return;
        }

        var from = type.Name;
        RenameTypeWithArray(execution, type, to);
    }

    private static void RenameOther(Execution execution, RenameStatement statement, string to)
    {
        var database = execution.Database;
        CheckHolder(execution, statement);
        if (ObjectFinder.Find(execution, statement.Object, statement.IfExists) is not { } address)
        {
            return;
        }

        switch (address.Object)
        {
            case NamespaceObject schema:
                if (database.FindNamespace(to) is not null)
                {
                    throw new RefusedException("42P06", $"schema \"{to}\" already exists");
                }

                CheckSchemaName(to);
                var oldSchema = schema.Name;
                database.Rename(schema, to);
                break;
            case RoleObject role:
                if (database.FindRole(to) is not null)
                {
                    throw new RefusedException("42710", $"role \"{to}\" already exists");
                }

                var oldRole = role.Name;
                database.Rename(role, to);
                break;
            case FunctionObject function:
                RenameFunction(execution, function, to);
                break;
            case TriggerObject trigger:
                if (trigger.Table.Triggers.Items.Any(t => t.Name == to))
                {
                    throw new RefusedException("42710", $"trigger \"{to}\" for relation \"{trigger.Table.Name}\" already exists");
                }

                RenameTrigger(execution, trigger, to);
                break;
            case PolicyObject policy:
                if (policy.Table.Policies.Items.Any(p => p.Name == to))
                {
                    throw new RefusedException("42710", $"policy \"{to}\" for table \"{policy.Table.Name}\" already exists");
                }

                var oldPolicy = policy.Name;
                policy.Row = policy.Row with { Name = to };
                break;
            case RuleObject rule:
                if (rule.Table.Rules.Items.Any(r => r.Name == to))
                {
                    throw new RefusedException("42710", $"rule \"{to}\" for relation \"{rule.Table.Name}\" already exists");
                }

                var oldRule = rule.Name;
                rule.Row = rule.Row with { Name = to };
                break;
            case PublicationObject publication:
                if (database.FindPublication(to) is not null)
                {
                    throw new RefusedException("42710", $"publication \"{to}\" already exists");
                }

                var oldPublication = publication.Name;
                database.Rename(publication, to);
                break;
            case PlainObject other:
                database.Rename(other, other.Row.Namespace, to);
                break;
        }
    }

    // RangeVarCallbackForPolicy, RangeVarCallbackForRenameTrigger, RangeVarCallbackForRenameRule
    private static void CheckHolder(Execution execution, RenameStatement statement)
    {
        if (statement.Object.On is not { } name || execution.TryRelation(name, missingOk: true) is not { } relation)
        {
            return;
        }

        switch (statement.Object.Kind)
        {
            case SqlObjectKind.Policy when !relation.IsTable:
                throw new RefusedException("42809", $"\"{relation.Name}\" is not a table");
            case SqlObjectKind.Trigger when relation.Kind is not ('r' or 'v' or 'f' or 'p'):
                throw CannotHave(relation, "triggers");
            case SqlObjectKind.Rule when relation.Kind is not ('r' or 'v' or 'p'):
                throw CannotHave(relation, "rules");
        }
    }

    private static RefusedException CannotHave(RelationObject relation, string what) =>
        new(new SqlError("42809", $"relation \"{relation.Name}\" cannot have {what}") { Detail = $"This operation is not supported for {Sequences.KindDetail(relation.Kind)}." });

    private static void RenameTrigger(Execution execution, TriggerObject trigger, string to)
    {
        var from = trigger.Name;
        trigger.Row = trigger.Row with { Name = to };
        foreach (var child in trigger.Table.Children.Items)
        {
            if (child.Triggers.Items.FirstOrDefault(t => t.Row.Parent == trigger) is { } clone)
            {
                RenameTrigger(execution, clone, to);
            }
        }
    }

    private static void RenameFunction(Execution execution, FunctionObject function, string to)
    {
        var database = execution.Database;
        CheckFunctionName(execution, function, function.Namespace, to);
        var from = function.Name;
        database.Rename(function, function.Namespace, to);
    }

    /// <summary>Refuses a name that a function with the same arguments has (<c>IsThereFunctionInNamespace</c>).</summary>
    public static void CheckFunctionName(Execution execution, FunctionObject function, NamespaceObject schema, string name)
    {
        var database = execution.Database;
        if (database.FindOwnFunctions(schema, name).Any(f => f.View.ArgumentTypes.AsSpan().SequenceEqual(function.View.ArgumentTypes.AsSpan())))
        {
            var signature = $"{name}({string.Join(", ", function.View.ArgumentTypes.Select(t => database.FormatType(t)))})";
            throw new RefusedException("42723", $"function {signature} already exists in schema \"{schema.Name}\"");
        }
    }

    /// <summary>Refuses names that only the server gives to schemas.</summary>
    public static void CheckSchemaName(string name)
    {
        if (name.StartsWith("pg_", StringComparison.Ordinal))
        {
            throw new RefusedException(new SqlError("42939", $"unacceptable schema name \"{name}\"") { Detail = "The prefix \"pg_\" is reserved for system schemas." });
        }
    }
}
