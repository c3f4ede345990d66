using System.Collections.Immutable;
using System.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>Words of which a file must hold one to be worth reading as text. They are looked for in its bytes, so that the others cost little.</summary>
internal sealed class FileWords
{
    private readonly ImmutableArray<string> _words;
    private readonly ImmutableArray<byte[]> _bytes;

    /// <summary>Words in ASCII.</summary>
    /// <param name="maximumLength">The length in bytes from which on a file is left out.</param>
    /// <param name="words">The words.</param>
    public FileWords(int maximumLength, params ImmutableArray<string> words)
    {
        MaximumLength = maximumLength;
        _words = words;
        _bytes = [.. words.Select(Encoding.ASCII.GetBytes)];
    }

    /// <summary>The length in bytes of the longest file that is looked at.</summary>
    public int MaximumLength { get; }

    /// <summary>Whether the bytes of a file hold one of the words.</summary>
    public bool AreIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var word in _bytes)
        {
            if (bytes.IndexOf(word) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a text holds one of the words.</summary>
    public bool AreIn(string text)
    {
        if (text.Length > MaximumLength)
        {
            return false;
        }

        foreach (var word in _words)
        {
            if (text.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
