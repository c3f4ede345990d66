using Plumbline.PostgreSql.Replay.Procedures;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.PlPgSql;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay.Statements.Functions;

/// <summary>DO. PostgreSQL documentation, "DO".</summary>
internal static class DoBlocks
{
    /// <summary>How deep blocks and functions may call each other.</summary>
    public const int DepthLimit = ReadingBudget.BlockDepth;

    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, DoStatement statement)
    {
        var language = statement.Language ?? "plpgsql";
        if (language != "plpgsql")
        {
            throw new CannotKnowException($"The replay does not run blocks in {language}.");
        }

        var body = PlPgSqlParser.Parse(statement.Code);
        if (body.Block is null)
        {
            var error = new SqlError(body.Error!.SqlState, body.Error.Message) { Position = body.Error.Position, Detail = body.Error.Detail, Hint = body.Error.Hint };
            throw Place(statement, error);
        }

        if (execution.ProcedureDepth >= DepthLimit)
        {
            throw execution.Budget.TooLong("The blocks are nested too deeply for the replay.");
        }

        var start = execution.TextStart;
        execution.TextStart = start is { } text && statement.CodeStart is { } code ? text + code : null;
        execution.ProcedureDepth++;
        try
        {
            BlockRunner.Run(execution, body.Block, statement.Code);
        }
        catch (RefusedException refused) when (refused.Error.Position is not null)
        {
            throw Place(statement, refused.Error);
        }
        finally
        {
            execution.ProcedureDepth--;
            execution.TextStart = start;
        }
    }

    // A place in the code as a place in the text around it.
    private static RefusedException Place(DoStatement statement, SqlError error) => new(error with { Position = statement.CodeStart + error.Position });
}
