using System.Collections.Immutable;
using System.Text;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Tests.Rules;

/// <summary>A text with marks: <c>[|…|]</c> where a finding must stand, <c>{|…|}</c> where one must point to besides.</summary>
internal sealed class MarkedText
{
    private MarkedText(SourceText text, ImmutableArray<SourceLocation> primary, ImmutableArray<SourceLocation> secondary)
    {
        Text = text;
        Primary = primary;
        Secondary = secondary;
    }

    /// <summary>The text without its marks.</summary>
    public SourceText Text { get; }

    /// <summary>The places in <c>[|…|]</c>.</summary>
    public ImmutableArray<SourceLocation> Primary { get; }

    /// <summary>The places in <c>{|…|}</c>.</summary>
    public ImmutableArray<SourceLocation> Secondary { get; }

    public static MarkedText Parse(string path, string marked)
    {
        var plain = new StringBuilder(marked.Length);
        var open = new Stack<(char Kind, int Start)>();
        var spans = new List<(char Kind, TextSpan Span)>();
        for (var i = 0; i < marked.Length; i++)
        {
            var pair = i + 1 < marked.Length ? marked.AsSpan(i, 2) : default;
            if (pair is "[|" or "{|")
            {
                open.Push((marked[i], plain.Length));
                i++;
            }
            else if (pair is "|]" or "|}" && open.Count > 0)
            {
                var (kind, start) = open.Pop();
                spans.Add((kind, TextSpan.FromBounds(start, plain.Length)));
                i++;
            }
            else
            {
                plain.Append(marked[i]);
            }
        }

        var text = new SourceText(path, plain.ToString());
        return new MarkedText(text, Places('['), Places('{'));

        ImmutableArray<SourceLocation> Places(char kind) => [.. spans.Where(s => s.Kind == kind).Select(s => text.LocationOf(s.Span))];
    }
}
