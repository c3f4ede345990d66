using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Session;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Session;

namespace Plumbline.PostgreSql.Replay.Statements.Access;

/// <summary>Roles and their settings. PostgreSQL documentation, "Database Roles".</summary>
internal static class Roles
{
    /// <summary>CREATE ROLE.</summary>
    public static void Run(Execution execution, CreateRoleStatement statement)
    {
        var database = execution.Database;
        var name = statement.Name.Name ?? "";
        if (name.StartsWith("pg_", StringComparison.Ordinal))
        {
            throw new RefusedException(new SqlError("42939", $"role name \"{name}\" is reserved") { Detail = "Role names starting with \"pg_\" are reserved." });
        }

        if (database.FindRole(name) is not null)
        {
            throw new RefusedException("42710", $"role \"{name}\" already exists");
        }

        var role = new RoleObject(database, database.NextOid(), new RoleRow(name) { IsOfHistory = true, IsSuperuser = statement.Options.Any(o => o is { Name: "superuser", Text: "true" }) });
        database.Add(role);
    }

    /// <summary>ALTER ROLE with options.</summary>
    public static void Run(Execution execution, AlterRoleStatement statement)
    {
        var role = execution.Role(statement.Role);
    }

    /// <summary>ALTER ROLE … SET, ALTER DATABASE … SET: what new sessions begin with.</summary>
    public static void Run(Execution execution, AlterSettingStatement statement)
    {
        var role = statement.Role is { } spec ? execution.Role(spec) : null;
        if (statement.Setting.Name != "search_path" || (role is not null && role != execution.Settings.SessionRole))
        {
            return;
        }

        execution.Settings.DatabasePath = statement.Setting.Kind == SetKind.Value ? SettingValues.Path(statement.Setting) : null;
    }

    /// <summary>DROP ROLE (<c>DropRole</c>).</summary>
    public static void Run(Execution execution, DropRoleStatement statement)
    {
        var database = execution.Database;
        foreach (var spec in statement.Roles)
        {
            if (spec.Kind != RoleKind.Named)
            {
                throw new RefusedException("22023", "cannot use special role specifier in DROP ROLE");
            }

            if (database.FindRole(spec.Name!) is not { } role)
            {
                if (statement.IfExists)
                {
                    continue;
                }

                throw new RefusedException("42704", $"role \"{spec.Name}\" does not exist");
            }

            if (role == execution.CurrentRole)
            {
                throw new RefusedException("55006", "current user cannot be dropped");
            }

            if (role == execution.Settings.SessionRole)
            {
                throw new RefusedException("55006", "session user cannot be dropped");
            }

            if (IsUsed(database, role))
            {
                throw new RefusedException("2BP01", $"role \"{role.Name}\" cannot be dropped because some objects depend on it");
            }

            database.Remove(new ObjectAddress(role));
        }
    }

    /// <summary>GRANT and REVOKE of membership.</summary>
    public static void Run(Execution execution, GrantRoleStatement statement)
    {
        foreach (var name in statement.Roles)
        {
            execution.Role(name.Name);
        }

        foreach (var grantee in statement.Grantees)
        {
            var member = execution.Role(grantee);
            foreach (var name in statement.Roles)
            {
                var role = execution.Role(name.Name);
                if (statement.IsGrant && role == member)
                {
                    throw new RefusedException("0LP01", $"role \"{role.Name}\" is a member of role \"{member.Name}\"");
                }

                member.SetQuietly(member.Row with { MemberOf = statement.IsGrant ? member.Row.MemberOf.Add(role) : member.Row.MemberOf.Remove(role) });
            }
        }
    }

    private static bool IsUsed(Database database, RoleObject role) =>
        Ownership.OwnsAnything(database, role)
        || database.Relations.Any(r => Grants.Names(r.Row.Acl, role) || r.LiveColumns.Any(c => Grants.Names(c.Row.Acl, role)) || r.Policies.Items.Any(p => p.Row.Roles.Contains(role)))
        || database.Functions.Any(f => Grants.Names(f.Row.Acl, role))
        || database.Namespaces.Any(n => Grants.Names(n.Row.Acl, role))
        || database.Types.Any(t => Grants.Names(t.Row.Acl, role))
        || database.DefaultAcls.Value.Any(d => d.Role == role || Grants.Names(d.Acl, role));
}
