using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.PostgreSql.Replay.Statements;

/// <summary>DO. PostgreSQL documentation, "DO".</summary>
internal static class DoBlocks
{
    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, DoStatement statement)
    {
        _ = execution;
        throw new CannotKnowException($"What a block in {statement.Language ?? "plpgsql"} does is not followed by the replay.");
    }
}
