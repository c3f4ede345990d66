using Plumbline.PostgreSql.Sql.Lexing;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>Operators and how tight they bind ("Operator Precedence" in PostgreSQL's documentation).</summary>
internal static class Operators
{
    public const int Or = 1;
    public const int And = 2;
    public const int Not = 3;
    public const int Is = 4;
    public const int Comparison = 5;
    public const int Like = 6;
    public const int Other = 8;
    public const int Sum = 9;
    public const int Product = 10;
    public const int Power = 11;
    public const int AtTimeZone = 12;
    public const int Collate = 13;
    public const int Sign = 14;
    public const int Cast = 16;

    /// <summary>The operator that a token is (the grammar's <c>all_Op</c>); null where it is none.</summary>
    public static string? Symbol(string text, Token token) => token.Kind switch
    {
        TokenKind.Operator => text[token.Start..token.End],
        TokenKind.Symbol => token.Symbol switch
        {
            '+' => "+",
            '-' => "-",
            '*' => "*",
            '/' => "/",
            '%' => "%",
            '^' => "^",
            '<' => "<",
            '>' => ">",
            '=' => "=",
            _ => null,
        },
        TokenKind.LessEquals => "<=",
        TokenKind.GreaterEquals => ">=",
        TokenKind.NotEquals => "<>",
        _ => null,
    };

    /// <summary>How tight an infix token binds; 0 where it is no infix.</summary>
    public static int LevelOf(Token token) => token.Kind switch
    {
        TokenKind.Keyword => token.Keyword switch
        {
            K.Or => Or,
            K.And => And,
            K.Is or K.Isnull or K.Notnull => Is,
            K.Between or K.In or K.Like or K.Ilike or K.Similar or K.Not => Like,
            K.Operator => Other,
            K.At => AtTimeZone,
            K.Collate => Collate,
            _ => 0,
        },
        TokenKind.Symbol => token.Symbol switch
        {
            '<' or '>' or '=' => Comparison,
            '+' or '-' => Sum,
            '*' or '/' or '%' => Product,
            '^' => Power,
            _ => 0,
        },
        TokenKind.LessEquals or TokenKind.GreaterEquals or TokenKind.NotEquals => Comparison,
        TokenKind.Operator => Other,
        TokenKind.DoubleColon => Cast,
        _ => 0,
    };

    /// <summary>Whether operators of a level can't stand beside each other without parentheses.</summary>
    public static bool IsNonAssociative(int level) => level is Is or Comparison or Like;
}
