using System.Text;

namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>Writes the structure of an expression so that equal structures give equal texts and no others do. Types of constants are left out.</summary>
internal static class CanonicalText
{
    private const char End = '\u0003';

    internal static string Of(CanonicalNode node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    private static void Write(StringBuilder text, CanonicalNode node)
    {
        node = CanonicalConstants.WithoutCasts(node);
        text.Append(node.Kind switch
        {
            CanonicalKind.Name => 'n',
            CanonicalKind.Word => 'w',
            CanonicalKind.Text => '\'',
            CanonicalKind.Number => '0',
            CanonicalKind.Call => 'f',
            CanonicalKind.Operator => 'o',
            CanonicalKind.And => '&',
            CanonicalKind.Or => '|',
            CanonicalKind.Cast => 'c',
            CanonicalKind.Array => 'a',
            CanonicalKind.Row => 'r',
            CanonicalKind.Query => 'q',
            _ => 's',
        });
        text.Append(node.Text);
        if (node.Kind == CanonicalKind.Cast)
        {
            text.Append(node.Type);
        }

        foreach (var item in node.Items)
        {
            Write(text.Append('('), item);
        }

        text.Append(End);
    }
}
