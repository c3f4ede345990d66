using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>A part of an expression or query whose words, operators and brackets have become structure.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its name, value or operator.</param>
/// <param name="Items">Its operands, arguments or elements.</param>
internal sealed record CanonicalNode(CanonicalKind Kind, string Text, IReadOnlyList<CanonicalNode> Items)
{
    /// <summary>Of a constant or cast, the type; null where none is written.</summary>
    internal ColumnType? Type { get; init; }

    /// <summary>Whether a call is written in the words of the SQL standard, such as <c>TRIM(BOTH FROM a)</c>, where PostgreSQL leaves out implicit casts of arguments.</summary>
    internal bool IsStandardSyntax { get; init; }

    internal static CanonicalNode Leaf(CanonicalKind kind, string text) => new(kind, text, []);

    internal static CanonicalNode Call(string name, params IReadOnlyList<CanonicalNode> arguments) => new(CanonicalKind.Call, name, arguments);

    internal static CanonicalNode Operator(string symbol, params IReadOnlyList<CanonicalNode> operands) => new(CanonicalKind.Operator, symbol, [.. operands.Select(o => o.WithoutColumnNames())]);

    /// <summary>One node for several that stand side by side.</summary>
    internal static CanonicalNode Sequence(IReadOnlyList<CanonicalNode> items) => items.Count == 1 ? items[0] : new(CanonicalKind.Sequence, "", [.. items.SelectMany(i => i.Kind == CanonicalKind.Sequence ? i.Items : [i])]);

    /// <summary>AND or OR; of operands that are the same operation, the operands: <c>(a AND b) AND c</c> is <c>a AND b AND c</c>.</summary>
    internal static CanonicalNode Connect(CanonicalKind kind, params IReadOnlyList<CanonicalNode> operands) => operands.Count == 1
        ? operands[0]
        : new(kind, "", [.. operands.SelectMany(operand => operand.Kind == kind ? operand.Items : [operand.WithoutColumnNames()])]);

    /// <summary>
    /// A query as an operand, without the names of its columns, which nothing can refer to: PostgreSQL gives a column of no name one when it reads it again.
    /// </summary>
    internal CanonicalNode WithoutColumnNames()
    {
        if (Kind != CanonicalKind.Query || !Items[0].IsWordAtStart("select"))
        {
            return this;
        }

        var items = new List<CanonicalNode>(Items);
        for (var i = 0; i < items.Count; i++)
        {
            var from = items[i].IndexOf("from");
            if (items[i].IndexOf("as") is >= 0 and var name && (from < 0 || name < from) && items[i].Items.Count > name + 1 && items[i].Items[name + 1].Kind == CanonicalKind.Name)
            {
                items[i] = Sequence([.. items[i].Items.Where((_, at) => at != name && at != name + 1)]);
            }

            if (from >= 0)
            {
                break;
            }
        }

        return this with { Items = items };
    }

    private bool IsWordAtStart(string word) => IsWord(word) || (Kind == CanonicalKind.Sequence && Items[0].IsWord(word));

    private int IndexOf(string word)
    {
        for (var i = 0; Kind == CanonicalKind.Sequence && i < Items.Count; i++)
        {
            if (Items[i].IsWord(word))
            {
                return i;
            }
        }

        return -1;
    }

    internal bool IsWord(string word) => Kind == CanonicalKind.Word && Text == word;
}

/// <summary>The kinds of <see cref="CanonicalNode"/>.</summary>
internal enum CanonicalKind
{
    /// <summary>A name, with those that qualify it.</summary>
    Name,

    /// <summary>A key word that belongs to no expression, or anything else that isn't understood.</summary>
    Word,

    /// <summary>A string constant.</summary>
    Text,

    /// <summary>A numeric constant.</summary>
    Number,

    /// <summary>A call of a function.</summary>
    Call,

    /// <summary>An operator, or a construct that works like one, such as <c>IS NULL</c>.</summary>
    Operator,

    /// <summary>AND of two or more.</summary>
    And,

    /// <summary>OR of two or more.</summary>
    Or,

    /// <summary>A cast.</summary>
    Cast,

    /// <summary><c>ARRAY[…]</c>.</summary>
    Array,

    /// <summary>Several in parentheses, or <c>ROW(…)</c>.</summary>
    Row,

    /// <summary>A query in parentheses.</summary>
    Query,

    /// <summary>What stands side by side.</summary>
    Sequence,
}
