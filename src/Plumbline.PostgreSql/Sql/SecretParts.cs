using System.Collections.Frozen;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql;

/// <summary>What <see cref="SecretStrings"/> finds in a text.</summary>
public sealed class SecretParts
{
    // What goes on with the statement, and is not the value of a name that stands before it.
    private static readonly FrozenSet<Keyword> Clauses = FrozenSet.Create(
        Keyword.Add, Keyword.Drop, Keyword.Alter, Keyword.Rename, Keyword.Enable, Keyword.Disable, Keyword.On, Keyword.Where, Keyword.From, Keyword.Join, Keyword.Inner, Keyword.Left, Keyword.Order, Keyword.Group);

    private readonly string _text;
    private readonly bool _isSql;

    /// <summary>Takes what was found.</summary>
    /// <param name="text">The text.</param>
    /// <param name="strings">The constants that may be secrets, in their order.</param>
    /// <param name="opaque">The strings, the comments and what is never closed, in their order; null where the text is no SQL.</param>
    internal SecretParts(string text, IReadOnlyList<TextSpan> strings, IReadOnlyList<TextSpan>? opaque)
    {
        _text = text;
        _isSql = opaque is not null;
        Strings = strings;
        Opaque = opaque ?? [];
    }

    /// <summary>The constants that may be secrets, in their order, with their quotes.</summary>
    public IReadOnlyList<TextSpan> Strings { get; }

    /// <summary>
    /// Of SQL the strings, the comments and what is never closed, in their order: all that is no word and no sign of SQL. A dollar-quoted body that was read as SQL is no part of it.
    /// </summary>
    public IReadOnlyList<TextSpan> Opaque { get; }

    /// <summary>The number of the first span that ends behind an offset.</summary>
    /// <param name="spans">The spans, in their order.</param>
    /// <param name="offset">The offset.</param>
    public static int FirstBehind(IReadOnlyList<TextSpan> spans, int offset)
    {
        var (first, last) = (0, spans.Count);
        while (first < last)
        {
            var middle = (first + last) / 2;
            (first, last) = spans[middle].End <= offset ? (middle + 1, last) : (first, middle);
        }

        return first;
    }

    /// <summary>Whether a name is one of SQL, and what stands behind it is the call of a function: no constant, but its arguments may be some.</summary>
    /// <param name="name">The name, or a sign behind it.</param>
    /// <param name="value">What stands behind it.</param>
    /// <param name="end">Where to stop reading.</param>
    public bool IsCall(int name, int value, int end)
    {
        if (!IsCode(name) || !IsCode(value))
        {
            return false;
        }

        var lexer = new SqlLexer(_text, value, end);
        var last = lexer.Next();
        for (var isName = true; isName || last.Symbol == '.'; isName = !isName)
        {
            if (isName && last.Kind is not (TokenKind.Identifier or TokenKind.Keyword))
            {
                return false;
            }

            var next = lexer.Next();
            if (next.Start != last.End)
            {
                return false;
            }

            last = next;
        }

        return last.Symbol == '(';
    }

    /// <summary>Whether a name is one of SQL, and what stands behind it goes on with the statement: <c>ALTER TABLE "Token" ADD …</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="next">What stands behind it.</param>
    /// <param name="end">Where to stop reading.</param>
    public bool BeginsClause(int name, int next, int end) => IsCode(name) && IsCode(next) && Clauses.Contains(new SqlLexer(_text, next, end).Next().Keyword);

    private bool IsCode(int offset) => _isSql && FirstBehind(Opaque, offset) is var i && (i == Opaque.Count || Opaque[i].Start > offset);
}
