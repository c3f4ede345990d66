using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.PlPgSql;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <summary>
/// The names that PL/pgSQL looks up when it compiles a block, before anything of it runs: the types of variables and the names of conditions. A function's body is
/// compiled when the function is created. PostgreSQL documentation, "Declarations", and the setting <c>check_function_bodies</c>.
/// </summary>
internal static class DeclaredNames
{
    /// <summary>Looks them up. Only there does the server point at a place in the block.</summary>
    /// <exception cref="RefusedException">There is no such type or condition.</exception>
    public static void Check(Execution execution, PlBlock block)
    {
        foreach (var statement in SchemaEffects.All(block).OrderBy(s => s.Span.Start))
        {
            foreach (var declaration in (statement as PlBlock)?.Declarations ?? [])
            {
                if (TypeOf(declaration) is { } type)
                {
                    execution.Binder.Type(type);
                }
            }

            IEnumerable<PlCondition> conditions = statement switch
            {
                PlBlock s => s.Handlers.SelectMany(h => h.Conditions),
                PlRaise { Condition: { } raised } => [raised],
                _ => [],
            };
            foreach (var condition in conditions)
            {
                if (!condition.IsSqlState && (condition.Name != "others" || statement is PlRaise) && !ConditionNames.StatesOf(condition.Name).Any())
                {
                    throw new RefusedException("42704", $"unrecognized exception condition \"{condition.Name}\"");
                }
            }
        }
    }

    /// <summary>The type of a variable; null for a record, a row, and a type that another's stands for.</summary>
    public static SqlTypeName? TypeOf(PlDeclaration declaration) =>
        declaration.Type is { IsColumnReference: false } named && !declaration.IsRowType && named.Name.Name is not ("record" or "refcursor") ? named : null;
}
