using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast.Expressions;

namespace Plumbline.PostgreSql.Replay;

/// <summary>An expression in the text in which PostgreSQL prints it, to be resolved once more after what it names has another type or belongs to another
/// table.</summary>
/// <param name="Text">The text.</param>
/// <param name="Expression">The text as syntax.</param>
internal sealed record Reparse(string Text, SqlExpr Expression)
{
    /// <summary>The text of an expression as it is now; null where it is not understood.</summary>
    public static Reparse? Take(Execution execution, BoundNode? node)
    {
        if (node is not BoundExpression { IsCanonical: true } bound)
        {
            return null;
        }

        var text = bound.Print(execution.Database).Text;
        return SqlParser.TryParseExpression(text, out var expression, out _) ? new Reparse(text, expression!) : null;
    }

    /// <summary>Binds the expression again.</summary>
    public BoundExpression Bind(Execution execution, Func<Binder, SqlExpr, BoundExpression> bind)
    {
        var text = execution.Text;
        execution.Text = Text;
        try
        {
            return bind(execution.Binder, Expression);
        }
        catch (RefusedException refused)
        {
            // The text is not the statement's own: the server points nowhere.
            throw new RefusedException(refused.Error with { Position = null });
        }
        finally
        {
            execution.Text = text;
        }
    }
}
