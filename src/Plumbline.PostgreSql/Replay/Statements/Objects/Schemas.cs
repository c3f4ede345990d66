using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast.Objects;

namespace Plumbline.PostgreSql.Replay.Statements.Objects;

/// <summary>CREATE SCHEMA (<c>CreateSchemaCommand</c>). PostgreSQL documentation, "CREATE SCHEMA".</summary>
internal static class Schemas
{
    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, CreateSchemaStatement statement)
    {
        var database = execution.Database;
        var owner = statement.Authorization is { } role ? execution.Role(role) : execution.CurrentRole;
        var name = statement.Name?.Name ?? owner.Name;
        Rename.CheckSchemaName(name);
        if (database.FindNamespace(name) is not null)
        {
            if (statement.IfNotExists)
            {
                return;
            }

            throw new RefusedException("42P06", $"schema \"{name}\" already exists");
        }

        var schema = new NamespaceObject(database, database.NextOid(), new NamespaceRow(name, owner) { Acl = DefaultPrivileges.For(execution, 'n', null) });
        database.Add(schema);
        if (statement.Elements.IsEmpty)
        {
            return;
        }

        var path = execution.Settings.Path;
        execution.Settings.SetPath([name, .. path], isLocal: true);
        foreach (var element in statement.Elements)
        {
            Dispatch.Run(execution, element);
        }

        execution.Settings.SetPath(path, isLocal: true);
    }
}
