using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.PlPgSql;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <summary>What can be known of statements without running them.</summary>
internal static class SchemaEffects
{
    /// <summary>Whether statements may change the schema.</summary>
    public static bool MayChange(IEnumerable<PlStatement> statements) => statements.Any(statement => All(statement).Any(ChangesSchema));

    /// <summary>Whether statements may end more than themselves: the block, a loop around them, or the transaction.</summary>
    public static bool MayLeave(IEnumerable<PlStatement> statements) =>
        statements.Any(statement => All(statement).Any(s => s is PlExit or PlReturn or PlTransaction or PlAssert or PlRaise { Level: "exception" }));

    /// <summary>A statement and those in it.</summary>
    public static IEnumerable<PlStatement> All(PlStatement statement)
    {
        var open = new Stack<PlStatement>();
        open.Push(statement);
        while (open.TryPop(out var current))
        {
            yield return current;
            foreach (var inner in Inner(current))
            {
                open.Push(inner);
            }
        }
    }

    private static IEnumerable<PlStatement> Inner(PlStatement statement) => statement switch
    {
        PlBlock s => s.Statements.Concat(s.Handlers.SelectMany(h => h.Statements)),
        PlIf s => s.Branches.SelectMany(b => b.Statements).Concat(s.Else),
        PlCase s => s.Branches.SelectMany(b => b.Statements).Concat(s.Else ?? []),
        PlLoop s => s.Statements,
        PlForRange s => s.Statements,
        PlForQuery s => s.Statements,
        PlForeach s => s.Statements,
        _ => [],
    };

    private static bool ChangesSchema(PlStatement statement) => statement switch
    {
        PlSql s => !IsData(s.Statement),
        PlExecute s => !IsDataText(s.Command),
        PlForQuery { Execute: { } text } => !IsDataText(text),
        _ => false,
    };

    /// <summary>Whether a statement only reads and changes data.</summary>
    public static bool IsData(SqlStatement statement) =>
        statement is SelectStatement { Into: null } or InsertStatement or UpdateStatement or DeleteStatement or MergeStatement or CopyStatement
        or LockStatement or MaintenanceStatement or TruncateStatement or ExplainStatement;

    // EXECUTE 'UPDATE ' || … and EXECUTE format('UPDATE …', …)
    private static bool IsDataText(SqlExpr command)
    {
        while (true)
        {
            switch (command)
            {
                case OperatorExpr { Operator.Symbol: "||", Left: { } left }: command = left; break;
                case FunctionCallExpr { Name.Name: "format" or "concat", Arguments: [var first, ..] }: command = first.Value; break;
                case CastExpr cast: command = cast.Operand; break;
                case ConstantExpr { Kind: ConstantKind.String } constant:
                    var word = constant.Text.TrimStart().Split([' ', '\t', '\r', '\n', '('], 2)[0].ToUpperInvariant();
                    return word is "SELECT" or "INSERT" or "UPDATE" or "DELETE" or "TRUNCATE" or "ANALYZE" or "VACUUM" or "REFRESH"
                        && !constant.Text.Contains(';', StringComparison.Ordinal);
                default: return false;
            }
        }
    }

    /// <summary>Notes what statements may leave behind that might run: rows in tables.</summary>
    public static void NoteRows(Execution execution, IEnumerable<PlStatement> statements)
    {
        foreach (var statement in statements.SelectMany(All))
        {
            if (statement is PlSql { Statement: var sql })
            {
                NoteRows(execution, sql);
            }
            else if (statement is PlExecute { Command: ConstantExpr constant })
            {
                NoteRows(execution, SqlParser.ParseStatement(constant.Text));
            }
            else if (statement is PlExecute)
            {
                foreach (var table in execution.Database.Relations.Where(r => r.IsTable))
                {
                    execution.NoteRows(table);
                }
            }
        }
    }

    private static void NoteRows(Execution execution, SqlStatement statement)
    {
        var name = statement switch
        {
            InsertStatement s => s.Table,
            MergeStatement s => s.Table.Name,
            CopyStatement { IsFrom: true } s => s.Table,
            _ => null,
        };
        if (name is { Catalog: null } && execution.TryRelation(name) is { } table)
        {
            execution.NoteRows(table);
        }
    }
}
