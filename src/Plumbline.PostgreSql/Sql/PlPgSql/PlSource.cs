using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.PlPgSql;

/// <summary>
/// The tokens of a PL/pgSQL body. PL/pgSQL knows little of SQL: it looks for the word that ends an expression or statement, outside of all
/// parentheses, and has what precedes it read as SQL.
/// </summary>
internal sealed class PlSource
{
    private readonly string _code;
    private SqlLexer _lexer;
    private int _depth;

    /// <summary>Reads a body.</summary>
    public PlSource(string code)
    {
        _code = code;
        _lexer = new SqlLexer(code, 0, code.Length);
        Current = _lexer.Next();
    }

    /// <summary>The token that is to be read next.</summary>
    public Token Current { get; private set; }

    /// <summary>Where the token before the current one ends.</summary>
    public int PreviousEnd { get; private set; }

    /// <summary>The token behind the current one.</summary>
    public Token Next
    {
        get
        {
            var lexer = _lexer;
            return lexer.Next();
        }
    }

    /// <summary>Goes on to the next token.</summary>
    public Token Advance()
    {
        var token = Current;
        PreviousEnd = token.End;
        Current = _lexer.Next();
        return token;
    }

    /// <summary>Whether a word or operator is current.</summary>
    public bool Is(string word) => Is(Current, word);

    /// <summary>Whether a token is a word or operator; words in quotes are none.</summary>
    public bool Is(Token token, string word) =>
        token.Kind is TokenKind.Keyword or TokenKind.Identifier or TokenKind.Operator
        && _code.AsSpan(token.Start, token.End - token.Start).Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes a word or operator if it is current.</summary>
    public bool Accept(string word)
    {
        if (!Is(word))
        {
            return false;
        }

        Advance();
        return true;
    }

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

    /// <summary>Takes a word.</summary>
    /// <exception cref="SqlSyntaxException">Something else is here.</exception>
    public void Expect(string word)
    {
        if (!Accept(word))
        {
            throw Unexpected();
        }
    }

    /// <summary>Takes a symbol.</summary>
    /// <exception cref="SqlSyntaxException">Something else is here.</exception>
    public void Expect(char symbol)
    {
        if (!Accept(symbol))
        {
            throw Unexpected();
        }
    }

    /// <summary>Takes a name.</summary>
    public Identifier Name()
    {
        if (!Names.IsLabel(Current))
        {
            throw Unexpected();
        }

        return TokenText.ReadIdentifier(_code, Advance());
    }

    /// <summary>Takes a name with qualifiers.</summary>
    public QualifiedName Qualified()
    {
        var parts = ImmutableArray.CreateBuilder<Identifier>(1);
        parts.Add(Name());
        while (Accept('.'))
        {
            parts.Add(Name());
        }

        return new QualifiedName(SpanFrom(parts[0].Span.Start), parts.ToImmutable());
    }

    /// <summary>Takes a string.</summary>
    public ConstantExpr String()
    {
        if (!Current.IsString)
        {
            throw Unexpected();
        }

        var token = Advance();
        return new ConstantExpr(token.Span, ConstantKind.String, TokenText.ReadString(_code, token));
    }

    /// <summary>Goes one level deeper; <see cref="Leave"/> comes back.</summary>
    public void Enter()
    {
        if (++_depth > TokenReader.DepthLimit || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw TokenReader.Error("stack depth limit exceeded", Current.Start, "54001");
        }
    }

    /// <summary>Comes back from a deeper level.</summary>
    public void Leave() => _depth--;

    /// <summary>The span from an offset to the end of the token that was read last.</summary>
    public TextSpan SpanFrom(int start) => TextSpan.FromBounds(start, Math.Max(start, PreviousEnd));

    /// <summary>The error that the current token has no place here.</summary>
    public SqlSyntaxException Unexpected() => new TokenReader(_code, Current.Start, _code.Length).Unexpected();

    /// <summary>The text of a token.</summary>
    public string TextOf(Token token) => _code[token.Start..token.End];

    /// <summary>Whether something stands outside of parentheses before the end of the statement.</summary>
    public Token Find(Func<Token, bool> isEnd)
    {
        var lexer = _lexer;
        var depth = 0;
        for (var token = Current; ; token = lexer.Next())
        {
            if (token.Kind is TokenKind.End or TokenKind.Error || token.Symbol == ';' || (depth == 0 && isEnd(token)))
            {
                return token;
            }

            depth += token.Symbol is '(' or '[' ? 1 : token.Symbol is ')' or ']' ? -1 : 0;
            if (depth < 0)
            {
                return token;
            }
        }
    }

    /// <summary>An expression up to one of some words, which stays current; a semicolon where none is given.</summary>
    public SqlExpr Expression(params ReadOnlySpan<string> words) => Read(words, isExpression: true, PlExpressions.Parse);

    /// <summary>An SQL statement up to one of some words.</summary>
    public SqlStatement Statement(params ReadOnlySpan<string> words) => Read(words, isExpression: false, Statements.Parse);

    /// <summary>A part of the body up to one of some words, read by a parser of SQL.</summary>
    public T Read<T>(ReadOnlySpan<string> words, bool isExpression, Func<TokenReader, T> parse, TextSpan hidden = default)
    {
        string[] ends = [.. words];
        var end = Find(token => IsOneOf(token, ends));
        var isFound = ends.Length == 0 ? end.Symbol == ';' : IsOneOf(end, ends);
        if (!isFound || (isExpression && IsInParentheses(end)))
        {
            throw Missing(end, ends, isExpression);
        }

        if (end.Start == Current.Start)
        {
            throw isExpression ? Near("missing expression", Current) : Near("missing SQL statement", Current);
        }

        return ReadTo(end.Start, parse, hidden);
    }

    /// <summary>A part of the body up to an offset, read by a parser of SQL.</summary>
    public T ReadTo<T>(int end, Func<TokenReader, T> parse, TextSpan hidden = default)
    {
        var reader = new TokenReader(_code, Current.Start, end, hidden);
        var value = parse(reader);
        if (reader.Current.Kind != TokenKind.End)
        {
            throw reader.Unexpected();
        }

        MoveTo(end);
        return value;
    }

    /// <summary>Goes on at an offset.</summary>
    public void MoveTo(int position)
    {
        PreviousEnd = EndBefore(position);
        _lexer = new SqlLexer(_code, position, _code.Length);
        Current = _lexer.Next();
    }

    private int EndBefore(int position)
    {
        var end = position;
        while (end > 0 && SqlLexer.IsSpace(_code[end - 1]))
        {
            end--;
        }

        return end;
    }

    private bool IsOneOf(Token token, string[] words)
    {
        foreach (var word in words)
        {
            if (word == ".." ? token.Kind == TokenKind.DotDot : word == "," ? token.Symbol == ',' : Is(token, word))
            {
                return true;
            }
        }

        return false;
    }

    private SqlSyntaxException Missing(Token end, string[] words, bool isExpression)
    {
        if (end.Kind == TokenKind.Error)
        {
            return new TokenReader(_code, end.Start, _code.Length).Unexpected();
        }

        if (IsInParentheses(end))
        {
            return Near("mismatched parentheses", end);
        }

        var word = words.Length == 0 ? ";" : words[0].ToUpperInvariant();
        return TokenReader.Error($"missing \"{word}\" at end of SQL {(isExpression ? "expression" : "statement")}", end.Start);
    }

    /// <summary>An error in the words of PL/pgSQL's own grammar, with the token that it names.</summary>
    public SqlSyntaxException Near(string message, Token token) => TokenReader.Error(
        token.Kind == TokenKind.End ? $"{message} at end of input" : $"{message} at or near \"{TextOf(token)}\"", token.Start);

    // Whether the end was found before all parentheses were closed, or is one that closes too many.
    private bool IsInParentheses(Token end)
    {
        var depth = 0;
        var lexer = _lexer;
        for (var token = Current; token.Start < end.Start; token = lexer.Next())
        {
            depth += token.Symbol is '(' or '[' ? 1 : token.Symbol is ')' or ']' ? -1 : 0;
        }

        return depth != 0 || end.Symbol is ')' or ']';
    }
}
