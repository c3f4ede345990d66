using System.Runtime.CompilerServices;
using static Plumbline.Schema.Comparison.Canonical.CanonicalWords;

namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>
/// Brings the text of an expression or query to one structure, so that texts which mean the same in other words, operators or brackets are equal. It knows
/// expressions, and takes what is between them as it is: a query is its key words with the expressions between them. It fails on nothing, loses no token,
/// and takes time linear in the text.
/// </summary>
internal sealed partial class CanonicalParser
{
    private readonly List<ExpressionToken> _tokens;
    private int _position;

    private CanonicalParser(List<ExpressionToken> tokens) => _tokens = tokens;

    /// <summary>The structure of a text.</summary>
    /// <param name="tokens">The tokens of the text.</param>
    internal static CanonicalNode Parse(List<ExpressionToken> tokens)
    {
        var parser = new CanonicalParser(tokens);
        var items = new List<CanonicalNode>();
        while (parser._position < tokens.Count)
        {
            items.Add(CanonicalNode.Sequence(parser.Side()));
            if (parser._position < tokens.Count)
            {
                // A comma, or a bracket that nothing opened.
                items.Add(CanonicalNode.Leaf(CanonicalKind.Word, tokens[parser._position++].Text));
            }
        }

        return CanonicalNode.Sequence(items);
    }

    private ExpressionToken Current => Peek(0);

    private ExpressionToken Peek(int ahead) => _position + ahead < _tokens.Count ? _tokens[_position + ahead] : default;

    private bool IsWord(string word, int ahead = 0) => Peek(ahead).IsWord(word);

    private bool Take(string symbol)
    {
        var isThere = Current.Is(symbol);
        _position += isThere ? 1 : 0;
        return isThere;
    }

    private bool TakeWord(string word)
    {
        var isThere = IsWord(word);
        _position += isThere ? 1 : 0;
        return isThere;
    }

    /// <summary>What stands side by side up to a comma, a closing bracket or END.</summary>
    private List<CanonicalNode> Side()
    {
        var nodes = new List<CanonicalNode>();
        while (_position < _tokens.Count && !Current.Is(",") && !Current.Is(")") && !Current.Is("]"))
        {
            nodes.Add(Expression(Precedence.Argument) ?? Word());
        }

        return nodes;
    }

    private CanonicalNode Word() => CanonicalNode.Leaf(CanonicalKind.Word, _tokens[_position++].Text);

    /// <summary>What is in brackets, of which the first is read: between commas, each what stands side by side.</summary>
    private List<CanonicalNode> Bracketed(string close)
    {
        var items = new List<CanonicalNode>();
        if (Take(close))
        {
            return items;
        }

        while (true)
        {
            items.Add(CanonicalNode.Sequence(Side()));
            if (!Take(","))
            {
                Take(close);
                return items;
            }
        }
    }

    /// <summary>An expression whose operators bind tighter than <paramref name="precedence"/>; null where none begins here.</summary>
    private CanonicalNode? Expression(int precedence)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return null;
        }

        var left = Prefix();
        while (left is not null && _position < _tokens.Count)
        {
            var start = _position;
            left = Infix(left, precedence);
            if (_position == start)
            {
                break;
            }
        }

        return left;
    }

    private CanonicalNode? Prefix()
    {
        if (IsWord("not"))
        {
            _position++;
            return Unary("NOT", Precedence.Not);
        }

        if (Current.IsOperator && !Current.Is("*"))
        {
            var symbol = _tokens[_position++].Text;
            var isSign = symbol is "-" or "+";
            var operand = Expression(isSign ? Precedence.Sign : Precedence.Other);
            return operand is null ? CanonicalNode.Leaf(CanonicalKind.Word, symbol)
                : symbol == "-" && operand.Kind == CanonicalKind.Number ? CanonicalCasts.Negate(operand)
                : CanonicalNode.Operator("prefix " + symbol, operand);
        }

        return Primary() is { } primary ? Postfix(primary) : null;
    }

    private CanonicalNode Unary(string name, int precedence) =>
        Expression(precedence) is { } operand ? CanonicalNode.Operator(name, operand) : CanonicalNode.Leaf(CanonicalKind.Word, name);

    private CanonicalNode Infix(CanonicalNode left, int precedence)
    {
        var token = Current;
        if (token.IsOperator)
        {
            return Symbol(left, token.Text, precedence);
        }

        if (token is not { Kind: ExpressionTokenKind.Name, IsQuoted: false })
        {
            return left;
        }

        switch (token.Text)
        {
            case "or" when precedence < Precedence.Or:
                return Connected(left, CanonicalKind.Or, Precedence.Or);
            case "and" when precedence < Precedence.And:
                return Connected(left, CanonicalKind.And, Precedence.And);
            case "is" when precedence < Precedence.Is:
                return Is(left);
            case "isnull" or "notnull" when precedence < Precedence.Is:
                _position++;
                return CanonicalNode.Operator(token.Text == "isnull" ? "IS NULL" : "IS NOT NULL", left);
            case "not" when precedence < Precedence.Pattern && Peek(1) is { Kind: ExpressionTokenKind.Name, IsQuoted: false, Text: "in" or "like" or "ilike" or "between" or "similar" }:
                return Pattern(left, isNot: true);
            case "in" or "like" or "ilike" or "between" or "similar" when precedence < Precedence.Pattern:
                return Pattern(left, isNot: false);
            case "overlaps" when precedence < Precedence.Comparison && left is { Kind: CanonicalKind.Row, Items.Count: 2 }:
                return Overlaps(left);
            case "operator" when precedence < Precedence.Other && Peek(1).Is("("):
                _position += 2;
                return Operation(left, QualifiedOperator(), Precedence.Other);
            case "at" when precedence < Precedence.TimeZone && IsWord("time", 1) && IsWord("zone", 2):
                _position += 3;
                return Expression(Precedence.TimeZone) is { } zone
                    ? CanonicalNode.Call("timezone", zone, left) with { IsStandardSyntax = true }
                    : CanonicalNode.Sequence([left, CanonicalNode.Leaf(CanonicalKind.Word, "at time zone")]);
            case "at" when precedence < Precedence.TimeZone && IsWord("local", 1):
                _position += 2;
                return CanonicalNode.Call("timezone", left) with { IsStandardSyntax = true };
            case "collate" when precedence < Precedence.Collate && Peek(1).Kind == ExpressionTokenKind.Name:
                _position++;
                return CanonicalNode.Operator("COLLATE " + Path(), left);
            default:
                return left;
        }
    }

    private CanonicalNode Connected(CanonicalNode left, CanonicalKind kind, int precedence)
    {
        var word = kind == CanonicalKind.And ? "and" : "or";
        var operands = new List<CanonicalNode> { left };
        do
        {
            _position++;
            if (Expression(precedence) is not { } right)
                return CanonicalNode.Sequence([CanonicalNode.Connect(kind, operands), CanonicalNode.Leaf(CanonicalKind.Word, word)]);

            operands.Add(right);
        }
        while (IsWord(word));

        return CanonicalNode.Connect(kind, operands);
    }

    private CanonicalNode Symbol(CanonicalNode left, string symbol, int precedence)
    {
        var own = Precedence.Of(symbol);

        // A named argument is the only one of its kind, and takes all that follows.
        if (own <= precedence && !(own == Precedence.Argument && precedence == Precedence.Argument))
        {
            return left;
        }

        _position++;
        return Operation(left, symbol, own);
    }

    private CanonicalNode Operation(CanonicalNode left, string symbol, int precedence)
    {
        if (Peek(1).Is("(") && Current is { Kind: ExpressionTokenKind.Name, IsQuoted: false, Text: "any" or "some" or "all" })
        {
            var quantifier = IsWord("all") ? " ALL" : " ANY";
            _position += 2;
            return CanonicalNode.Operator(symbol + quantifier, left, InParentheses());
        }

        return Expression(precedence) is { } right
            ? CanonicalNode.Operator(symbol, left, right)
            : CanonicalNode.Sequence([left, CanonicalNode.Leaf(CanonicalKind.Word, symbol)]);
    }

    // OPERATOR(schema.symbol); the parenthesis is read.
    private string QualifiedOperator()
    {
        var name = "";
        while (_position < _tokens.Count && !Current.Is(")"))
        {
            name += _tokens[_position++].Text;
        }

        Take(")");
        return name.StartsWith("pg_catalog.", StringComparison.Ordinal) ? name["pg_catalog.".Length..] : name;
    }

    private CanonicalNode Is(CanonicalNode left)
    {
        _position++;
        var isNot = TakeWord("not");
        if (IsWord("distinct") && IsWord("from", 1))
        {
            _position += 2;
            var right = Expression(Precedence.Is) ?? CanonicalNode.Leaf(CanonicalKind.Word, "");
            var distinct = CanonicalNode.Operator("IS DISTINCT FROM", left, right);
            return isNot ? CanonicalNode.Operator("NOT", distinct) : distinct;
        }

        if (IsWord("normalized") || (IsWord("normalized", 1) && Current.Kind == ExpressionTokenKind.Name))
        {
            var form = TakeWord("normalized") ? "NFC" : _tokens[_position++].Text.ToUpperInvariant();
            TakeWord("normalized");
            var test = CanonicalNode.Call("is_normalized", left, CanonicalNode.Leaf(CanonicalKind.Text, form)) with { IsStandardSyntax = true };
            return isNot ? CanonicalNode.Operator("NOT", test) : test;
        }

        var words = isNot ? "IS NOT" : "IS";
        if (Current is { Kind: ExpressionTokenKind.Name, IsQuoted: false, Text: "null" or "true" or "false" or "unknown" or "document" or "json" })
        {
            words += " " + _tokens[_position++].Text.ToUpperInvariant();
        }

        return CanonicalNode.Operator(words, left);
    }

    // BETWEEN, IN, LIKE, ILIKE and SIMILAR TO in the operators that PostgreSQL makes of them.
    private CanonicalNode Pattern(CanonicalNode left, bool isNot)
    {
        var start = _position;
        _position += isNot ? 1 : 0;
        var word = _tokens[_position++].Text;
        if (word == "in" && Take("("))
        {
            var values = InParentheses();
            return values.Kind == CanonicalKind.Query ? CanonicalNode.Operator(isNot ? "NOT IN" : "IN", left, values)
                : values.Kind == CanonicalKind.Row ? CanonicalNode.Operator(isNot ? "<> ALL" : "= ANY", left, values with { Kind = CanonicalKind.Array })
                : CanonicalNode.Operator(isNot ? "<>" : "=", left, values);
        }

        if (word == "between" && !IsWord("symmetric"))
        {
            TakeWord("asymmetric");
            if (Expression(Precedence.Pattern) is not { } low)
            {
                return Words(left, start, _position);
            }

            if (!TakeWord("and") || Expression(Precedence.Pattern) is not { } high)
            {
                // Rows of a window's frame: ROWS BETWEEN 3 PRECEDING AND ….
                return CanonicalNode.Sequence([left, CanonicalNode.Leaf(CanonicalKind.Word, "between"), low]);
            }

            return isNot
                ? CanonicalNode.Connect(CanonicalKind.Or, CanonicalNode.Operator("<", left, low), CanonicalNode.Operator(">", left, high))
                : CanonicalNode.Connect(CanonicalKind.And, CanonicalNode.Operator(">=", left, low), CanonicalNode.Operator("<=", left, high));
        }

        var isSimilar = word == "similar" && TakeWord("to");
        if ((word is "like" or "ilike" || isSimilar) && Expression(Precedence.Pattern) is { } pattern)
        {
            var escape = TakeWord("escape") ? Expression(Precedence.Pattern) : null;
            pattern = isSimilar ? CanonicalNode.Call("similar_to_escape", escape is null ? [pattern] : [pattern, escape])
                : escape is null ? pattern : CanonicalNode.Call("like_escape", pattern, escape);
            var symbol = word switch { "like" => "~~", "ilike" => "~~*", _ => "~" };
            return CanonicalNode.Operator(isNot ? "!" + symbol : symbol, left, pattern);
        }

        return Words(left, start, _position);
    }

    private CanonicalNode Words(CanonicalNode left, int from, int to) =>
        CanonicalNode.Sequence([left, .. _tokens[from..to].Select(t => CanonicalNode.Leaf(CanonicalKind.Word, t.Text))]);

    private CanonicalNode Overlaps(CanonicalNode left)
    {
        _position++;
        return Expression(Precedence.Comparison) switch
        {
            { Kind: CanonicalKind.Row, Items.Count: 2 } right => CanonicalNode.Call("overlaps", [.. left.Items, .. right.Items]) with { IsStandardSyntax = true },
            { } other => CanonicalNode.Operator("OVERLAPS", left, other),
            null => CanonicalNode.Sequence([left, CanonicalNode.Leaf(CanonicalKind.Word, "overlaps")]),
        };
    }

    /// <summary>What is in parentheses, of which the first is read: a query, a row, or an expression, which needs none. Joins keep them.</summary>
    private CanonicalNode InParentheses()
    {
        var isQuery = Current is { Kind: ExpressionTokenKind.Name, IsQuoted: false } && QueryStarts.Contains(Current.Text);
        var items = Bracketed(")");
        return isQuery ? new CanonicalNode(CanonicalKind.Query, "", items) : items is [{ Kind: not CanonicalKind.Sequence } single] ? single : new CanonicalNode(CanonicalKind.Row, "", items);
    }

    private CanonicalNode Postfix(CanonicalNode node)
    {
        while (true)
        {
            if (Take("::"))
            {
                node = CanonicalCasts.Cast(node, Type());
            }
            else if (Current.Is("["))
            {
                _position++;
                node = new CanonicalNode(CanonicalKind.Operator, "[]", [node, .. Bracketed("]")]);
            }
            else if (Current.Is(".") && (Peek(1).Kind == ExpressionTokenKind.Name || Peek(1).Is("*")))
            {
                node = CanonicalNode.Operator("." + Peek(1).Text, node);
                _position += 2;
            }
            else
            {
                return node;
            }
        }
    }
}
