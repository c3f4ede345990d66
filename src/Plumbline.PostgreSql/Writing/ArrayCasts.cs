using System.Text.RegularExpressions;

namespace Plumbline.PostgreSql.Writing;

/// <summary>
/// Casts of arrays that PostgreSQL prints in a form which it reads as another one: <c>(ARRAY['a'::character varying])::text[]</c>, an array of varchar that is
/// cast as a whole, would be read as an array whose elements are cast. Naming the array's own type first keeps it as it is.
/// </summary>
internal static partial class ArrayCasts
{
    /// <summary>A statement or expression that is read as it was printed. Of a function only its writer knows what is SQL and what a string.</summary>
    internal static string Keep(string statement)
    {
        if (!statement.Contains("])::text[]", StringComparison.Ordinal) || statement.StartsWith("CREATE FUNCTION", StringComparison.Ordinal) ||
            statement.StartsWith("CREATE PROCEDURE", StringComparison.Ordinal))
        {
            return statement;
        }

        return CodeMatches.Replace(statement, Varchars(), "($1::character varying[])::text[]");
    }

    [GeneratedRegex(@"\((ARRAY\['(?:[^']|'')*'::character varying(?:, '(?:[^']|'')*'::character varying)*\])\)::text\[\]")]
    private static partial Regex Varchars();
}
