using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Session;

namespace Plumbline.PostgreSql.Replay.Statements.Data;

/// <summary>VACUUM, ANALYZE, CLUSTER, REINDEX, TRUNCATE, LOCK, REFRESH MATERIALIZED VIEW: little of the schema changes, but they may be refused.</summary>
internal static class Maintenance
{
    /// <summary>VACUUM, ANALYZE, CLUSTER and REINDEX.</summary>
    public static void Run(Execution execution, MaintenanceStatement statement)
    {
        switch (statement.Command)
        {
            case "VACUUM":
                execution.RefuseInBlock("VACUUM");
                break;
            case "REINDEX" when statement.IsConcurrent:
                execution.RefuseInBlock("REINDEX CONCURRENTLY");
                break;
            case "REINDEX" when statement.Target is "SCHEMA" or "SYSTEM" or "DATABASE":
                execution.RefuseInBlock($"REINDEX {statement.Target}");
                if (statement is { Target: "SCHEMA", Relations: [var schema] })
                {
                    execution.Namespace(schema.Name.Name);
                }

                return;
            case "CLUSTER" when statement.Relations.IsEmpty:
                execution.RefuseInBlock("CLUSTER");
                break;
        }

        foreach (var relation in statement.Relations)
        {
            var found = execution.Relation(relation.Name);
            if (statement.Command == "REINDEX" && statement.Target == "INDEX" && !found.IsIndex)
            {
                throw new RefusedException("42809", $"\"{found.Name}\" is not an index");
            }

            if (statement.Index is { } index)
            {
                Clustering.Mark(found, Clustering.Index(execution.Database, found, index.Name));
            }

            foreach (var column in relation.Columns)
            {
                if (found.FindColumn(column.Name) is null)
                {
                    throw new RefusedException("42703", $"column \"{column.Name}\" of relation \"{found.Name}\" does not exist");
                }
            }
        }
    }

    /// <summary>TRUNCATE (<c>ExecuteTruncate</c>).</summary>
    public static void Run(Execution execution, TruncateStatement statement)
    {
        var tables = new List<RelationObject>();
        foreach (var item in statement.Tables)
        {
            var table = execution.Relation(item.Name);
            if (!table.IsTable && table.Kind != 'f')
            {
                throw new RefusedException("42809", $"\"{table.Name}\" is not a table");
            }

            Add(tables, table);
        }

        for (var i = 0; i < tables.Count; i++)
        {
            foreach (var dependency in tables[i].ReferencedBy.Items)
            {
                if (dependency.Dependent.Object is not ConstraintObject { Row: { Kind: ConstraintKind.ForeignKey, Table: { } user, ReferencedTable: { } referenced } } || referenced != tables[i] || tables.Contains(user))
                {
                    continue;
                }

                if (!statement.IsCascade)
                {
                    throw new RefusedException(new SqlError("0A000", "cannot truncate a table referenced in a foreign key constraint")
                    {
                        Detail = $"Table \"{user.Name}\" references \"{tables[i].Name}\".",
                        Hint = $"Truncate table \"{user.Name}\" at the same time, or use TRUNCATE ... CASCADE.",
                    });
                }

                Add(tables, user);
            }
        }

        foreach (var table in tables)
        {
            execution.ForgetRows(table);
        }
    }

    /// <summary>LOCK.</summary>
    public static void Run(Execution execution, LockStatement statement)
    {
        execution.DependsOnSession = true;
        if (!execution.IsInBlock && !execution.IsInFunction && !execution.IsTransactional)
        {
            throw new RefusedException("25P01", "LOCK TABLE can only be used in transaction blocks");
        }

        foreach (var item in statement.Tables)
        {
            execution.Relation(item.Name);
        }
    }

    /// <summary>REFRESH MATERIALIZED VIEW.</summary>
    public static void Run(Execution execution, RefreshMaterializedViewStatement statement)
    {
        var view = execution.Relation(statement.Name);
        if (view.Kind != 'm')
        {
            throw new RefusedException("0A000", $"\"{view.Name}\" is not a materialized view");
        }

        if (statement is { IsConcurrent: true, WithData: false })
        {
            throw new RefusedException("42601", "REFRESH options CONCURRENTLY and WITH NO DATA cannot be used together");
        }

        if (statement.IsConcurrent)
        {
            if (!view.Row.IsPopulated)
            {
                throw new RefusedException("0A000", "CONCURRENTLY cannot be used when the materialized view is not populated");
            }

            if (!view.Indexes.Items.Any(i => i.Row.Index is { IsUnique: true, Predicate: null } info && info.Keys.All(k => k.Expression is null)))
            {
                throw new RefusedException(new SqlError("55000", $"cannot refresh materialized view \"{view.Namespace.Name}.{view.Name}\" concurrently")
                {
                    Hint = "Create a unique index with no WHERE clause on one or more columns of the materialized view.",
                });
            }
        }

        if (statement.WithData)
        {
            Scans.Check(execution, view.Row.Query);
        }

        if (view.Row.IsPopulated != statement.WithData)
        {
            view.Row = view.Row with { IsPopulated = statement.WithData };
        }
    }

    private static void Add(List<RelationObject> tables, RelationObject table)
    {
        if (tables.Contains(table))
        {
            return;
        }

        tables.Add(table);
        foreach (var child in table.Children.Items)
        {
            Add(tables, child);
        }
    }
}
