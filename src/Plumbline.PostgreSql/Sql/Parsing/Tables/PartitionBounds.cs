using Plumbline.PostgreSql.Sql.Ast.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Tables;

/// <summary>The bounds of a partition ("CREATE TABLE", partition_bound_spec).</summary>
internal static class PartitionBounds
{
    /// <summary>FOR VALUES, or DEFAULT.</summary>
    public static PartitionBound Parse(TokenReader r)
    {
        var start = r.Current.Start;
        if (r.Accept(K.Default))
        {
            return new PartitionBound(r.SpanFrom(start), PartitionBoundKind.Default);
        }

        r.Expect(K.For, K.Values);
        if (r.Accept(K.In))
        {
            var values = Lists.InParentheses(r, ExpressionParser.ParseInside);
            return new PartitionBound(r.SpanFrom(start), PartitionBoundKind.List) { Values = values };
        }

        if (r.Accept(K.From))
        {
            var from = Lists.InParentheses(r, ExpressionParser.ParseInside);
            r.Expect(K.To);
            var to = Lists.InParentheses(r, ExpressionParser.ParseInside);
            return new PartitionBound(r.SpanFrom(start), PartitionBoundKind.Range) { From = from, To = to };
        }

        r.Expect(K.With);
        return Hash(r, start);
    }

    private static PartitionBound Hash(TokenReader r, int start)
    {
        var position = r.PreviousEnd - "WITH".Length;
        var elements = Lists.InParentheses(r, static r =>
        {
            var name = Names.NonReserved(r);
            return (Name: name, Value: Literals.Integer(r));
        });
        int? modulus = null;
        int? remainder = null;
        foreach (var (name, value) in elements)
        {
            switch (name.Name)
            {
                case "modulus":
                    modulus = modulus is null ? value : throw Refuse("modulus for hash partition provided more than once", name.Span.Start, "42710");
                    break;
                case "remainder":
                    remainder = remainder is null ? value : throw Refuse("remainder for hash partition provided more than once", name.Span.Start, "42710");
                    break;
                default:
                    throw Refuse($"unrecognized hash partition bound specification \"{name.Name}\"", name.Span.Start, "42601");
            }
        }

        return new PartitionBound(r.SpanFrom(start), PartitionBoundKind.Hash)
        {
            Modulus = modulus ?? throw Refuse("modulus for hash partition must be specified", position, "42601"),
            Remainder = remainder ?? throw Refuse("remainder for hash partition must be specified", position, "42601"),
        };
    }

    private static Lexing.SqlSyntaxException Refuse(string message, int? position, string sqlState) => TokenReader.Error(message, position, sqlState);
}
