using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;

namespace Plumbline.PostgreSql.Replay.Statements.Objects;

/// <summary>Objects of which the replay only knows that they exist: foreign servers, event triggers, statistics, text search configurations …</summary>
internal static class OtherObjects
{
    /// <summary>CREATE EVENT TRIGGER.</summary>
    public static void Run(Execution execution, CreateEventTriggerStatement statement) => Create(execution, "event trigger", null, statement.Name.Name, ifNotExists: false);

    /// <summary>CREATE STATISTICS.</summary>
    public static void Run(Execution execution, CreateStatisticsStatement statement)
    {
        foreach (var item in statement.From)
        {
            if (item is TableItem table)
            {
                var relation = execution.Relation(table.Name);
                foreach (var element in statement.Elements)
                {
                    if (element.Column is { } column && relation.FindColumn(column.Name) is null)
                    {
                        throw new RefusedException("42703", $"column \"{column.Name}\" does not exist");
                    }
                }
            }
        }

        if (statement.Name is { } name)
        {
            var schema = execution.CreationNamespace(name);
            Create(execution, "statistics object", schema, name.Name, statement.IfNotExists);
        }
    }

    /// <summary>CREATE OPERATOR, COLLATION, TEXT SEARCH …</summary>
    public static void Run(Execution execution, CreateDefinedObjectStatement statement)
    {
        if (statement.Name is not { } name)
        {
            throw new CannotKnowException("The replay does not support operators.");
        }

        var schema = execution.CreationNamespace(name);
        Create(execution, ObjectFinder.OtherName(statement.Kind), schema, name.Name, statement.IfNotExists);
    }

    /// <summary>CREATE of anything else.</summary>
    public static void Run(Execution execution, CreateOtherObjectStatement statement)
    {
        if (statement.Object.Kind == SqlObjectKind.Database)
        {
            execution.RefuseInBlock("CREATE DATABASE");
            return;
        }

        if (statement.Object.Kind == SqlObjectKind.Tablespace)
        {
            execution.RefuseInBlock("CREATE TABLESPACE");
            return;
        }

        if (statement.Object.Kind == SqlObjectKind.Subscription)
        {
            execution.RefuseInBlock("CREATE SUBSCRIPTION ... WITH (create_slot = true)");
        }

        var name = statement.Object.Name?.Name ?? $"for {statement.Object.Role?.Name ?? "public"} on {statement.Object.Using?.Name}";
        Create(execution, ObjectFinder.OtherName(statement.Object.Kind), null, name, statement.IfNotExists || statement.OrReplace);
    }

    private static void Create(Execution execution, string kind, NamespaceObject? schema, string name, bool ifNotExists)
    {
        var database = execution.Database;
        if (database.FindOther(kind, schema, name) is not null)
        {
            if (ifNotExists)
            {
                return;
            }

            throw new RefusedException("42710", $"{kind} \"{name}\" already exists");
        }

        var item = new PlainObject(database, database.NextOid(), kind, new PlainRow(name, schema, execution.CurrentRole));
        database.Add(item);
        if (schema is not null)
        {
            database.Depend(new ObjectAddress(item), new ObjectAddress(schema), DependencyType.Normal);
        }
    }
}
