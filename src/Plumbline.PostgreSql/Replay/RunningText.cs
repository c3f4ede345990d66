using Plumbline.PostgreSql.Replay.Procedures;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.PlPgSql;

namespace Plumbline.PostgreSql.Replay;

/// <summary>
/// The string literals that a statement evaluates when it runs. Those in the body of a function are evaluated when the function is called, but for one in SQL,
/// which the server analyzes when it is created. (<c>check_function_bodies</c>; in PL/pgSQL only the names of types and conditions are looked up.)
/// </summary>
internal static class RunningText
{
    private const int MaximumDepth = 10;

    /// <summary>The literals.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="text">The text that it was parsed from.</param>
    public static HashSet<string> Literals(SqlStatement statement, string text)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Add(statement, text, found, 0);
        return found;
    }

    private static void Add(SqlStatement statement, string text, HashSet<string> found, int depth)
    {
        switch (statement)
        {
            case CreateFunctionStatement function when function.Body is null:
                var language = function.Options.FirstOrDefault(o => o.Name == "language")?.Text ?? "sql";
                foreach (var parameter in function.Parameters)
                {
                    if (parameter.Default is { } value)
                    {
                        Tokens(text.Substring(value.Span.Start, value.Span.Length), found);
                    }
                }

                if (string.Equals(language, "sql", StringComparison.OrdinalIgnoreCase) && function.Options.FirstOrDefault(o => o.Name == "as")?.Value is { } body)
                {
                    AddBody(body, found);
                }

                break;
            case DoStatement block when depth < MaximumDepth:
                AddBlock(block, found, depth);
                break;
            default:
                Tokens(text.Substring(statement.Span.Start, statement.Span.Length), found);
                break;
        }
    }

    private static void AddBody(SqlNode body, HashSet<string> found)
    {
        var text = body switch
        {
            ConstantExpr constant => constant.Text,
            OptionList { Items: [ConstantExpr first, ..] } => first.Text,
            _ => "",
        };
        Tokens(text, found);
    }

    private static void AddBlock(DoStatement statement, HashSet<string> found, int depth)
    {
        if (PlPgSqlParser.Parse(statement.Code).Block is not { } block)
        {
            Tokens(statement.Code, found);
            return;
        }

        // What only defines a function is left out; everything else of the block may run.
        var code = statement.Code.ToCharArray();
        foreach (var inner in SchemaEffects.All(block))
        {
            switch (inner)
            {
                case PlSql { Statement: CreateFunctionStatement function }:
                    Array.Fill(code, ' ', function.Span.Start, function.Span.Length);
                    Add(function, statement.Code, found, depth + 1);
                    break;
                case PlExecute { Command: ConstantExpr { Kind: ConstantKind.String } command }:
                    Array.Fill(code, ' ', command.Span.Start, command.Span.Length);
                    foreach (var executed in SqlParser.Read(command.Text, isPsql: false))
                    {
                        Add(executed.Statement, command.Text, found, depth + 1);
                    }

                    break;
            }
        }

        Tokens(new string(code), found);
    }

    private static void Tokens(string text, HashSet<string> found)
    {
        var lexer = new SqlLexer(text, 0, text.Length);
        for (var token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
        {
            if (token.IsString)
            {
                found.Add(TokenText.ReadString(text, token));
            }
        }
    }
}
