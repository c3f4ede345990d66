using System.Globalization;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>The texts of files of one kind, up to the budget of all of them together.</summary>
/// <param name="kind">What they are called, such as <c>CI files</c>.</param>
internal sealed class KindTexts(string kind)
{
    private long _left = ReadingBudget.KindLength;

    /// <summary>The budget that they exceed, at the first file that is left out; null where all were read.</summary>
    public Diagnostic? Exceeded { get; private set; }

    /// <summary>The text of the next file; null where it cannot be read, or is left out.</summary>
    public SourceText? TextOf(WorkspaceFile file)
    {
        if (Exceeded is not null || file.Text is not { } text)
            return null;

        _left -= text.Text.Length;
        if (_left >= 0)
            return text;

        Exceeded = ReadingBudget.Exceeded(
            string.Create(CultureInfo.InvariantCulture, $"The {kind} together exceed {ReadingBudget.KindLength >> 20} MiB"),
            $"{file.Path} and those after it are not read.",
            SourceLocation.StartOf(file.Path));
        return null;
    }
}
