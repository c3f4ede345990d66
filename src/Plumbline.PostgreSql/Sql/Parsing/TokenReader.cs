using System.Runtime.CompilerServices;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.Schema.Text;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>
/// The tokens of a statement, one after the other, with a little sight ahead. The parsers built on it are predictive: the first token that cannot
/// go on is the one that PostgreSQL's parser names in its message.
/// </summary>
internal sealed class TokenReader
{
    /// <summary>How deep parentheses and other constructs may be nested; PostgreSQL's own parser gives up at 10,000.</summary>
    public const int DepthLimit = ReadingBudget.SqlDepth;

    private const int LookAhead = 4;

    private readonly Token[] _ahead = new Token[LookAhead];
    private readonly TextSpan _hidden;
    private readonly int _end;
    private SqlLexer _lexer;
    private int _first;
    private int _count;
    private int _depth;

    /// <summary>Reads a part of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where to stop.</param>
    /// <param name="hidden">A range of whole tokens that is skipped, as PL/pgSQL does with INTO.</param>
    public TokenReader(string text, int start, int end, TextSpan hidden = default)
    {
        Text = text;
        _end = end;
        _hidden = hidden;
        _lexer = new SqlLexer(text, start, end);
        Current = Read();
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The token that is to be read next.</summary>
    public Token Current { get; private set; }

    /// <summary>Where the token before the current one ends.</summary>
    public int PreviousEnd { get; private set; }

    /// <summary>Whether psql reads the text, for which a backslash ends the statement.</summary>
    public bool IsPsql { get; init; }

    /// <summary>Whether a column's label may follow the expression that is being read, so that a word such as AND may be that label.</summary>
    public bool IsLabelPossible { get; set; }

    /// <summary>The token behind the current one.</summary>
    public Token Next => Peek(1);

    /// <summary>A token behind the current one.</summary>
    /// <param name="distance">How far behind: 1 to 3.</param>
    public Token Peek(int distance)
    {
        while (_count < distance)
        {
            _ahead[(_first + _count) % LookAhead] = Lex();
            _count++;
        }

        return _ahead[(_first + distance - 1) % LookAhead];
    }

    /// <summary>Goes on to the next token.</summary>
    /// <returns>The token that was current.</returns>
    public Token Advance()
    {
        var token = Current;
        PreviousEnd = token.End;
        Current = Read();
        return token;
    }

    /// <summary>Whether the statement is at its end: a semicolon, or the end of the text.</summary>
    public bool AtEnd => Current.Kind == TokenKind.End || At(';') || (IsPsql && At('\\'));

    /// <summary>Whether a symbol is current.</summary>
    public bool At(char symbol) => Current.Symbol == symbol;

    /// <summary>Whether a key word is current.</summary>
    public bool At(K keyword) => Current.Keyword == keyword;

    /// <summary>Whether one of two key words is current.</summary>
    public bool At(K first, K second) => Current.Keyword == first || Current.Keyword == second;

    /// <summary>Whether a kind of token is current.</summary>
    public bool At(TokenKind kind) => Current.Kind == kind;

    /// <summary>Whether two key words follow each other here.</summary>
    public bool AtPair(K first, K second) => Current.Keyword == first && Next.Keyword == second;

    /// <summary>Takes a symbol if it is current.</summary>
    public bool Accept(char symbol)
    {
        if (Current.Symbol != symbol)
        {
            return false;
        }

        Advance();
        return true;
    }

    /// <summary>Takes a key word if it is current.</summary>
    public bool Accept(K keyword)
    {
        if (Current.Keyword != keyword)
        {
            return false;
        }

        Advance();
        return true;
    }

    /// <summary>Takes a key word if it is current, and then demands the others.</summary>
    public bool Accept(K first, params ReadOnlySpan<K> rest)
    {
        if (Current.Keyword != first)
        {
            return false;
        }

        Advance();
        foreach (var keyword in rest)
        {
            Expect(keyword);
        }

        return true;
    }

    /// <summary>Takes two key words if both stand here.</summary>
    public bool AcceptPair(K first, K second)
    {
        if (!AtPair(first, second))
        {
            return false;
        }

        Advance();
        Advance();
        return true;
    }

    /// <summary>Takes a symbol.</summary>
    /// <exception cref="SqlSyntaxException">Something else is here.</exception>
    public Token Expect(char symbol) => Current.Symbol == symbol ? Advance() : throw Unexpected();

    /// <summary>Takes a key word.</summary>
    /// <exception cref="SqlSyntaxException">Something else is here.</exception>
    public Token Expect(K keyword) => Current.Keyword == keyword ? Advance() : throw Unexpected();

    /// <summary>Takes key words.</summary>
    /// <exception cref="SqlSyntaxException">Something else is here.</exception>
    public void Expect(K first, params ReadOnlySpan<K> rest)
    {
        Expect(first);
        foreach (var keyword in rest)
        {
            Expect(keyword);
        }
    }

    /// <summary>Takes a kind of token.</summary>
    /// <exception cref="SqlSyntaxException">Something else is here.</exception>
    public Token Expect(TokenKind kind) => Current.Kind == kind ? Advance() : throw Unexpected();

    /// <summary>The span from an offset to the end of the token that was read last.</summary>
    public TextSpan SpanFrom(int start) => TextSpan.FromBounds(start, Math.Max(start, PreviousEnd));

    /// <summary>The characters of a token.</summary>
    public string TextOf(Token token) => Text[token.Start..token.End];

    /// <summary>The error that the current token has no place here.</summary>
    public SqlSyntaxException Unexpected() => UnexpectedAt(Current);

    /// <summary>The error that a token has no place where it is.</summary>
    public SqlSyntaxException UnexpectedAt(Token token) => new(token.Kind switch
    {
        TokenKind.Error => SqlLexer.Explain(Text, token),
        TokenKind.End => new SqlSyntaxError("42601", "syntax error at end of input", token.Start),
        TokenKind.UnicodeString or TokenKind.UnicodeIdentifier => new SqlSyntaxError("42601", $"syntax error at or near \"{WithEscape(token)}\"", token.Start),
        _ => new SqlSyntaxError("42601", $"syntax error at or near \"{TextOf(token)}\"", token.Start),
    });

    /// <summary>An error of the grammar that has words of its own.</summary>
    public static SqlSyntaxException Error(string message, int? position, string sqlState = "42601", string? hint = null, string? detail = null) =>
        new(new SqlSyntaxError(sqlState, message, position, hint, detail));

    /// <summary>Goes one level deeper; <see cref="Leave"/> comes back.</summary>
    /// <exception cref="SqlSyntaxException">It is nested too deep.</exception>
    public void Enter()
    {
        if (++_depth > DepthLimit || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Error($"memory exhausted at or near \"{TextOf(Current)}\"", Current.Start);
        }
    }

    /// <summary>Comes back from a deeper level.</summary>
    public void Leave() => _depth--;

    // For PostgreSQL's parser UESCAPE belongs to the token before it.
    private string WithEscape(Token token)
    {
        var lexer = new SqlLexer(Text, token.End, _end);
        var isEscape = lexer.Next().Keyword == K.Uescape;
        var character = lexer.Next();
        return isEscape && character.Kind == TokenKind.String ? Text[token.Start..character.End] : TextOf(token);
    }

    private Token Read()
    {
        if (_count == 0)
        {
            return Lex();
        }

        var token = _ahead[_first];
        _first = (_first + 1) % LookAhead;
        _count--;
        return token;
    }

    private Token Lex()
    {
        var token = _lexer.Next();
        if (_hidden.Length > 0 && token.Start >= _hidden.Start && token.Start < _hidden.End)
        {
            _lexer = new SqlLexer(Text, _hidden.End, _end);
            token = _lexer.Next();
        }

        return token;
    }
}
