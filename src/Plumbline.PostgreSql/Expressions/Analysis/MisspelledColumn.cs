using System.Text;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <summary>The hint about a column that may have been meant (<c>searchRangeTableForCol</c>).</summary>
internal static class MisspelledColumn
{
    private const int MaximumDistance = 3;

    /// <summary>The hint; null where no column is near.</summary>
    /// <param name="origin">Where the name stands.</param>
    /// <param name="relation">What precedes it; else null.</param>
    /// <param name="name">The name.</param>
    public static string? Hint(ParseState origin, string? relation, string name)
    {
        var best = MaximumDistance + 1;
        (RangeItem Item, string Column)? first = null;
        (RangeItem Item, string Column)? second = null;
        for (var state = origin; state is not null; state = state.Parent)
        {
            foreach (var item in state.Query.Items)
            {
                if (item.Kind == RangeKind.Join)
                {
                    continue;
                }

                var penalty = relation is null ? 0 : EditDistance.Of(relation, item.Name, MaximumDistance + 1);
                var exact = false;
                foreach (var column in item.Columns)
                {
                    exact |= column.Name == name;
                    Consider(item, column.Name, penalty);
                }

                if (exact && penalty == 0)
                {
                    return $"There is a column named \"{name}\" in table \"{item.Name}\", but it cannot be referenced from this part of the query.";
                }
            }
        }

        if (first is not { } found)
        {
            return null;
        }

        return second is { } other
            ? $"Perhaps you meant to reference the column \"{found.Item.Name}.{found.Column}\" or the column \"{other.Item.Name}.{other.Column}\"."
            : $"Perhaps you meant to reference the column \"{found.Item.Name}.{found.Column}\".";

        void Consider(RangeItem item, string column, int penalty)
        {
            if (penalty > best)
            {
                return;
            }

            var distance = EditDistance.Of(column, name, best + 1 - penalty);
            if (distance > Encoding.UTF8.GetByteCount(name) / 2)
            {
                return;
            }

            distance += penalty;
            if (distance < best)
            {
                best = distance;
                first = (item, column);
                second = null;
            }
            else if (distance == best)
            {
                if (first is not null)
                {
                    second = (item, column);
                }
                else if (best <= MaximumDistance)
                {
                    first = (item, column);
                }
            }
        }
    }
}
