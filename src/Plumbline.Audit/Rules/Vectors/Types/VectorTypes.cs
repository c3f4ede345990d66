using System.Globalization;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Vectors.Types;

/// <summary>The types and index methods of pgvector (<c>https://github.com/pgvector/pgvector</c>) and of what builds on it.</summary>
internal static class VectorTypes
{
    /// <summary>Whether a type is a vector.</summary>
    public static bool IsVector(ColumnType type) => type is { IsArray: false, Name: "vector" or "halfvec" or "sparsevec" };

    /// <summary>How many dimensions the column's type fixes; null where it fixes none.</summary>
    public static int? DimensionOf(ColumnType type) =>
        int.TryParse(type.Modifiers, NumberStyles.None, CultureInfo.InvariantCulture, out var dimension) ? dimension : null;

    /// <summary>Whether an index finds near neighbours: those of pgvector, pgvectorscale (<c>diskann</c>) and VectorChord.</summary>
    public static bool IsForNeighbours(Plumbline.Schema.Model.Index index) =>
        index.Method is "hnsw" or "ivfflat" or "diskann" or "vchordrq" or "vchordg" or "vectors";

    /// <summary>Whether a key of an index is a column, or an expression over it: a cast to a fixed dimension or to another of the types.</summary>
    public static bool Has(Plumbline.Schema.Model.Index index, string column) =>
        index.Keys.Any(key => key.Column == column || key.Expression?.Text is { } text && Mentions(text, column));

    /// <summary>Whether an expression names a column as a whole word.</summary>
    public static bool Mentions(string expression, string column)
    {
        for (var at = expression.IndexOf(column, StringComparison.Ordinal); at >= 0; at = expression.IndexOf(column, at + 1, StringComparison.Ordinal))
        {
            var end = at + column.Length;
            if ((at == 0 || !IsWord(expression[at - 1])) && (end == expression.Length || !IsWord(expression[end])))
                return true;
        }

        return false;

        static bool IsWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '$';
    }
}
