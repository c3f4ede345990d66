using System.Text;
using Plumbline.PostgreSql.Sql.Lexing;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Takes the schema off names in statements that run where the search path leads to it.</summary>
public static class SchemaQualifiers
{
    /// <summary>The statements without a schema in front of names. What is in strings stays as it is.</summary>
    /// <param name="sql">The statements.</param>
    /// <param name="schema">The schema; null where every name keeps its own.</param>
    public static string Without(string sql, string? schema)
    {
        ArgumentNullException.ThrowIfNull(sql);
        if (schema is null)
            return sql;

        var written = SqlIdentifier.Quote(schema);
        var result = new StringBuilder(sql.Length);
        var lexer = new SqlLexer(sql, 0, sql.Length);
        Token previous = default;
        for (var token = lexer.NextWithTrivia(); token.Kind != TokenKind.End; previous = token, token = lexer.NextWithTrivia())
        {
            var isSchema = previous.Symbol != '.' && sql.AsSpan(token.Start, token.End - token.Start).SequenceEqual(written) && token.End < sql.Length && sql[token.End] == '.';
            if (!isSchema)
            {
                result.Append(sql, token.Start, token.End - token.Start);
                continue;
            }

            // The dot.
            token = lexer.NextWithTrivia();
        }

        return result.ToString();
    }
}
