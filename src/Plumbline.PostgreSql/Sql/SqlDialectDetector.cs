using Plumbline.PostgreSql.Sql.Lexing;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql;

/// <summary>
/// Tells by its syntax for which system a script is written. Only signs that PostgreSQL would refuse count, each with the dialects that it speaks for;
/// the dialect with the most of them wins.
/// </summary>
public static class SqlDialectDetector
{
    // Files are recognised by their beginnings: what is long is data.
    private const int TokensRead = 20_000;

    private static readonly HashSet<string> ClickHouseTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "Nullable", "LowCardinality", "DateTime64", "UInt8", "UInt16", "UInt32", "UInt64", "UInt256", "Int256", "Float64", "Float32", "FixedString",
            "Enum8", "Enum16",
        "AggregateFunction", "SimpleAggregateFunction",
    };

    /// <summary>The dialect of a script; PostgreSQL where nothing speaks against it.</summary>
    /// <param name="text">The script.</param>
    public static SqlDialect Detect(string text)
    {
        Span<int> votes = stackalloc int[5];
        var lexer = new SqlLexer(text, 0, text.Length);
        var (first, second, third) = (default(Token), default(Token), lexer.Next());
        for (var count = 0; count < TokensRead && third.Kind != TokenKind.End; count++)
        {
            (first, second, third) = (second, third, lexer.Next());
            Vote(text, votes, first, second, third);
        }

        var best = 0;
        for (var dialect = 1; dialect < votes.Length; dialect++)
        {
            best = votes[dialect] > votes[best] ? dialect : best;
        }

        return (SqlDialect)best;
    }

    // The token in the middle with its neighbours.
    private static void Vote(string text, Span<int> votes, Token before, Token token, Token after)
    {
        var word = token.Kind is TokenKind.Identifier or TokenKind.Keyword ? text.AsSpan(token.Start, token.End - token.Start) : default;
        if (Is(word, "ENGINE") && after.Symbol == '=')
        {
            votes[(int)EngineOf(text, after)] += 3;
        }
        else if (ClickHouseTypes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) && before.Kind is TokenKind.Identifier or TokenKind.Keyword)
        {
            votes[(int)SqlDialect.ClickHouse] += 2;
        }
        else if ((token.Keyword == K.On && after.Keyword == K.Cluster) || (Is(word, "TTL") && after.Kind == TokenKind.Identifier) || Is(word, "MATERIALIZE")
            || Is(word, "PREWHERE"))
        {
            votes[(int)SqlDialect.ClickHouse] += 2;
        }
        else if (Is(word, "AUTO_INCREMENT") || (Is(word, "UNSIGNED") && before.Kind != TokenKind.Symbol))
        {
            votes[(int)SqlDialect.MySql] += 3;
        }
        else if (Is(word, "AUTOINCREMENT") || (Is(word, "PRAGMA") && after.Kind is TokenKind.Identifier or TokenKind.Keyword))
        {
            votes[(int)SqlDialect.Sqlite] += 3;
        }
        else if (Is(word, "NVARCHAR") || Is(word, "DATETIME2") || (Is(word, "GO") && IsAloneOnLine(text, token)))
        {
            votes[(int)SqlDialect.SqlServer] += 2;
        }
        else if (Is(word, "IDENTITY") && after.Symbol == '(' && before.Kind != TokenKind.Keyword)
        {
            votes[(int)SqlDialect.SqlServer] += 2;
        }
        else if (token.Kind == TokenKind.Operator && text[token.Start] == '`')
        {
            // Backticks quote names in MySQL, and in ClickHouse and SQLite too.
            votes[(int)SqlDialect.MySql]++;
        }
        else if (token.Symbol == '[' && after.Kind is TokenKind.Identifier && IsStartOfName(before))
        {
            votes[(int)SqlDialect.SqlServer]++;
        }
    }

    private static SqlDialect EngineOf(string text, Token equals)
    {
        var lexer = new SqlLexer(text, equals.End, text.Length);
        var engine = lexer.Next();
        var name = text.AsSpan(engine.Start, engine.End - engine.Start);
        return name.StartsWith("InnoDB", StringComparison.OrdinalIgnoreCase) || name.StartsWith("MyISAM", StringComparison.OrdinalIgnoreCase)
            ? SqlDialect.MySql
            : SqlDialect.ClickHouse;
    }

    private static bool IsStartOfName(Token before) =>
        before.Keyword is K.Table or K.Into or K.From or K.Update or K.Exists or K.Index or K.On or K.Constraint or K.References || before.Symbol is '.' or '(';

    private static bool IsAloneOnLine(string text, Token token)
    {
        var lineStart = text.LastIndexOf('\n', Math.Max(0, token.Start - 1)) + 1;
        var lineEnd = text.IndexOf('\n', token.End);
        var line = text.AsSpan(lineStart, (lineEnd < 0 ? text.Length : lineEnd) - lineStart).Trim();
        return line.Length == token.End - token.Start;
    }

    private static bool Is(ReadOnlySpan<char> word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);
}
