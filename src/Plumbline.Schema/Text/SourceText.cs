namespace Plumbline.Schema.Text;

/// <summary>The text of one file, read once; readers keep spans into it and ask for lines and columns only when something is said about them.</summary>
public sealed class SourceText
{
    private int[]? _lineStarts;

    /// <summary>Wraps a text that stands at a path.</summary>
    /// <param name="path">Path to show to people: relative, with <c>/</c> between its parts.</param>
    /// <param name="text">The decoded text, without a byte-order mark.</param>
    public SourceText(string path, string text)
    {
        Path = path;
        Text = text;
    }

    /// <summary>Path to show to people.</summary>
    public string Path { get; }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>Number of lines; a text that ends in a line feed has an empty last line.</summary>
    public int LineCount => LineStarts.Length;

    // Computed on first use: most files never have anything said about them. A race computes the same array twice, which is harmless.
    private int[] LineStarts => _lineStarts ??= FindLineStarts(Text);

    /// <summary>The characters of a span.</summary>
    public ReadOnlySpan<char> Slice(TextSpan span) => Text.AsSpan(span.Start, span.Length);

    /// <summary>Line and column (both from 1) of an offset; offsets behind the end are taken as the end.</summary>
    public (int Line, int Column) PositionOf(int offset)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        var index = Array.BinarySearch(LineStarts, offset);
        var line = index >= 0 ? index : ~index - 1;
        return (line + 1, offset - LineStarts[line] + 1);
    }

    /// <summary>The location of a span.</summary>
    public SourceLocation LocationOf(TextSpan span)
    {
        var (line, column) = PositionOf(span.Start);
        var (endLine, endColumn) = PositionOf(span.End);
        return new SourceLocation(Path, line, column, endLine, endColumn);
    }

    /// <summary>The characters of a line (from 1), without its line break.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The text has no such line.</exception>
    public ReadOnlySpan<char> Line(int line)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(line, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(line, LineCount);
        var start = LineStarts[line - 1];
        var end = line < LineCount ? LineStarts[line] : Text.Length;
        return Text.AsSpan(start, end - start).TrimEnd("\r\n");
    }

    private static int[] FindLineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = text.IndexOf('\n'); i >= 0; i = text.IndexOf('\n', i + 1))
        {
            starts.Add(i + 1);
        }

        return [.. starts];
    }
}
