using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Statements.Access;

/// <summary>CREATE POLICY and ALTER POLICY. PostgreSQL documentation, "Row Security Policies".</summary>
internal static class Policies
{
    /// <summary>CREATE POLICY (<c>CreatePolicy</c>).</summary>
    public static void Run(Execution execution, CreatePolicyStatement statement)
    {
        var database = execution.Database;
        var command = Enum.Parse<PolicyCommand>(statement.Command, ignoreCase: true);
        if (command is PolicyCommand.Select or PolicyCommand.Delete && statement.WithCheck is not null)
        {
            throw new RefusedException("42601", "WITH CHECK cannot be applied to SELECT or DELETE");
        }

        if (command == PolicyCommand.Insert && statement.Using is not null)
        {
            throw new RefusedException("42601", "only WITH CHECK expression allowed for INSERT");
        }

        var roles = Roles(execution, statement.Roles);
        var table = Table(execution, statement.Table);
        var condition = statement.Using is null ? null : execution.Binder.Policy(statement.Using, table);
        var check = statement.WithCheck is null ? null : execution.Binder.Policy(statement.WithCheck, table);
        if (table.Policies.Items.Any(p => p.Name == statement.Name.Name))
        {
            throw new RefusedException("42710", $"policy \"{statement.Name.Name}\" for table \"{table.Name}\" already exists");
        }

        var policy = new PolicyObject(database, database.NextOid(), table, new PolicyRow(statement.Name.Name, command, statement.IsPermissive) { Roles = roles, Using = condition, WithCheck = check });
        database.AddMember(policy);
        table.Policies.Add(policy);
        DependOn(database, policy);
    }

    /// <summary>ALTER POLICY (<c>AlterPolicy</c>).</summary>
    public static void Run(Execution execution, AlterPolicyStatement statement)
    {
        var database = execution.Database;
        var roles = statement.Roles.IsEmpty ? default(ImmutableArray<RoleObject>?) : Roles(execution, statement.Roles);
        var table = Table(execution, statement.Table);
        var condition = statement.Using is null ? null : execution.Binder.Policy(statement.Using, table);
        var check = statement.WithCheck is null ? null : execution.Binder.Policy(statement.WithCheck, table);
        var policy = table.Policies.Items.FirstOrDefault(p => p.Name == statement.Name.Name)
            ?? throw new RefusedException("42704", $"policy \"{statement.Name.Name}\" for table \"{table.Name}\" does not exist");
        if (policy.Row.Command is PolicyCommand.Select or PolicyCommand.Delete && check is not null)
        {
            throw new RefusedException("42601", "only USING expression allowed for SELECT, DELETE");
        }

        if (policy.Row.Command == PolicyCommand.Insert && condition is not null)
        {
            throw new RefusedException("42601", "only WITH CHECK expression allowed for INSERT");
        }

        policy.Row = policy.Row with { Roles = roles ?? policy.Row.Roles, Using = condition ?? policy.Row.Using, WithCheck = check ?? policy.Row.WithCheck };
        Database.ForgetDependencies(new ObjectAddress(policy));
        DependOn(database, policy);
    }

    private static void DependOn(Database database, PolicyObject policy)
    {
        var address = new ObjectAddress(policy);
        database.Depend(address, new ObjectAddress(policy.Table), DependencyType.Auto);
        database.DependOn(address, policy.Row.Using, DependencyType.Normal);
        database.DependOn(address, policy.Row.WithCheck, DependencyType.Normal);
    }

    private static RelationObject Table(Execution execution, QualifiedName name)
    {
        var table = execution.Relation(name);
        return table.IsTable ? table : throw new RefusedException("42809", $"\"{table.Name}\" is not a table");
    }

    private static ImmutableArray<RoleObject> Roles(Execution execution, ImmutableArray<RoleSpec> roles)
    {
        if (roles.Any(r => r.Kind == RoleKind.Public))
        {
            return [];
        }

        return [.. roles.Select(execution.Role)];
    }
}
