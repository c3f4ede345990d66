namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>A token of an SQL expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its value: a name folded as PostgreSQL folds it, the content of a string, a number, an operator.</param>
internal readonly record struct ExpressionToken(ExpressionTokenKind Kind, string Text)
{
    internal bool Is(string symbol) => Kind == ExpressionTokenKind.Symbol && Text == symbol;

    internal bool IsName(string name) => Kind == ExpressionTokenKind.Name && Text == name;
}

/// <summary>The kinds of <see cref="ExpressionToken"/>.</summary>
internal enum ExpressionTokenKind
{
    /// <summary>A name or key word.</summary>
    Name,

    /// <summary>A string constant.</summary>
    Text,

    /// <summary>A numeric constant.</summary>
    Number,

    /// <summary>An operator, bracket, comma or point.</summary>
    Symbol,
}
