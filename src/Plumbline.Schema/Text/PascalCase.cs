using System.Text;

namespace Plumbline.Schema.Text;

/// <summary>Names in PascalCase, such as those of enum members, written otherwise.</summary>
public static class PascalCase
{
    /// <summary>The words of a name in lower case, with something between them: <c>AddForeignKey</c> is <c>add-foreign-key</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="separator">What is between two words.</param>
    public static string Separate(string name, char separator)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder(name.Length + 6);
        foreach (var character in name)
        {
            if (char.IsAsciiLetterUpper(character) && text.Length > 0)
            {
                text.Append(separator);
            }

            text.Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }
}
