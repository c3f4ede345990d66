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
    /// <param name="areQueries">Whether they are the queries of views.</param>
    internal static ExpressionVerdict Compare(SqlExpression? from, SqlExpression? to, IReadOnlyDictionary<string, string>? names = null, bool areQueries = false)
    {
        if (from is null || to is null)
        {
            return from is null && to is null ? ExpressionVerdict.Equal : ExpressionVerdict.Different;
        }

        if (from.Text == to.Text && names is null)
        {
            return ExpressionVerdict.Equal;
        }

        var left = ExpressionNormalizer.Normalize(from.Text, names, areQueries);
        var right = ExpressionNormalizer.Normalize(to.Text, null, areQueries);
        if (left == right)
        {
            return ExpressionVerdict.Equal;
        }

        if ((from.IsCanonical && to.IsCanonical) || (ExpressionNormalizer.IsConstant(left) && ExpressionNormalizer.IsConstant(right)))
        {
            return ExpressionVerdict.Different;
        }

        return ExpressionNormalizer.Normalize(from.Source ?? from.Text, names, areQueries) == ExpressionNormalizer.Normalize(to.Source ?? to.Text, null, areQueries)
            ? ExpressionVerdict.Equal
            : ExpressionVerdict.Unknown;
    }
}
