namespace Plumbline.Schema.Model;

/// <summary>An SQL expression or query.</summary>
/// <param name="Text">Where <paramref name="IsCanonical"/>, the form in which PostgreSQL prints it (<c>pg_get_expr</c>, <c>pg_get_viewdef</c>); else as it was
/// written.</param>
/// <param name="IsCanonical">Whether <paramref name="Text"/> is in PostgreSQL's form, so that two texts can be compared.</param>
public sealed record SqlExpression(string Text, bool IsCanonical)
{
    /// <summary>The text as its author wrote it, where it was read from a file and differs from <see cref="Text"/>; else null.</summary>
    public string? Source { get; init; }

    /// <summary>The expression's text.</summary>
    public override string ToString() => Text;
}
