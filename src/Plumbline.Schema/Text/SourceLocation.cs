using System.Globalization;

namespace Plumbline.Schema.Text;

/// <summary>A place in a file, for people and programs: lines and columns count from 1, a column is one UTF-16 code unit.</summary>
/// <param name="Path">Path of the file, relative to the root of what was read, with <c>/</c> between its parts.</param>
/// <param name="Line">First line.</param>
/// <param name="Column">Column of the first character.</param>
/// <param name="EndLine">Last line.</param>
/// <param name="EndColumn">Column just behind the last character.</param>
public sealed record SourceLocation(string Path, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>The beginning of a file, for what is about the file as a whole.</summary>
    /// <param name="path">Path of the file.</param>
    public static SourceLocation StartOf(string path) => new(path, 1, 1, 1, 1);

    /// <summary>The place as editors and compilers write it: <c>path:line:column</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Path}:{Line}:{Column}");
}
