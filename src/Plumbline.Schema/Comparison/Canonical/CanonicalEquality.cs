using System.Runtime.CompilerServices;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>Compares the structures of two expressions.</summary>
/// <param name="typeOfColumn">The type of the column of a name; null where that is not known.</param>
/// <param name="isExtractDatePart">
/// Whether one side is of a server on which <c>EXTRACT</c> is <c>date_part</c>, a double precision, and the other of one on which it is a numeric.
/// </param>
/// <param name="isOfPublic">
/// Whether a function of a name that only one side qualifies with <c>public</c> is the same: a newer server has one of that name itself.
/// </param>
internal sealed class CanonicalEquality(Func<string, ColumnType?> typeOfColumn, bool isExtractDatePart, Func<string, bool> isOfPublic)
{
    private static readonly string Public = "public" + CanonicalParser.PathSeparator;

    private bool _hasExtract;

    /// <summary>Whether two expressions mean the same. As a whole, a constant is what its column makes of it, so that its type says nothing.</summary>
    internal bool AreSame(CanonicalNode from, CanonicalNode to)
    {
        _hasExtract = isExtractDatePart && (HasExtract(from) || HasExtract(to));
        return (CanonicalConstants.IsConstant(from) && CanonicalConstants.IsConstant(to) && CanonicalText.Of(from) == CanonicalText.Of(to)) || Same(from, to);
    }

    private static bool HasExtract(CanonicalNode node) => node is { Kind: CanonicalKind.Call, Text: "extract" } || node.Items.Any(HasExtract);

    private bool Same(CanonicalNode from, CanonicalNode to)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return false;
        }

        from = Bare(from);
        to = Bare(to);
        return from.Kind == to.Kind && (from.Text == to.Text || AreSameFunction(from, to)) && from.Items.Count == to.Items.Count && from.Kind switch
        {
            CanonicalKind.Text or CanonicalKind.Number => SameTypeOfConstant(from.Type, to.Type),
            CanonicalKind.Cast => SameType(from.Type!, to.Type!) && Same(from.Items[0], to.Items[0]),
            CanonicalKind.Call when from.IsStandardSyntax != to.IsStandardSyntax => SameArguments(from, to),
            _ => SameItems(from, to),
        };
    }

    // What is calculated with a double precision on one server is calculated with a numeric on the other.
    private CanonicalNode Bare(CanonicalNode node)
    {
        while (_hasExtract && node is { Kind: CanonicalKind.Cast, Type: { Schema: null, IsArray: false, Modifiers: null, Name: "numeric" or "double precision" } })
        {
            node = node.Items[0];
        }

        return CanonicalConstants.Folded(node) ?? node;
    }

    private bool AreSameFunction(CanonicalNode from, CanonicalNode to) =>
        from.Kind == CanonicalKind.Call && (IsQualified(from.Text, to.Text) || IsQualified(to.Text, from.Text) || AreSameExtract(from, to));

    private bool IsQualified(string name, string other) => name.StartsWith(Public, StringComparison.Ordinal) && name.AsSpan(Public.Length).SequenceEqual(other) && isOfPublic(other);

    private bool AreSameExtract(CanonicalNode from, CanonicalNode to) =>
        _hasExtract && (from, to) is ({ Kind: CanonicalKind.Call, Text: "date_part" }, { Text: "extract" }) or ({ Kind: CanonicalKind.Call, Text: "extract" }, { Text: "date_part" });

    private bool SameItems(CanonicalNode from, CanonicalNode to)
    {
        for (var i = 0; i < from.Items.Count; i++)
        {
            if (!Same(from.Items[i], to.Items[i]))
            {
                return false;
            }
        }

        return true;
    }

    // Implicit casts of arguments are printed in a plain call, and left out in the words of the standard.
    private bool SameArguments(CanonicalNode from, CanonicalNode to)
    {
        var (plain, standard) = from.IsStandardSyntax ? (to, from) : (from, to);
        for (var i = 0; i < plain.Items.Count; i++)
        {
            var (left, right) = (plain.Items[i], standard.Items[i]);
            if (!Same(left, right) && !(left.Kind == CanonicalKind.Cast && IsImplicit(left) && Same(left.Items[0], right)))
            {
                return false;
            }
        }

        return true;
    }

    // Where the function exists for the type of the value too, a cast is one that somebody wrote, and makes it another function.
    private bool IsImplicit(CanonicalNode cast)
    {
        var source = TypeOf(cast.Items[0]);
        return cast.Type switch
        {
            { Schema: null, IsArray: false, Modifiers: null, Name: "text" } => source?.Name is not ("bytea" or "bit" or "bit varying"),
            { Schema: null, IsArray: false, Modifiers: null, Name: "timestamp with time zone" or "timestamp without time zone" } => source?.Name == "date",
            { Schema: null, IsArray: false, Modifiers: null, Name: "integer" } => source?.Name == "smallint",
            _ => false,
        };
    }

    private ColumnType? TypeOf(CanonicalNode node)
    {
        switch (node.Kind)
        {
            case CanonicalKind.Name:
                return typeOfColumn(node.Text[(node.Text.LastIndexOf(CanonicalParser.PathSeparator) + 1)..]) is { } type ? TypeEquality.Canonical(type) : null;
            case CanonicalKind.Call:
                return node.Text is "current_date" or "make_date" or "to_date" ? new ColumnType("date") : node.Text is "coalesce" or "greatest" or "least" ? TypeOf(node.Items[0]) : null;
            case CanonicalKind.Operator when node is { Text: "+" or "-", Items: [var left, var right] }:
                // A date and a number of days are a date.
                return TypeOf(right)?.Name == "integer" && TypeOf(left) is { Name: "date" } date ? date : null;
            default:
                return node.Type;
        }
    }

    // An array of varchar is one of text where its elements have been cast, and not where the array was.
    private bool SameTypeOfConstant(ColumnType? left, ColumnType? right) =>
        left is null || right is null || SameType(left, right) || !TypeEquality.IsBuiltIn(left) || !TypeEquality.IsBuiltIn(right)
        || (left.IsArray == right.IsArray && CanonicalCasts.IsText(left with { IsArray = false }) && CanonicalCasts.IsText(right with { IsArray = false }));

    private bool SameType(ColumnType left, ColumnType right) =>
        Bare(left) == Bare(right) || (_hasExtract && (left.Name, right.Name) is ("numeric", "double precision") or ("double precision", "numeric"));

    private static ColumnType Bare(ColumnType type) => type.Schema == "public" ? type with { Schema = null } : type;
}
