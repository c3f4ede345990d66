using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes types as SQL.</summary>
public static class SqlType
{
    /// <summary>A type with its modifiers, its names quoted where needed.</summary>
    public static string Of(ColumnType type)
    {
        if (type.Schema is not null)
        {
            var modifiers = type.Modifiers is null ? "" : $"({type.Modifiers})";
            return $"{SqlIdentifier.Quote(type.QualifiedName)}{modifiers}{(type.IsArray ? "[]" : "")}";
        }

        // Names of built-in types are key words or several words; those that are neither and need quotes ("char") are quoted.
        return type.Name == "\"char\"" || IsBareWord(type.Name) ? type.ToString() : (type with { Name = SqlIdentifier.Quote(type.Name) }).ToString();
    }

    private static bool IsBareWord(string name)
    {
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character is not ('_' or ' '))
            {
                return false;
            }
        }

        return true;
    }
}
