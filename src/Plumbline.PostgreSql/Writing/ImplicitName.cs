using System.Text;

namespace Plumbline.PostgreSql.Writing;

/// <summary>The names that PostgreSQL gives where none is given (<c>makeObjectName</c>): <c>table_column_seq</c>, cut to 63 bytes.</summary>
internal static class ImplicitName
{
    private const int MaximumBytes = 63;

    /// <summary>The name made of a table's, a column's and a kind's.</summary>
    internal static string Of(string table, string? column, string label)
    {
        var room = MaximumBytes - 1 - label.Length - (column is null ? 0 : 1);
        var tableBytes = Encoding.UTF8.GetByteCount(table);
        var columnBytes = column is null ? 0 : Encoding.UTF8.GetByteCount(column);

        // The longer of the two loses a byte until both fit.
        while (tableBytes + columnBytes > room)
        {
            if (tableBytes > columnBytes)
            {
                tableBytes--;
            }
            else
            {
                columnBytes--;
            }
        }

        return column is null ? $"{Cut(table, tableBytes)}_{label}" : $"{Cut(table, tableBytes)}_{Cut(column, columnBytes)}_{label}";
    }

    /// <summary>The longest beginning of a text that has no more than so many bytes, never with part of a character.</summary>
    internal static string Cut(string text, int bytes)
    {
        var used = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.Utf8SequenceLength;
            if (used > bytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
