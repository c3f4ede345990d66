using System.Globalization;
using System.Text;

namespace Plumbline.Prisma.Printing;

/// <summary>Text as a Prisma schema writes it.</summary>
internal static class PrismaText
{
    /// <summary>A string in double quotes.</summary>
    public static string Quote(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => result.Append("\\\""),
                '\\' => result.Append(@"\\"),
                '\n' => result.Append(@"\n"),
                '\r' => result.Append(@"\r"),
                '\t' => result.Append(@"\t"),
                < ' ' => result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => result.Append(c),
            };
        }

        return result.Append('"').ToString();
    }

    /// <summary>Documentation: each line of a text behind <c>///</c>.</summary>
    public static IEnumerable<string> Documentation(string text) => text.ReplaceLineEndings("\n").Split('\n').Select(line => $"/// {line}".TrimEnd());
}
