using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>What comparing two expressions gives.</summary>
internal enum ExpressionVerdict
{
    /// <summary>They say the same.</summary>
    Equal,

    /// <summary>They differ.</summary>
    Different,

    /// <summary>One of them is not in PostgreSQL's form, and the texts as written differ.</summary>
    Unknown,
}

/// <summary>Compares expressions by PostgreSQL's own spelling of them where both are known in it, else by what was written.</summary>
internal static class ExpressionEquality
{
    /// <param name="from">The expression of FROM; null where there is none.</param>
    /// <param name="to">The expression of TO; null where there is none.</param>
    /// <param name="names">Columns of FROM that have another name in TO; null for none.</param>
    /// <param name="equality">What is the same.</param>
    internal static ExpressionVerdict Compare(SqlExpression? from, SqlExpression? to, IReadOnlyDictionary<string, string>? names, CanonicalEquality equality) =>
        from is null || to is null
            ? from is null && to is null ? ExpressionVerdict.Equal : ExpressionVerdict.Different
            : from.Text == to.Text && names is null ? ExpressionVerdict.Equal : Compare(from, to, names, equality, areQueries: false);

    /// <summary>Compares the queries of views.</summary>
    /// <param name="from">The query of FROM.</param>
    /// <param name="to">The query of TO.</param>
    /// <param name="names">Tables of FROM that have another name in TO; null for none.</param>
    /// <param name="equality">What is the same.</param>
    internal static ExpressionVerdict CompareQueries(SqlExpression from, SqlExpression to, IReadOnlyDictionary<string, string>? names, CanonicalEquality equality) =>
        from.Text == to.Text && names is null ? ExpressionVerdict.Equal : Compare(from, to, names, equality, areQueries: true);

    private static ExpressionVerdict Compare(
        SqlExpression from, SqlExpression to, IReadOnlyDictionary<string, string>? names, CanonicalEquality equality, bool areQueries)
    {
        var left = ExpressionNormalizer.Parse(from.Text, names, areQueries);
        var right = ExpressionNormalizer.Parse(to.Text, null, areQueries);
        if (from.IsCanonical && to.IsCanonical)
        {
            return equality.AreSame(left, right) ? ExpressionVerdict.Equal : ExpressionVerdict.Different;
        }

        // What was written need not tell the type of a constant.
        if (CanonicalText.Of(left) == CanonicalText.Of(right))
        {
            return ExpressionVerdict.Equal;
        }

        if (CanonicalConstants.IsConstant(left) && CanonicalConstants.IsConstant(right))
        {
            return ExpressionVerdict.Different;
        }

        return CanonicalText.Of(ExpressionNormalizer.Parse(from.Source ?? from.Text, names, areQueries)) == CanonicalText.Of(ExpressionNormalizer.Parse(to.Source ?? to.Text, null, areQueries))
            ? ExpressionVerdict.Equal
            : ExpressionVerdict.Unknown;
    }
}
