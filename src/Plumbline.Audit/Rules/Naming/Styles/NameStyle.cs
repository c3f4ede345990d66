using Plumbline.Audit.Workspace.Migrations;

namespace Plumbline.Audit.Rules.Naming.Styles;

/// <summary>The conventions by which names are written.</summary>
internal enum NameStyle
{
    /// <summary>One lower-case word: camelCase and snake_case alike.</summary>
    Lower,

    /// <summary><c>snake_case</c>.</summary>
    Snake,

    /// <summary><c>camelCase</c>.</summary>
    Camel,

    /// <summary><c>PascalCase</c>.</summary>
    Pascal,

    /// <summary><c>UPPER_CASE</c>.</summary>
    Upper,

    /// <summary>None of these.</summary>
    Other,
}

/// <summary>Finds the convention by which a name is written.</summary>
internal static class NameStyles
{
    /// <summary>The convention of a name; leading and trailing underscores are ignored.</summary>
    public static NameStyle Of(string name)
    {
        var text = name.AsSpan().Trim('_');
        if (text.IsEmpty || text.IndexOfAnyExcept(MigrationHistory.NameCharacters) >= 0 || text.Contains('-'))
            return NameStyle.Other;

        var hasUpper = text.IndexOfAnyInRange('A', 'Z') >= 0;
        var hasLower = text.IndexOfAnyInRange('a', 'z') >= 0;
        var hasUnderscore = text.Contains('_');
        return (hasUpper, hasLower, hasUnderscore) switch
        {
            (false, _, true) => NameStyle.Snake,
            (false, _, false) => NameStyle.Lower,
            (true, false, _) => NameStyle.Upper,
            (true, true, true) => NameStyle.Other,
            _ => char.IsAsciiLetterUpper(text[0]) ? NameStyle.Pascal : NameStyle.Camel,
        };
    }

    /// <summary>The name of a convention, written by itself.</summary>
    public static string Name(this NameStyle style) => style switch
    {
        NameStyle.Lower => "lowercase",
        NameStyle.Snake => "snake_case",
        NameStyle.Camel => "camelCase",
        NameStyle.Pascal => "PascalCase",
        NameStyle.Upper => "UPPER_CASE",
        _ => "no convention",
    };

    /// <summary>Whether a name of a style follows a convention: one lower-case word is both camelCase and snake_case.</summary>
    public static bool Fits(this NameStyle style, NameStyle convention) =>
        style == convention || (style == NameStyle.Lower && convention is NameStyle.Snake or NameStyle.Camel);

    /// <summary>The convention of at least three names and of two thirds of those that follow any; null where there is none.</summary>
    public static NameStyle? Prevailing(IEnumerable<string> names)
    {
        var counts = names.Select(Of)
            .Where(s => s is not (NameStyle.Lower or NameStyle.Other))
            .CountBy(s => s)
            .OrderByDescending(c => c.Value)
            .ThenBy(c => c.Key)
            .ToArray();
        return counts.Length > 0 && counts[0].Value >= 3 && counts[0].Value * 3 >= counts.Sum(c => c.Value) * 2 ? counts[0].Key : null;
    }
}
