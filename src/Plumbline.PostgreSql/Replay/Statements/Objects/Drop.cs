using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast.Objects;

namespace Plumbline.PostgreSql.Replay.Statements.Objects;

/// <summary>DROP (<c>RemoveRelations</c>, <c>RemoveObjects</c>). PostgreSQL documentation, "DROP TABLE" and its kin.</summary>
internal static class Drop
{
    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, DropStatement statement)
    {
        if (statement.Kind == SqlObjectKind.Database)
        {
            execution.RefuseInBlock("DROP DATABASE");
            throw new CannotKnowException("The replay knows only one database.");
        }

        if (statement.IsConcurrent)
        {
            execution.RefuseInBlock("DROP INDEX CONCURRENTLY");
            CheckConcurrent(statement);
        }

        var addresses = new List<ObjectAddress>();
        foreach (var reference in statement.Objects)
        {
            var found = IsRelation(statement.Kind) ? FindRelation(execution, statement, reference) : ObjectFinder.Find(execution, reference, statement.IfExists);
            if (found is not { } address)
            {
                continue;
            }

            if (address.Object is NamespaceObject { IsSystem: true } system)
            {
                throw new RefusedException("2BP01", $"cannot drop schema {system.Name} because it is required by the database system");
            }

            if (!addresses.Contains(address))
            {
                addresses.Add(address);
            }
        }

        if (addresses.Count > 0)
        {
            execution.Drop(addresses, statement.IsCascade);
        }
    }

    private static bool IsRelation(SqlObjectKind kind) =>
        kind is SqlObjectKind.Table or SqlObjectKind.View or SqlObjectKind.MaterializedView or SqlObjectKind.Index or SqlObjectKind.Sequence or SqlObjectKind.ForeignTable;

    private static void CheckConcurrent(DropStatement statement)
    {
        if (statement.Objects.Length != 1)
        {
            throw new RefusedException("0A000", "DROP INDEX CONCURRENTLY does not support dropping multiple objects");
        }

        if (statement.IsCascade)
        {
            throw new RefusedException("0A000", "DROP INDEX CONCURRENTLY does not support CASCADE");
        }
    }

    private static ObjectAddress? FindRelation(Execution execution, DropStatement statement, ObjectReference reference)
    {
        var name = reference.Name!;
        var word = statement.Kind switch
        {
            SqlObjectKind.View => "view",
            SqlObjectKind.MaterializedView => "materialized view",
            SqlObjectKind.Index => "index",
            SqlObjectKind.Sequence => "sequence",
            SqlObjectKind.ForeignTable => "foreign table",
            _ => "table",
        };
        if (execution.TryRelation(name) is not { } relation)
        {
            if (statement.IfExists)
            {
                return null;
            }

            if (name.Schema is { } schema)
            {
                execution.Namespace(schema);
            }

            execution.RefuseSystemRelation(name);
            throw new RefusedException(statement.Kind == SqlObjectKind.Index ? "42704" : "42P01", $"{word} \"{name.Name}\" does not exist");
        }

        var fits = statement.Kind switch
        {
            SqlObjectKind.Table => relation.IsTable,
            SqlObjectKind.Index => relation.IsIndex,
            SqlObjectKind.View => relation.Kind == 'v',
            SqlObjectKind.MaterializedView => relation.Kind == 'm',
            SqlObjectKind.Sequence => relation.Kind == 'S',
            _ => relation.Kind == 'f',
        };
        if (!fits)
        {
            var own = Database.KindName(relation.Kind);
            var (article, command) = own switch { "index" => ("an", "DROP INDEX"), "composite type" => ("a", ""), _ => ("a", $"DROP {own.ToUpperInvariant()}") };
            throw new RefusedException(new SqlError("42809", $"\"{relation.Name}\" is not {(word == "index" ? "an" : "a")} {word}")
            {
                Hint = relation.Kind == 'c' ? "Use DROP TYPE to remove a type." : $"Use {command} to remove {article} {own}.",
            });
        }

        if (statement.IsConcurrent && relation.Kind == 'I')
        {
            throw new RefusedException("0A000", $"cannot drop partitioned index \"{relation.Name}\" concurrently");
        }

        return new ObjectAddress(relation);
    }
}
