using System.Text.RegularExpressions;

namespace Plumbline.Audit.Workspace.Containers;

/// <summary>
/// Puts in what variables stand for in the name of an image: <c>${{ matrix.postgres }}</c> in a workflow, <c>${POSTGRES_VERSION:-16}</c> in a composition,
/// whose variable a
/// workflow may set.
/// </summary>
internal static partial class ContainerVariables
{
    // A matrix of all versions there ever were is shorter.
    private const int MostResults = 50;

    // An image names a variable, whose value names a matrix.
    private const int Rounds = 2;

    /// <summary>All that an image may be. What is not known stays as it is written.</summary>
    /// <param name="image">The image.</param>
    /// <param name="settings">The files that may give its variables values.</param>
    public static IReadOnlyCollection<string> Resolve(ContainerImage image, IReadOnlyList<ContainerFile> settings)
    {
        var results = Once(image.Text, image.Scope, settings);
        for (var round = 1; round < Rounds; round++)
            results = [.. results.SelectMany(result => Once(result.Text, result.Scope, settings)).Take(MostResults)];

        return [.. results.Select(result => result.Text).Distinct(StringComparer.Ordinal)];
    }

    // The first variable only: an image has one for its version.
    private static List<Resolved> Once(string text, string scope, IReadOnlyList<ContainerFile> settings)
    {
        if (MatrixVariable().Match(text) is { Success: true } matrix)
        {
            var values = settings.SelectMany(file => file.ValuesOf(matrix.Groups[1].Value, scope));
            return Put(text, matrix, scope, values);
        }

        if (Variable().Match(text) is not { Success: true } variable)
            return [new Resolved(text, scope)];

        var given = settings.SelectMany(file => file.ValuesOf(variable.Groups[1].Value));
        var results = Put(text, variable, scope, given);
        if (variable.Groups[2].Success)
            results.Add(new Resolved(text.Replace(variable.Value, variable.Groups[2].Value, StringComparison.Ordinal), scope));

        return results;
    }

    // A value's own variables are those of the job that gives it.
    private static List<Resolved> Put(string text, Match variable, string scope, IEnumerable<ContainerValue> values) =>
        [.. values.Take(MostResults).Select(value => new Resolved(text.Replace(variable.Value, value.Text, StringComparison.Ordinal), value.IsOfMatrix ? scope : value.Scope))];

    [GeneratedRegex(@"\$\{\{\s*matrix\.([\w-]+)\s*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex MatrixVariable();

    [GeneratedRegex(@"\$\{(\w+)(?::?-([^{}]*))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    private sealed record Resolved(string Text, string Scope);
}
