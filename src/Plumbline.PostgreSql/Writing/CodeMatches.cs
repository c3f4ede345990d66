using System.Text.RegularExpressions;
using Plumbline.PostgreSql.Sql.Lexing;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Replaces what a pattern finds in SQL, but for what it finds inside of strings, quoted names and comments.</summary>
internal static class CodeMatches
{
    /// <summary>The SQL with the replacements.</summary>
    public static string Replace(string sql, Regex pattern, string replacement)
    {
        if (!pattern.IsMatch(sql))
        {
            return sql;
        }

        var starts = new HashSet<int>();
        var lexer = new SqlLexer(sql, 0, sql.Length);
        for (var token = lexer.NextWithTrivia(); token.Kind != TokenKind.End; token = lexer.NextWithTrivia())
        {
            starts.Add(token.Start);
        }

        return pattern.Replace(sql, match => starts.Contains(match.Index) ? match.Result(replacement) : match.Value);
    }
}
