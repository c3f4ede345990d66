namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <summary>PostgreSQL refuses what is being analysed. Caught where the analysis began; it never leaves it.</summary>
/// <param name="error">What PostgreSQL says.</param>
internal sealed class RefusalException(SqlError error) : Exception(error.Message)
{
    /// <summary>What PostgreSQL says.</summary>
    public SqlError Error { get; } = error;
}

/// <summary>Something that is not understood well enough to say what PostgreSQL makes of it. Caught where the analysis began; it never leaves it.</summary>
/// <param name="what">What it is.</param>
internal sealed class NotUnderstoodException(string what) : Exception(what);
