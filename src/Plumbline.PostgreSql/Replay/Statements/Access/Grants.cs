using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Functions;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Sql.Ast.Objects;

namespace Plumbline.PostgreSql.Replay.Statements.Access;

/// <summary>GRANT and REVOKE on objects, and ALTER DEFAULT PRIVILEGES (<c>ExecuteGrantStmt</c>). PostgreSQL documentation, "GRANT".</summary>
internal static class Grants
{
    /// <summary>GRANT and REVOKE.</summary>
    public static void Run(Execution execution, GrantStatement statement)
    {
        if (statement.Kind is SqlObjectKind.Database or SqlObjectKind.Language or SqlObjectKind.LargeObject or SqlObjectKind.Tablespace or SqlObjectKind.ForeignDataWrapper
            or SqlObjectKind.Server or SqlObjectKind.Parameter)
        {
            foreach (var grantee in statement.Grantees)
            {
                execution.RoleOrPublic(grantee);
            }

            return;
        }

        var targets = Targets(execution, statement);
        var grantees = statement.Grantees.Select(execution.RoleOrPublic).ToList();
        if (statement.GrantedBy is { } grantor && execution.Role(grantor) != execution.CurrentRole)
        {
            throw new RefusedException("0A000", "grantor must be current user");
        }

        var table = Bits(execution, statement, KindLetter(statement.Kind), columns: false);
        foreach (var target in targets)
        {
            execution.Budget.UseForMember((target as RelationObject)?.Row.Acl?.Length ?? (target as FunctionObject)?.Row.Acl?.Length ?? 0);
            Apply(execution, statement, target, grantees, table);
        }
    }

    /// <summary>ALTER DEFAULT PRIVILEGES (<c>ExecAlterDefaultPrivilegesStmt</c>).</summary>
    public static void Run(Execution execution, AlterDefaultPrivilegesStatement statement)
    {
        var grant = statement.Grant;
        var kind = KindLetter(grant.Kind);
        var bits = Bits(execution, grant, kind, columns: false);
        var grantees = grant.Grantees.Select(execution.RoleOrPublic).ToList();
        var roles = statement.Roles.IsEmpty ? [execution.CurrentRole] : statement.Roles.Select(execution.Role).ToList();
        var schemas = statement.Schemas.IsEmpty ? [null] : statement.Schemas.Select(s => (NamespaceObject?)execution.Namespace(s.Name)).ToList();
        if (kind == 'n' && !statement.Schemas.IsEmpty)
        {
            throw new RefusedException("0LP01", "cannot use IN SCHEMA clause when using GRANT/REVOKE ON SCHEMAS");
        }

        foreach (var role in roles)
        {
            foreach (var schema in schemas)
            {
                SetDefault(execution.Database, role, schema, kind, acl => Change(acl, grant, grantees, role, bits));
            }
        }
    }

    /// <summary>Takes every privilege from a role that owns nothing (DROP OWNED).</summary>
    public static void RevokeEverything(Database database, RoleObject role)
    {
        foreach (var relation in database.Relations.ToList())
        {
            relation.SetQuietly(relation.Row with { Acl = Without(relation.Row.Acl, role) });
            foreach (var column in relation.LiveColumns)
            {
                if (column.Row.Acl is not null)
                {
                    column.SetQuietly(column.Row with { Acl = Without(column.Row.Acl, role) });
                }
            }
        }

        foreach (var function in database.Functions.ToList())
        {
            function.SetQuietly(function.Row with { Acl = Without(function.Row.Acl, role) });
        }

        foreach (var schema in database.Namespaces.ToList())
        {
            schema.SetQuietly(schema.Row with { Acl = Without(schema.Row.Acl, role) });
        }

        foreach (var type in database.Types.ToList())
        {
            type.SetQuietly(type.Row with { Acl = Without(type.Row.Acl, role) });
        }
    }

    /// <summary>Whether a list names a role.</summary>
    public static bool Names(ImmutableArray<AclItem>? acl, RoleObject role) => acl?.Any(i => i.Grantee == role || i.Grantor == role) == true;

    private static ImmutableArray<AclItem>? Without(ImmutableArray<AclItem>? acl, RoleObject role) => acl?.RemoveAll(i => i.Grantee == role);

    private static void SetDefault(Database database, RoleObject role, NamespaceObject? schema, char kind, Func<ImmutableArray<AclItem>, ImmutableArray<AclItem>> change)
    {
        var entries = database.DefaultAcls.Value;
        var index = -1;
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Role == role && entries[i].Namespace == schema && entries[i].Kind == kind)
            {
                index = i;
            }
        }

        var builtin = schema is null ? Privileges.Default(kind, role) : [];
        var acl = change(index < 0 ? builtin : entries[index].Acl);
        var isDefault = acl.Length == builtin.Length && acl.All(builtin.Contains);
        if (index >= 0)
        {
            database.DefaultAcls.Value = isDefault ? entries.RemoveAt(index) : entries.SetItem(index, entries[index] with { Acl = acl });
        }
        else if (!isDefault)
        {
            database.DefaultAcls.Value = entries.Add(new DefaultAcl(role, schema, kind, acl));
        }
    }

    private static List<CatalogObject> Targets(Execution execution, GrantStatement statement)
    {
        var database = execution.Database;
        var targets = new List<CatalogObject>();
        foreach (var reference in statement.Objects)
        {
            if (statement.IsAllInSchema)
            {
                var schema = execution.Namespace(reference.Name!.Name);
                targets.AddRange(statement.Kind switch
                {
                    SqlObjectKind.Sequence => database.Relations.Where(r => r.Namespace == schema && r.Kind == 'S').OrderBy(r => r.Oid),
                    SqlObjectKind.Table => database.Relations.Where(r => r.Namespace == schema && r.Kind is 'r' or 'v' or 'm' or 'f' or 'p' && r.Namespace == schema).OrderBy(r => r.Oid),
                    SqlObjectKind.Procedure => database.Functions.Where(f => f.Namespace == schema && f.Row.Kind == PgFunctionKind.Procedure).OrderBy(f => f.Oid),
                    SqlObjectKind.Function => database.Functions.Where(f => f.Namespace == schema && f.Row.Kind != PgFunctionKind.Procedure).OrderBy(f => f.Oid),
                    _ => database.Functions.Where(f => f.Namespace == schema).OrderBy(f => f.Oid),
                });
                continue;
            }

            switch (statement.Kind)
            {
                case SqlObjectKind.Table or SqlObjectKind.Sequence:
                    // The server's own tables, and those of extensions, may be granted on; nobody sees it here.
                    if (execution.TryRelation(reference.Name!) is { } relation)
                    {
                        targets.Add(relation);
                    }
                    else if (reference.Name!.Schema is not ("pg_catalog" or "information_schema") && database.Builtins.FindRelation(reference.Name.Schema ?? "pg_catalog", reference.Name.Name) is null)
                    {
                        if (reference.Name.Schema is { } named)
                        {
                            execution.Namespace(named);
                        }

                        throw execution.MissingRelation(reference.Name);
                    }

                    break;
                case SqlObjectKind.Function or SqlObjectKind.Procedure or SqlObjectKind.Routine or SqlObjectKind.Aggregate:
                    if (FindFunction(execution, reference) is { } function)
                    {
                        targets.Add(function);
                    }

                    break;
                default:
                    targets.Add(ObjectFinder.Find(execution, reference, missingOk: false)!.Object);
                    break;
            }
        }

        return targets;
    }

    private static FunctionObject? FindFunction(Execution execution, ObjectReference reference)
    {
        try
        {
            return FunctionFinder.Find(execution, reference, missingOk: false);
        }
        catch (RefusedException refused) when (refused.Error.SqlState == "2BP01")
        {
            return null;
        }
    }

    private static char KindLetter(SqlObjectKind kind) => kind switch
    {
        SqlObjectKind.Sequence => 'S',
        SqlObjectKind.Function or SqlObjectKind.Procedure or SqlObjectKind.Routine or SqlObjectKind.Aggregate => 'f',
        SqlObjectKind.Schema => 'n',
        SqlObjectKind.Type or SqlObjectKind.Domain => 'T',
        _ => 'r',
    };

    private static uint Bits(Execution execution, GrantStatement statement, char kind, bool columns)
    {
        if (statement.Privileges.IsEmpty)
        {
            return columns ? 0 : Privileges.All(kind);
        }

        var bits = 0u;
        foreach (var privilege in statement.Privileges)
        {
            if (privilege.Columns.IsEmpty == columns)
            {
                continue;
            }

            var bit = privilege.Name == "all" ? Privileges.All(columns ? 'c' : kind) : Privileges.Bit(privilege.Name);
            if (bit == 0)
            {
                throw new RefusedException("42601", $"unrecognized privilege type \"{privilege.Name}\"");
            }

            // A sequence takes a table's words where it is named as one.
            var allowed = columns ? Privileges.All('c') : kind == 'r' ? OfTable(execution) | Privileges.All('S') : Privileges.All(kind);
            if ((bit & ~allowed) != 0)
            {
                throw new RefusedException("0LP01", $"invalid privilege type {privilege.Name.ToUpperInvariant()} for {KindWord(kind, columns)}");
            }

            bits |= bit;
        }

        return bits;
    }

    // PostgreSQL 17 added MAINTAIN. It is no part of what ALL gives here, or histories and databases of several versions could not be compared.
    private static uint OfTable(Execution execution) => Privileges.All('r') | (execution.Version >= 17 ? Privileges.Bit("maintain") : 0);

    private static string KindWord(char kind, bool columns) => columns ? "column" : kind switch { 'S' => "sequence", 'f' => "function", 'n' => "schema", 'T' => "type", _ => "relation" };

    private static void Apply(Execution execution, GrantStatement statement, CatalogObject target, List<RoleObject?> grantees, uint bits)
    {
        switch (target)
        {
            case RelationObject relation:
                ApplyToRelation(execution, statement, relation, grantees, bits);
                break;
            case FunctionObject function:
                function.Row = function.Row with { Acl = Change(function.Row.Acl ?? Privileges.Default('f', function.Row.Owner), statement, grantees, function.Row.Owner, bits) };
                break;
            case NamespaceObject schema:
                schema.Row = schema.Row with { Acl = Change(schema.Row.Acl ?? Privileges.Default('n', schema.Row.Owner), statement, grantees, schema.Row.Owner, bits) };
                break;
            case TypeObject type:
                type.Row = type.Row with { Acl = Change(type.Row.Acl ?? Privileges.Default('T', type.Row.Owner), statement, grantees, type.Row.Owner, bits) };
                break;
        }
    }

    private static void ApplyToRelation(Execution execution, GrantStatement statement, RelationObject relation, List<RoleObject?> grantees, uint bits)
    {
        if (relation.IsIndex)
        {
            throw new RefusedException("42809", $"\"{relation.Name}\" is an index");
        }

        if (relation.Kind == 'c')
        {
            throw new RefusedException("42809", $"\"{relation.Name}\" is a composite type");
        }

        if (statement.Kind == SqlObjectKind.Sequence && relation.Kind != 'S')
        {
            throw new RefusedException("42809", $"\"{relation.Name}\" is not a sequence");
        }

        var kind = relation.Kind == 'S' ? 'S' : 'r';
        var own = statement.Privileges.IsEmpty ? Privileges.All(kind) : kind == 'S' ? bits & Privileges.All('S') : bits;
        if (kind == 'r' && (own & ~OfTable(execution)) != 0)
        {
            throw new RefusedException("0LP01", "invalid privilege type USAGE for table");
        }

        if (statement.Privileges.IsEmpty || statement.Privileges.Any(p => p.Columns.IsEmpty))
        {
            relation.Row = relation.Row with { Acl = Change(relation.Row.Acl ?? Privileges.Default(kind, relation.Row.Owner), statement, grantees, relation.Row.Owner, own) };
        }

        foreach (var privilege in statement.Privileges)
        {
            foreach (var name in privilege.Columns)
            {
                var bit = privilege.Name == "all" ? Privileges.All('c') : Privileges.Bit(privilege.Name);
                if ((bit & ~Privileges.All('c')) != 0)
                {
                    throw new RefusedException("0LP01", $"invalid privilege type {privilege.Name.ToUpperInvariant()} for column");
                }

                var column = relation.FindColumn(name.Name) ?? throw new RefusedException("42703", $"column \"{name.Name}\" of relation \"{relation.Name}\" does not exist");
                var acl = Change(column.Row.Acl ?? [], statement, grantees, relation.Row.Owner, bit);
                column.Row = column.Row with { Acl = acl.IsEmpty ? null : acl };
            }
        }
    }

    private static ImmutableArray<AclItem> Change(ImmutableArray<AclItem> acl, GrantStatement statement, List<RoleObject?> grantees, RoleObject grantor, uint bits)
    {
        foreach (var grantee in grantees)
        {
            if (statement is { IsGrant: true, GrantOption: true } && grantee is null)
            {
                throw new RefusedException("0LP01", "grant options can only be granted to roles");
            }

            acl = statement.IsGrant
                ? Privileges.Grant(acl, grantee, grantor, bits, statement.GrantOption)
                : Privileges.Revoke(acl, grantee, grantor, bits, statement.GrantOption);
        }

        return acl;
    }
}
