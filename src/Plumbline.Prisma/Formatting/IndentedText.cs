using System.Text;

namespace Plumbline.Prisma.Formatting;

/// <summary>Text that indents what is written at the beginning of a line.</summary>
internal sealed class IndentedText
{
    private readonly StringBuilder _text = new();

    /// <summary>How many blanks stand before each line.</summary>
    public int Indentation { get; set; }

    private bool AtLineStart => _text.Length == 0 || _text[^1] == '\n';

    /// <summary>Writes a text as it is.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        if (AtLineStart)
        {
            _text.Append(' ', Indentation);
        }

        _text.Append(text);
    }

    /// <summary>Writes blanks.</summary>
    public void WriteSpaces(int count) => _text.Append(' ', count);

    /// <summary>Ends a line.</summary>
    public void EndLine() => _text.Append('\n');

    /// <summary>The whole text, which ends with a line feed.</summary>
    public string Finish()
    {
        if (_text.Length == 0 || _text[^1] != '\n')
        {
            _text.Append('\n');
        }

        return _text.ToString();
    }
}
