using System.Text;

namespace Plumbline.Prisma.Formatting;

/// <summary>Lines of a block whose columns are aligned with each other, as Prisma's formatter aligns them.</summary>
internal sealed class AlignedRows
{
    private readonly List<Row> _rows = [];

    /// <summary>Begins a line. One that stays empty is a blank line.</summary>
    public void StartLine() => _rows.Add(new Row());

    /// <summary>Adds a line that takes no part in the alignment.</summary>
    public void AddUnaligned(string text) => _rows.Add(new Row { Unaligned = text });

    /// <summary>The text of a column of the current line, to be appended to.</summary>
    public StringBuilder Column(int index)
    {
        var columns = _rows[^1].Columns;
        while (columns.Count <= index)
        {
            columns.Add(new StringBuilder());
        }

        return columns[index];
    }

    /// <summary>Appends to what follows the columns of the current line.</summary>
    public void AppendSuffix(ReadOnlySpan<char> text) => _rows[^1].Suffix.Append(text);

    /// <summary>Writes the lines.</summary>
    public void WriteTo(IndentedText target)
    {
        foreach (var row in _rows)
        {
            row.DropEmptyEnd();
        }

        var widths = new List<int>();
        foreach (var row in _rows)
        {
            for (var i = 0; i < row.Columns.Count; i++)
            {
                if (i == widths.Count)
                {
                    widths.Add(0);
                }

                widths[i] = Math.Max(widths[i], row.WidthOf(i));
            }
        }

        foreach (var row in _rows)
        {
            Write(row, widths, target);
        }
    }

    private static void Write(Row row, List<int> widths, IndentedText target)
    {
        if (row.Unaligned is { } text)
        {
            target.Write(text);
        }

        for (var i = 0; i < row.Columns.Count; i++)
        {
            target.Write(row.Columns[i].ToString());
            if (i < row.Columns.Count - 1)
            {
                target.WriteSpaces(widths[i] - row.WidthOf(i) + 1);
            }
        }

        if (row.Suffix.Length > 0)
        {
            if (row.Columns.Count > 0)
            {
                target.WriteSpaces(1);
            }

            target.Write(row.Suffix.ToString());
        }

        target.EndLine();
    }

    private sealed class Row
    {
        public List<StringBuilder> Columns { get; } = [];

        public StringBuilder Suffix { get; } = new();

        public string? Unaligned { get; init; }

        // Prisma counts bytes, so that a column with letters beyond ASCII is wider than it looks.
        public int WidthOf(int column) => Encoding.UTF8.GetByteCount(Columns[column].ToString());

        public void DropEmptyEnd()
        {
            while (Columns is [.., { Length: 0 }])
            {
                Columns.RemoveAt(Columns.Count - 1);
            }
        }
    }
}
