using System.Collections.Immutable;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>Lists with commas between their items.</summary>
internal static class Lists
{
    /// <summary>One item or more.</summary>
    public static ImmutableArray<T> Separated<T>(TokenReader r, Func<TokenReader, T> item)
    {
        var first = item(r);
        if (!r.At(','))
        {
            return [first];
        }

        var items = ImmutableArray.CreateBuilder<T>();
        items.Add(first);
        while (r.Accept(','))
        {
            items.Add(item(r));
        }

        return items.ToImmutable();
    }

    /// <summary>One item or more, in parentheses.</summary>
    public static ImmutableArray<T> InParentheses<T>(TokenReader r, Func<TokenReader, T> item)
    {
        r.Expect('(');
        var items = Separated(r, item);
        r.Expect(')');
        return items;
    }
}
