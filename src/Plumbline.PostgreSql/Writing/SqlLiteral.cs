using System.Text;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes strings as SQL. PostgreSQL documentation, "String Constants" and "Dollar-Quoted String Constants".</summary>
public static class SqlLiteral
{
    /// <summary>A string constant that means the same whatever <c>standard_conforming_strings</c> is.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2);
        var hasBackslash = text.Contains('\\', StringComparison.Ordinal);
        quoted.Append(hasBackslash ? "E'" : "'");
        foreach (var character in text)
        {
            quoted.Append(character);
            if (character is '\'' || (character is '\\' && hasBackslash))
            {
                quoted.Append(character);
            }
        }

        return quoted.Append('\'').ToString();
    }

    /// <summary>A dollar-quoted string, under a tag that the text does not contain.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tag">The tag to try first, without dollars.</param>
    public static string DollarQuote(string text, string tag = "")
    {
        var quote = $"${tag}$";
        while (text.Contains(quote, StringComparison.Ordinal) || text.EndsWith('$') && text.EndsWith(quote[..^1], StringComparison.Ordinal))
        {
            tag += "x";
            quote = $"${tag}$";
        }

        return quote + text + quote;
    }
}
