namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>A token of an SQL expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its value: a name folded as PostgreSQL folds it, the content of a string, a number, an operator.</param>
/// <param name="IsQuoted">Whether it is a name in quotes, which is no key word.</param>
internal readonly record struct ExpressionToken(ExpressionTokenKind Kind, string Text, bool IsQuoted = false)
{
    /// <summary>Whether it is an operator.</summary>
    internal bool IsOperator => Kind == ExpressionTokenKind.Symbol && Text.Length > 0 && ExpressionLexer.OperatorCharacters.Contains(Text[0], StringComparison.Ordinal);

    internal bool Is(string symbol) => Kind == ExpressionTokenKind.Symbol && Text == symbol;

    internal bool IsName(string name) => Kind == ExpressionTokenKind.Name && Text == name;

    internal bool IsWord(string word) => Kind == ExpressionTokenKind.Name && !IsQuoted && Text == word;
}

/// <summary>The kinds of <see cref="ExpressionToken"/>.</summary>
internal enum ExpressionTokenKind
{
    /// <summary>Nothing: the end of the text.</summary>
    None,

    /// <summary>A name or key word.</summary>
    Name,

    /// <summary>A string constant.</summary>
    Text,

    /// <summary>A numeric constant.</summary>
    Number,

    /// <summary>An operator, bracket, comma or point.</summary>
    Symbol,
}
