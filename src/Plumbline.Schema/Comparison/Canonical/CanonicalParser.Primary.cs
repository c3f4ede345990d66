using System.Globalization;
using Plumbline.Schema.Model;
using static Plumbline.Schema.Comparison.Canonical.CanonicalWords;

namespace Plumbline.Schema.Comparison.Canonical;

/// <content>What needs no operator: constants, names, calls, brackets, CASE.</content>
internal sealed partial class CanonicalParser
{
    /// <summary>What is between the parts of a qualified name.</summary>
    internal const char PathSeparator = '\u0002';

    private CanonicalNode? Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case ExpressionTokenKind.Text:
                _position++;
                return CanonicalNode.Leaf(CanonicalKind.Text, token.Text);
            case ExpressionTokenKind.Number:
                _position++;
                return CanonicalCasts.Number(token.Text);
            case ExpressionTokenKind.Name:
                return token.IsQuoted ? NameOrCall() : Keyword(token.Text);
            default:
                if (token.Text == "*")
                {
                    _position++;
                    return CanonicalNode.Leaf(CanonicalKind.Name, "*");
                }

                if (token.Text == "$" && Peek(1).Kind == ExpressionTokenKind.Number)
                {
                    _position += 2;
                    return CanonicalNode.Leaf(CanonicalKind.Name, "$" + _tokens[_position - 1].Text);
                }

                return Take("(") ? InParentheses() : null;
        }
    }

    private CanonicalNode? Keyword(string word)
    {
        var isCall = Peek(1).Is("(");
        switch (word)
        {
            case "null" or "true" or "false" when !isCall:
                _position++;
                return CanonicalNode.Leaf(CanonicalKind.Number, word);
            case "case":
                return Case();
            case "array" when Peek(1).Is("["):
                _position += 2;
                return new CanonicalNode(CanonicalKind.Array, "", Bracketed("]"));
            case "array" or "exists" when isCall:
                _position += 2;
                return CanonicalNode.Operator(word.ToUpperInvariant(), InParentheses());
            case "row" when isCall:
                _position += 2;
                return new CanonicalNode(CanonicalKind.Row, "", Bracketed(")"));
            case "cast" when isCall:
                _position += 2;
                return CastCall();
            case "collation" when IsWord("for", 1) && Peek(2).Is("("):
                _position += 3;
                return CanonicalNode.Call("pg_collation_for", InParentheses()) with { IsStandardSyntax = true };
            case "position" when isCall:
                _position += 2;
                return Position();
            case "left" or "right" when isCall:
                return NameOrCall();
        }

        if (Reserved.Contains(word))
        {
            return null;
        }

        if (!isCall && ValueFunctions.Contains(word) && !Peek(1).Is("."))
        {
            _position++;
            return CanonicalNode.Call(word);
        }

        return TypedConstant() ?? NameOrCall();
    }

    // interval '1 day', timestamp with time zone '…': the type is written before the constant.
    private CanonicalNode? TypedConstant()
    {
        var start = _position;
        if (Peek(1).Kind != ExpressionTokenKind.Text && !IsWord("with", 1) && !IsWord("without", 1) && !IsWord("precision", 1) && !IsWord("varying", 1))
        {
            return null;
        }

        var type = Type();
        if (Current.Kind != ExpressionTokenKind.Text)
        {
            _position = start;
            return null;
        }

        var constant = CanonicalNode.Leaf(CanonicalKind.Text, _tokens[_position++].Text);
        return CanonicalCasts.Cast(constant, type.Name == "interval" && type.Modifiers is null ? type with { Modifiers = IntervalFields() } : type);
    }

    private string Path()
    {
        var path = _tokens[_position++].Text;
        while (Current.Is(".") && (Peek(1).Kind == ExpressionTokenKind.Name || Peek(1).Is("*")))
        {
            path = path == "pg_catalog" ? Peek(1).Text : path + PathSeparator + Peek(1).Text;
            _position += 2;
        }

        return path;
    }

    private CanonicalNode NameOrCall()
    {
        var isQuoted = Current.IsQuoted;
        var path = Path();
        if (!Take("("))
        {
            return CanonicalNode.Leaf(CanonicalKind.Name, path);
        }

        var arguments = Bracketed(")");
        var call = CanonicalFunctions.Call(path, arguments, isQuoted);
        while (Current is { Kind: ExpressionTokenKind.Name, IsQuoted: false, Text: "within" or "filter" or "over" } && (Peek(1).Is("(") || IsWord("group", 1) || IsWord("over")))
        {
            call = Windowed(call);
        }

        return call;
    }

    // FILTER (…), WITHIN GROUP (…), OVER (…) or OVER name, which belong to the call before them.
    private CanonicalNode Windowed(CanonicalNode call)
    {
        var word = _tokens[_position++].Text;
        TakeWord("group");
        if (Take("("))
        {
            return new CanonicalNode(CanonicalKind.Operator, word, [call, .. Bracketed(")")]);
        }

        return Current.Kind == ExpressionTokenKind.Name ? CanonicalNode.Operator(word + " name", call, CanonicalNode.Leaf(CanonicalKind.Name, Path())) : CanonicalNode.Operator(word, call);
    }

    // The words stay; the expressions between them are brought to their structure.
    private CanonicalNode Case()
    {
        var items = new List<CanonicalNode> { Word() };
        while (_position < _tokens.Count && !IsWord("end") && !Current.Is(")") && !Current.Is("]"))
        {
            items.Add(Expression(Precedence.Argument) ?? Word());
        }

        TakeWord("end");
        return new CanonicalNode(CanonicalKind.Operator, "CASE", items);
    }

    // POSITION(part IN whole), where IN is no operator.
    private CanonicalNode Position()
    {
        if (Expression(Precedence.Pattern) is not { } part)
        {
            return CanonicalNode.Call("position", Bracketed(")"));
        }

        var whole = TakeWord("in") ? Expression(Precedence.Pattern) : null;
        if (whole is not null && Take(")"))
        {
            return CanonicalNode.Call("position", whole, part) with { IsStandardSyntax = true };
        }

        Take(",");
        return CanonicalNode.Call("position", whole is null ? [part, .. Bracketed(")")] : [part, whole, .. Bracketed(")")]);
    }

    private CanonicalNode CastCall()
    {
        var value = Expression(Precedence.Argument);
        if (value is not null && TakeWord("as"))
        {
            var type = Type();
            if (Take(")"))
            {
                return CanonicalCasts.Cast(value, type);
            }

            value = CanonicalNode.Sequence([value, CanonicalNode.Leaf(CanonicalKind.Word, type.ToString())]);
        }

        return new CanonicalNode(CanonicalKind.Call, "cast", value is null ? Bracketed(")") : [value, .. Bracketed(")")]);
    }

    /// <summary>A type's name with its modifiers and brackets. PostgreSQL documentation, "Data Types".</summary>
    private ColumnType Type()
    {
        if (Current.Kind != ExpressionTokenKind.Name)
        {
            return new ColumnType("");
        }

        var first = _tokens[_position++];
        var name = first.Text;
        var schema = default(string);
        while (Current.Is(".") && Peek(1).Kind == ExpressionTokenKind.Name)
        {
            schema = name == "pg_catalog" ? null : name;
            first = Peek(1);
            name = first.Text;
            _position += 2;
        }

        if (!first.IsQuoted && schema is null)
        {
            while (Current is { Kind: ExpressionTokenKind.Name, IsQuoted: false, Text: "varying" or "precision" })
            {
                name += " " + _tokens[_position++].Text;
            }
        }

        // "char" is a type of one byte, char is character(1): quoted, a name is no alias.
        name = first.IsQuoted && TypeEquality.IsAlias(name) ? $"\"{name}\"" : name;
        var modifiers = Current.Is("(") ? Modifiers() : null;
        if (Current is { Kind: ExpressionTokenKind.Name, IsQuoted: false, Text: "with" or "without" } && IsWord("time", 1) && IsWord("zone", 2))
        {
            name += $" {Current.Text} time zone";
            _position += 3;
        }

        modifiers ??= name == "interval" && !first.IsQuoted ? IntervalFields() : null;
        var isArray = false;
        while (Current.Is("[") && (Peek(1).Is("]") || (Peek(1).Kind == ExpressionTokenKind.Number && Peek(2).Is("]"))))
        {
            _position += Peek(1).Is("]") ? 2 : 3;
            isArray = true;
        }

        return TypeEquality.Canonical(new ColumnType(name, schema, modifiers, isArray));
    }

    private string Modifiers()
    {
        var depth = 0;
        var text = "";
        do
        {
            depth += Current.Is("(") ? 1 : Current.Is(")") ? -1 : 0;
            text += _tokens[_position++].Text;
        }
        while (depth > 0 && _position < _tokens.Count);
        return text.Trim('(', ')').ToLower(CultureInfo.InvariantCulture);
    }

    private string? IntervalFields()
    {
        var fields = new List<string>();
        while (Current is { Kind: ExpressionTokenKind.Name, IsQuoted: false, Text: "year" or "month" or "day" or "hour" or "minute" or "second" or "to" })
        {
            fields.Add(_tokens[_position++].Text);
        }

        return fields.Count == 0 ? null : string.Join(' ', fields) + (Current.Is("(") ? $"({Modifiers()})" : "");
    }
}
