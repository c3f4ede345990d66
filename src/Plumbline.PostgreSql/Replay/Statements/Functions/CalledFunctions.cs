using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Procedures;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.PlPgSql;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Statements.Functions;

/// <summary>The functions and procedures in PL/pgSQL that statements call. PostgreSQL documentation, "SELECT" and "CALL".</summary>
internal static class CalledFunctions
{
    /// <summary>CALL.</summary>
    public static void Run(Execution execution, CallStatement statement)
    {
        if (!TryRun(execution, statement.Call))
        {
            throw new CannotKnowException("The replay does not run this procedure.");
        }
    }

    /// <summary>Runs the function of a call in a statement of the migration, where it can be run.</summary>
    /// <returns>False where the replay does not run it.</returns>
    public static bool TryRun(Execution execution, FunctionCallExpr call) =>
        // In a block, NULL stands for its variables.
        execution.ProcedureDepth == 0 && TryRun(execution, call, argument => new Evaluator(execution) { Text = execution.Text }.EvaluateOrUnknown(argument));

    /// <summary>Runs the function of a call, where there is only one that the call can mean and it takes its arguments one by one.</summary>
    /// <param name="execution">The session.</param>
    /// <param name="call">The call.</param>
    /// <param name="valueOf">Computes its arguments.</param>
    /// <returns>False where the replay does not run it.</returns>
    public static bool TryRun(Execution execution, FunctionCallExpr call, Func<SqlExpr, PlValue?> valueOf)
    {
        if (FunctionFinder.Candidates(execution, call.Name).Take(2).ToList() is not [{ Row: { Language: "plpgsql", ReturnsSet: false, Settings.IsEmpty: true } row }]
            || row.Kind is not (PgFunctionKind.Function or PgFunctionKind.Procedure)
            || execution.ProcedureDepth >= DoBlocks.DepthLimit
            || call.Arguments.Length != row.Parameters.Length || call.Arguments.Any(a => a.Name is not null) || row.Parameters.Any(p => p.Mode != ArgumentMode.In)
            || NamesByNumber(row.Body) || PlPgSqlParser.Parse(row.Body).Block is not { } block)
        {
            return false;
        }

        var variables = new VariableScope(null, row.Name);
        for (var i = 0; i < row.Parameters.Length; i++)
        {
            var parameter = row.Parameters[i];
            variables.Declare(new Variable(parameter.Name, execution.Database.FormatType(parameter.TypeOid)) { Value = valueOf(call.Arguments[i].Value) });
        }

        // The code stands where the function was created, and what it does is put down to the call.
        var (text, start) = (execution.Text, execution.TextStart);
        execution.TextStart = null;
        execution.ProcedureDepth++;
        try
        {
            BlockRunner.Run(execution, block, row.Body, variables);
            return true;
        }
        catch (RefusedException refused)
        {
            throw new RefusedException(refused.Error with { Position = null });
        }
        finally
        {
            execution.ProcedureDepth--;
            (execution.Text, execution.TextStart) = (text, start);
        }
    }

    // $1 for a parameter.
    private static bool NamesByNumber(string body)
    {
        var lexer = new SqlLexer(body, 0, body.Length);
        for (var token = lexer.Next(); token.Kind is not (TokenKind.End or TokenKind.Error); token = lexer.Next())
        {
            if (token.Kind == TokenKind.Parameter)
            {
                return true;
            }
        }

        return false;
    }
}
