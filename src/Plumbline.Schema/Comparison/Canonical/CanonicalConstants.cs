using System.Text;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>What is constant in an expression.</summary>
internal static class CanonicalConstants
{
    /// <summary>Whether a node is a constant, an array of constants, or a cast of one.</summary>
    internal static bool IsConstant(CanonicalNode node) => node.Kind switch
    {
        CanonicalKind.Text or CanonicalKind.Number => true,
        CanonicalKind.Cast => IsConstant(node.Items[0]),
        CanonicalKind.Array => node.Items.All(IsConstant),
        _ => false,
    };

    /// <summary>A constant without its casts, and an array of constants as one constant; any other node as it is.</summary>
    internal static CanonicalNode WithoutCasts(CanonicalNode node)
    {
        if (node.Kind is not (CanonicalKind.Cast or CanonicalKind.Array) || !IsConstant(node))
        {
            return node;
        }

        while (node.Kind == CanonicalKind.Cast)
        {
            node = node.Items[0];
        }

        return Folded(node) ?? node;
    }

    /// <summary>An array of constants of one type as the constant that <c>array_out</c> prints; null for any other node.</summary>
    internal static CanonicalNode? Folded(CanonicalNode node)
    {
        if (node.Kind != CanonicalKind.Array)
        {
            return null;
        }

        var content = new StringBuilder("{");
        var type = default(ColumnType);
        foreach (var item in node.Items)
        {
            var element = WithoutCasts(item);
            if (!IsConstant(item) || (item.Kind != element.Kind && item.Kind != CanonicalKind.Array))
            {
                return null;
            }

            content.Append(content.Length > 1 ? "," : "");
            type ??= element.Type;
            if (item.Kind == CanonicalKind.Array)
            {
                content.Append(element.Text);
            }
            else if (element.Kind == CanonicalKind.Number)
            {
                content.Append(element.Text is "true" or "false" ? element.Text[..1] : element.Text == "null" ? "NULL" : element.Text);
            }
            else
            {
                Append(content, element.Text);
            }
        }

        return CanonicalNode.Leaf(CanonicalKind.Text, content.Append('}').ToString()) with { Type = type is null ? node.Type : type with { IsArray = true } };
    }

    /// <summary>PostgreSQL documentation, "Array Input and Output Syntax".</summary>
    private static void Append(StringBuilder content, string element)
    {
        if (element.Length > 0 && !element.AsSpan().ContainsAny("{},\"\\ \t\n\r\v\f") && !element.Equals("null", StringComparison.OrdinalIgnoreCase))
        {
            content.Append(element);
            return;
        }

        content.Append('"').Append(element.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
    }
}
