namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>
/// Functions that the SQL standard has words for. PostgreSQL prints them in those words since version 14 (<c>get_func_sql_syntax</c>), and as plain calls
/// before: <c>TRIM(BOTH FROM a)</c> is <c>btrim(a)</c>.
/// </summary>
internal static class CanonicalFunctions
{
    /// <summary>A call in the form of a plain one.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="arguments">Its arguments; words between them are nodes of a sequence.</param>
    /// <param name="isQuoted">Whether the name is quoted, as it is in a plain call of such a function.</param>
    internal static CanonicalNode Call(string name, IReadOnlyList<CanonicalNode> arguments, bool isQuoted)
    {
        var standard = isQuoted || arguments.Count == 0 ? null : name switch
        {
            "trim" => Trim(arguments),
            "substring" => Substring(arguments),
            "overlay" when Words(arguments) is [var whole, { Kind: CanonicalKind.Word, Text: "placing" }, var part, { Kind: CanonicalKind.Word, Text: "from" }, var start] =>
                CanonicalNode.Call(name, whole, part, start),
            "overlay" when Words(arguments) is [var whole, { Kind: CanonicalKind.Word, Text: "placing" }, var part, { Kind: CanonicalKind.Word, Text: "from" }, var start, { Kind: CanonicalKind.Word, Text: "for" }, var length] =>
                CanonicalNode.Call(name, whole, part, start, length),
            "extract" when Words(arguments) is [{ Kind: CanonicalKind.Name or CanonicalKind.Text } field, { Kind: CanonicalKind.Word, Text: "from" }, var source] =>
                CanonicalNode.Call(name, CanonicalNode.Leaf(CanonicalKind.Text, field.Text), source),
            "normalize" when arguments is [var source, { Kind: CanonicalKind.Name } form] => CanonicalNode.Call(name, source, CanonicalNode.Leaf(CanonicalKind.Text, form.Text.ToUpperInvariant())),
            "xmlexists" when Words(arguments) is [var path, { Kind: CanonicalKind.Name, Text: "passing" }, .. var document] => CanonicalNode.Call(name, path, document[^1]),
            _ => null,
        };
        if (standard is not null)
        {
            return standard with { IsStandardSyntax = true };
        }

        return (name, arguments) switch
        {
            ("now", []) => CanonicalNode.Call("current_timestamp"),
            ("similar_escape", [var pattern, { Kind: CanonicalKind.Number, Text: "null" }]) => CanonicalNode.Call("similar_to_escape", pattern),
            ("similar_escape", [_, { Kind: CanonicalKind.Text }]) => CanonicalNode.Call("similar_to_escape", arguments),
            _ => CanonicalNode.Call(name, arguments),
        };
    }

    private static CanonicalNode[] Words(IReadOnlyList<CanonicalNode> arguments) => arguments is [{ Kind: CanonicalKind.Sequence } words] ? [.. words.Items] : [];

    private static CanonicalNode Trim(IReadOnlyList<CanonicalNode> arguments)
    {
        var words = arguments is [{ Kind: CanonicalKind.Sequence } sequence] ? sequence.Items : null;
        var side = words?[0] switch
        {
            { Kind: CanonicalKind.Word, Text: "leading" } => "ltrim",
            { Kind: CanonicalKind.Word, Text: "trailing" } => "rtrim",
            _ => "btrim",
        };
        if (words?[0] is { Kind: CanonicalKind.Word, Text: "leading" or "trailing" or "both" })
        {
            words = [.. words.Skip(1)];
        }

        return words switch
        {
            [{ Kind: CanonicalKind.Word, Text: "from" }, var source] => CanonicalNode.Call(side, source),
            [var characters, { Kind: CanonicalKind.Word, Text: "from" }, var source] => CanonicalNode.Call(side, source, characters),
            [var source] => CanonicalNode.Call(side, source),
            null => CanonicalNode.Call("btrim", arguments),
            _ => CanonicalNode.Call("trim", arguments),
        };
    }

    private static CanonicalNode? Substring(IReadOnlyList<CanonicalNode> arguments) => Words(arguments) switch
    {
        [var source, { Kind: CanonicalKind.Word, Text: "from" }, var start] => CanonicalNode.Call("substring", source, start),
        [var source, { Kind: CanonicalKind.Word, Text: "for" }, var length] => CanonicalNode.Call("substring", source, CanonicalCasts.Number("1"), length),
        [var source, { Kind: CanonicalKind.Word, Text: "from" }, var start, { Kind: CanonicalKind.Word, Text: "for" }, var length] => CanonicalNode.Call("substring", source, start, length),
        _ => null,
    };
}
