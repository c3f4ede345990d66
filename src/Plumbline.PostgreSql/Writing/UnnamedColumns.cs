using System.Text.RegularExpressions;

namespace Plumbline.PostgreSql.Writing;

/// <summary>
/// Names the one column of a query inside an expression as PostgreSQL names it where it is a constant whose type came from around: <c>IN (SELECT 'a')</c> is
/// printed as <c>IN ( SELECT 'a'::text)</c>, and read again its column has the name of the type (<c>FigureColname</c>).
/// </summary>
internal static partial class UnnamedColumns
{
    internal static string Keep(string statement) =>
        statement.Contains("( SELECT '", StringComparison.Ordinal) && !statement.StartsWith("CREATE FUNCTION", StringComparison.Ordinal) && !statement.StartsWith("CREATE PROCEDURE", StringComparison.Ordinal)
            ? CodeMatches.Replace(statement, Constant(), "( SELECT $1 AS \"?column?\")")
            : statement;

    [GeneratedRegex(@"\( SELECT ('(?:[^']|'')*'::[a-z_ ]+)\)")]
    private static partial Regex Constant();
}
