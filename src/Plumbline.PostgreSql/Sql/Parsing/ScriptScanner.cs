using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>Goes through a script statement by statement. Its memory is that of one statement.</summary>
internal sealed class ScriptScanner
{
    private readonly string _text;
    private readonly bool _isPsql;
    private int _position;

    /// <summary>Reads a script.</summary>
    public ScriptScanner(string text, bool isPsql)
    {
        _text = text;
        _isPsql = isPsql;
    }

    /// <summary>The next statement; null at the script's end.</summary>
    public ScriptStatement? Next()
    {
        var comments = SkipToStatement();
        if (_position >= _text.Length)
        {
            return null;
        }

        var statement = _isPsql && _text[_position] == '\\' ? Command() : Statement();
        return new ScriptStatement(statement, statement.Span, comments);
    }

    // White space, comments and empty statements.
    private ImmutableArray<SqlComment> SkipToStatement()
    {
        ImmutableArray<SqlComment>.Builder? comments = null;
        var lexer = new SqlLexer(_text, _position, _text.Length);
        while (true)
        {
            var token = lexer.NextWithTrivia();
            if (token.Kind is TokenKind.LineComment or TokenKind.BlockComment)
            {
                comments ??= ImmutableArray.CreateBuilder<SqlComment>();
                comments.Add(new SqlComment(token.Span, token.Kind == TokenKind.BlockComment));
            }
            else if (token.Kind != TokenKind.WhiteSpace && token.Symbol != ';')
            {
                _position = token.Start;
                return comments?.DrainToImmutable() ?? [];
            }
        }
    }

    private PsqlCommandStatement Command()
    {
        var start = _position;
        var length = _text.AsSpan(start).IndexOfAny('\n', '\r');
        var end = length < 0 ? _text.Length : start + length;
        _position = end;
        var line = _text.AsSpan(start + 1, end - start - 1);
        var nameLength = line.IndexOfAny(' ', '\t');
        var name = nameLength < 0 ? line : line[..nameLength];
        var arguments = nameLength < 0 ? "" : line[nameLength..].Trim().ToString();
        return new PsqlCommandStatement(TextSpan.FromBounds(start, start + 1 + line.TrimEnd().Length), name.TrimEnd().ToString(), arguments);
    }

    private SqlStatement Statement()
    {
        var start = _position;
        var reader = new TokenReader(_text, start, _text.Length) { IsPsql = _isPsql };
        try
        {
            if (Statements.TryParse(reader) is not { } statement)
            {
                // No exception is thrown for this: of a text that is no SQL at all, every piece would cost one.
                return Refuse(start, reader.Unexpected().Error);
            }

            if (!reader.AtEnd)
            {
                throw reader.Unexpected();
            }

            _position = reader.At(';') ? reader.Current.End : reader.Current.Start;
            return statement is CopyStatement { IsFrom: true, File: null } copy && _isPsql && reader.At(';') ? copy with { Data = SkipData() } : statement;
        }
        catch (SqlSyntaxException exception)
        {
            return Refuse(start, exception.Error);
        }
    }

    private SqlStatement Refuse(int start, SqlSyntaxError error)
    {
        var (end, hasVariable) = StatementBoundary.Find(_text, start, _isPsql);
        _position = end < _text.Length && _text[end] == ';' ? end + 1 : end;
        var span = TextSpan.FromBounds(start, StatementBoundary.TrimEnd(_text, start, end));
        return hasVariable
            ? new UnknownStatement(span, "A psql variable stands in this statement; what it holds is not known.")
            : new InvalidStatement(span, error);
    }

    // COPY … FROM stdin: the lines behind it up to a line with \. alone.
    private TextSpan SkipData()
    {
        var lineEnd = _text.IndexOf('\n', _position);
        var start = lineEnd < 0 ? _text.Length : lineEnd + 1;
        for (var line = start; line < _text.Length;)
        {
            var next = _text.IndexOf('\n', line);
            var end = next < 0 ? _text.Length : next;
            if (_text.AsSpan(line, end - line).TrimEnd('\r') is "\\.")
            {
                _position = end;
                return TextSpan.FromBounds(start, line);
            }

            line = end + 1;
        }

        _position = _text.Length;
        return TextSpan.FromBounds(start, _text.Length);
    }
}
