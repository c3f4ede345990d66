using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Analysis;
using Plumbline.PostgreSql.Expressions.Tree;

namespace Plumbline.PostgreSql.Expressions;

/// <summary>What a trigger's WHEN may use.</summary>
/// <param name="IsForEachRow">FOR EACH ROW.</param>
/// <param name="IsBefore">BEFORE.</param>
/// <param name="OnInsert">It fires on INSERT.</param>
/// <param name="OnUpdate">It fires on UPDATE.</param>
/// <param name="OnDelete">It fires on DELETE.</param>
internal readonly record struct TriggerShape(bool IsForEachRow, bool IsBefore, bool OnInsert, bool OnUpdate, bool OnDelete);

/// <summary>The rows OLD and NEW in a trigger's WHEN ("CREATE TRIGGER").</summary>
internal static class TriggerRows
{
    private const int Old = 1;

    /// <summary>Refuses a WHEN that uses a row that the trigger doesn't have.</summary>
    public static void Check(Expr condition, PgRelation table, TriggerShape trigger) => ExprTree.Any(condition, node =>
    {
        if (node is VarExpr variable && Problem(variable, table, trigger) is { } error)
        {
            throw new RefusalException(error with { Position = variable.Location >= 0 ? variable.Location : null });
        }

        return false;
    });

    private static SqlError? Problem(VarExpr variable, PgRelation table, TriggerShape trigger)
    {
        if (!trigger.IsForEachRow)
        {
            return new SqlError("42P17", "statement trigger's WHEN condition cannot reference column values");
        }

        if (variable.Item == Old)
        {
            return trigger.OnInsert ? new SqlError("42P17", "INSERT trigger's WHEN condition cannot reference OLD values") : null;
        }

        if (trigger.OnDelete)
        {
            return new SqlError("42P17", "DELETE trigger's WHEN condition cannot reference NEW values");
        }

        if (!trigger.IsBefore)
        {
            return null;
        }

        if (variable.Column < 0)
        {
            return new SqlError("0A000", "BEFORE trigger's WHEN condition cannot reference NEW system columns");
        }

        var generated = table.Columns.FirstOrDefault(c => c.IsGenerated && (variable.Column == 0 || c.Number == variable.Column));
        return generated is null
            ? null
            : new SqlError("42P17", "BEFORE trigger's WHEN condition cannot reference NEW generated columns")
            {
                Detail = variable.Column == 0
                    ? "A whole-row reference is used and the table contains generated columns."
                    : $"Column \"{generated.Name}\" is a generated column.",
            };
    }
}
