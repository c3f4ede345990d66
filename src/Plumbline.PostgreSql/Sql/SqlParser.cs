using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql;

/// <summary>Reads SQL as PostgreSQL's own parser does. Never fails: what PostgreSQL would refuse is an <see cref="InvalidStatement"/>.</summary>
public static class SqlParser
{
    /// <summary>The statements of a script, one by one, as they are asked for.</summary>
    /// <param name="text">The script.</param>
    /// <param name="isPsql">Whether psql reads it: backslash commands, variables, and data behind COPY … FROM stdin. Without it the text is what a server
    /// receives.</param>
    public static IEnumerable<ScriptStatement> Read(string text, bool isPsql = true)
    {
        var scanner = new ScriptScanner(text, isPsql);
        while (scanner.Next() is { } statement)
        {
            yield return statement;
        }
    }

    /// <summary>A text that is one statement. Of several, the first.</summary>
    /// <param name="text">The statement, with or without its semicolon.</param>
    public static SqlStatement ParseStatement(string text)
    {
        foreach (var statement in Read(text, isPsql: false))
        {
            return statement.Statement;
        }

        return new UnknownStatement(new TextSpan(0, text.Length), "There is no statement here.");
    }

    /// <summary>A text that is one expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="expression">The expression; null where it is wrong.</param>
    /// <param name="error">What is wrong with it; null where nothing is.</param>
    /// <param name="start">Where in the text it begins.</param>
    /// <param name="length">How long it is; to the text's end where it is negative.</param>
    public static bool TryParseExpression(string text, out SqlExpr? expression, out SqlSyntaxError? error, int start = 0, int length = -1)
    {
        expression = Guard(text, start, length, ExpressionParser.Parse, out error);
        return expression is not null;
    }

    /// <summary>A text that is one type.</summary>
    /// <param name="text">The type.</param>
    /// <param name="type">The type; null where it is wrong.</param>
    /// <param name="error">What is wrong with it; null where nothing is.</param>
    public static bool TryParseType(string text, out SqlTypeName? type, out SqlSyntaxError? error)
    {
        type = Guard(text, 0, -1, TypeNames.Parse, out error);
        return type is not null;
    }

    /// <summary>A text that is a name with qualifiers, such as <c>public."Users"</c>.</summary>
    /// <param name="text">The name.</param>
    /// <param name="name">The name; null where it is wrong.</param>
    /// <param name="error">What is wrong with it; null where nothing is.</param>
    public static bool TryParseName(string text, out QualifiedName? name, out SqlSyntaxError? error)
    {
        name = Guard(text, 0, -1, Names.Qualified, out error);
        return name is not null;
    }

    private static T? Guard<T>(string text, int start, int length, Func<TokenReader, T> parse, out SqlSyntaxError? error)
        where T : class
    {
        try
        {
            var reader = new TokenReader(text, start, length < 0 ? text.Length : start + length);
            var value = parse(reader);
            if (reader.Current.Kind != TokenKind.End)
            {
                throw reader.Unexpected();
            }

            error = null;
            return value;
        }
        catch (SqlSyntaxException exception)
        {
            error = exception.Error;
            return null;
        }
    }
}
