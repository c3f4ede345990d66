using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Sql.Ast.Objects;

namespace Plumbline.PostgreSql.Replay.Statements.Access;

/// <summary>ALTER … OWNER TO, REASSIGN OWNED and DROP OWNED.</summary>
internal static class Ownership
{
    /// <summary>ALTER … OWNER TO of anything but a relation.</summary>
    public static void Run(Execution execution, AlterOwnerStatement statement)
    {
        if (statement.Object.Kind == SqlObjectKind.Database)
        {
            execution.Role(statement.Owner);
            return;
        }

        if (statement.Object.Kind is not (SqlObjectKind.Schema or SqlObjectKind.Type or SqlObjectKind.Domain or SqlObjectKind.Function or SqlObjectKind.Procedure or SqlObjectKind.Routine
            or SqlObjectKind.Aggregate or SqlObjectKind.Publication or SqlObjectKind.Table or SqlObjectKind.View or SqlObjectKind.MaterializedView or SqlObjectKind.Sequence))
        {
            execution.Role(statement.Owner);
            ObjectFinder.Find(execution, statement.Object, missingOk: false);
            return;
        }

        var owner = execution.Role(statement.Owner);
        var address = ObjectFinder.Find(execution, statement.Object, missingOk: false)!;
        switch (address.Object)
        {
            case NamespaceObject schema:
                schema.Row = schema.Row with { Acl = Privileges.ChangeOwner(schema.Row.Acl, schema.Row.Owner, owner), Owner = owner };
                break;
            case TypeObject type:
                ChangeType(type, owner);
                break;
            case FunctionObject function:
                function.Row = function.Row with { Acl = Privileges.ChangeOwner(function.Row.Acl, function.Row.Owner, owner), Owner = owner };
                break;
            case PublicationObject publication:
                publication.Row = publication.Row with { Owner = owner };
                break;
            case RelationObject relation:
                Change(execution, relation, owner);
                break;
        }
    }

    /// <summary>REASSIGN OWNED and DROP OWNED.</summary>
    public static void Run(Execution execution, OwnedStatement statement)
    {
        var roles = statement.Roles.Select(execution.Role).ToList();
        if (statement.NewOwner is not { } target)
        {
            if (roles.Exists(r => OwnsAnything(execution.Database, r)))
            {
                throw new CannotKnowException("DROP OWNED is not followed for roles that own objects.");
            }

            foreach (var role in roles)
            {
                Grants.RevokeEverything(execution.Database, role);
            }

            return;
        }

        var owner = execution.Role(target);
        foreach (var relation in execution.Database.Relations.Where(r => roles.Contains(r.Row.Owner)).ToList())
        {
            relation.Row = relation.Row with { Owner = owner };
        }

        foreach (var type in execution.Database.Types.Where(r => roles.Contains(r.Row.Owner)).ToList())
        {
            type.Row = type.Row with { Owner = owner };
        }

        foreach (var function in execution.Database.Functions.Where(r => roles.Contains(r.Row.Owner)).ToList())
        {
            function.Row = function.Row with { Owner = owner };
        }

        foreach (var schema in execution.Database.Namespaces.Where(r => roles.Contains(r.Row.Owner)).ToList())
        {
            schema.Row = schema.Row with { Owner = owner };
        }
    }

    /// <summary>Gives a relation to a role, with its indexes, sequences and row type (<c>ATExecChangeOwner</c>).</summary>
    public static void Change(Execution execution, RelationObject relation, RoleObject owner)
    {
        if (relation.IsIndex)
        {
            return;
        }

        if (relation.Row.Sequence is { OwnerTable: { } table } && table.Row.Owner != owner)
        {
            throw new RefusedException(new SqlError("0A000", $"cannot change owner of sequence \"{relation.Name}\"") { Detail = $"Sequence \"{relation.Name}\" is linked to table \"{table.Name}\"." });
        }

        ChangeAll(relation, owner);
    }

    /// <summary>Whether a role owns anything.</summary>
    public static bool OwnsAnything(Database database, RoleObject role) =>
        database.Relations.Any(r => r.Row.Owner == role) || database.Types.Any(t => t.Row.Owner == role) || database.Functions.Any(f => f.Row.Owner == role)
        || database.Namespaces.Any(n => n.Row.Owner == role) || database.Publications.Any(p => p.Row.Owner == role);

    private static void ChangeAll(RelationObject relation, RoleObject owner)
    {
        var before = relation.Row.Owner;
        relation.Row = relation.Row with { Acl = Privileges.ChangeOwner(relation.Row.Acl, before, owner), Owner = owner };
        if (relation.Row.RowType is { } type)
        {
            ChangeType(type, owner);
        }

        foreach (var index in relation.Indexes.Items)
        {
            index.SetQuietly(index.Row with { Owner = owner });
        }

        foreach (var column in relation.LiveColumns)
        {
            if (column.Row.Acl is not null)
            {
                column.Row = column.Row with { Acl = Privileges.ChangeOwner(column.Row.Acl, before, owner) };
            }
        }

        foreach (var dependency in relation.ReferencedBy.Items.ToList())
        {
            if (dependency is { Referenced.Column: > 0, Dependent.Object: RelationObject { Kind: 'S' } sequence } && sequence.Row.Sequence!.OwnerTable == relation)
            {
                sequence.Row = sequence.Row with { Acl = Privileges.ChangeOwner(sequence.Row.Acl, sequence.Row.Owner, owner), Owner = owner };
            }
        }
    }

    private static void ChangeType(TypeObject type, RoleObject owner)
    {
        type.Row = type.Row with { Acl = Privileges.ChangeOwner(type.Row.Acl, type.Row.Owner, owner), Owner = owner };
        if (type.Row.ArrayType is { } array)
        {
            array.SetQuietly(array.Row with { Owner = owner });
        }
    }
}
