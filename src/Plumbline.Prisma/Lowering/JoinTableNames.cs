using System.Text;

namespace Plumbline.Prisma.Lowering;

/// <summary>The names in the table of an implicit many-to-many relation, which no schema can change.</summary>
internal static class JoinTableNames
{
    /// <summary>Of the table. Prisma counts characters here, PostgreSQL bytes.</summary>
    public static string Table(string name) => TakeCharacters(name, DatabaseNames.MaxBytes);

    /// <summary>Of its key or index. Here too Prisma counts characters.</summary>
    /// <param name="table">The name that <see cref="Table"/> gave.</param>
    /// <param name="suffix">What the name ends in, such as <c>_B_index</c>.</param>
    public static string Index(string table, string suffix) => DatabaseNames.Cut(TakeCharacters(table, DatabaseNames.MaxBytes - suffix.Length) + suffix);

    /// <summary>Of the foreign key of a column. Here Prisma counts bytes.</summary>
    /// <param name="table">The name that <see cref="Table"/> gave.</param>
    /// <param name="column"><c>A</c> or <c>B</c>.</param>
    public static string ForeignKey(string table, string column) => $"{DatabaseNames.Cut(table, DatabaseNames.MaxBytes - 7)}_{column}_fkey";

    private static string TakeCharacters(string text, int count)
    {
        if (text.Length <= count)
        {
            return text;
        }

        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (count-- == 0)
            {
                break;
            }

            result.Append(rune);
        }

        return result.ToString();
    }
}
