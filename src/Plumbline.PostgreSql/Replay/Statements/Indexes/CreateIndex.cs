using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements.Indexes;

/// <summary>CREATE INDEX. PostgreSQL documentation, "CREATE INDEX".</summary>
internal static class CreateIndex
{
    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, CreateIndexStatement statement)
    {
        if (statement.IsConcurrent)
        {
            execution.RefuseInBlock("CREATE INDEX CONCURRENTLY");
        }

        var table = execution.Relation(statement.Table);
        var method = statement.AccessMethod?.Name ?? "btree";
        var index = IndexBuilder.TryCreate(execution, new IndexDraft(statement.Name?.Name, table, method == "rtree" ? "gist" : method, statement.Elements)
        {
            IsUnique = statement.IsUnique,
            IsConcurrent = statement.IsConcurrent,
            IfNotExists = statement.IfNotExists,
            IsOnly = statement.IsOnly,
            NullsNotDistinct = statement.NullsNotDistinct,
            Include = [.. statement.Include.Where(i => i.Column is not null).Select(i => i.Column!.Value)],
            Options = statement.Options,
            Predicate = statement.Where,
        });
        if (index is not null)
        {
        }
    }
}
