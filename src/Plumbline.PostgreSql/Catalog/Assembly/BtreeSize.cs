using Plumbline.PostgreSql.Catalog.Rows;

namespace Plumbline.PostgreSql.Catalog.Assembly;

/// <summary>
/// What the rows of a B-tree would need if it were built again: the estimate that monitoring has long made of it, from the average widths of its columns
/// (<c>https://github.com/ioguix/pgsql-bloat-estimation</c>). Where it errs it errs to the larger side: that equal keys are stored once
/// (PostgreSQL 13) is left out. The sizes are those of <c>src/include/access/itup.h</c> and <c>nbtree.h</c>.
/// </summary>
internal static class BtreeSize
{
    private const int PageHeader = 24;
    private const int PageTail = 16;
    private const int LinePointer = 4;
    private const int TupleHeader = 8;
    private const int TupleHeaderWithNulls = 16;
    private const int Word = 8;

    /// <summary>The estimate in bytes; null where a column's statistics are missing, or say nothing of the rows that a condition picks.</summary>
    /// <param name="columns">The columns of one index.</param>
    public static long? Estimate(IReadOnlyList<IndexedWidthRow> columns)
    {
        var index = columns[0];
        if (index.Rows < 0 || WidthOf(columns) is not { } tuple)
        {
            return null;
        }

        // Each leaf keeps its upper bound as one tuple more; the levels above have a tuple for each page below.
        var perPage = Math.Max(2, Math.Floor((index.BlockSize - PageHeader - PageTail) * (index.FillFactor / 100.0) / (LinePointer + tuple)) - 1);
        var level = Math.Max(1, Math.Ceiling(index.Rows / perPage));
        var pages = 1 + level;
        while (level > 1)
        {
            level = Math.Ceiling(level / perPage);
            pages += level;
        }

        return (long)pages * index.BlockSize;
    }

    private static double? WidthOf(IReadOnlyList<IndexedWidthRow> columns)
    {
        double position = 0;
        double data = 0;
        var hasNulls = false;
        var varies = false;
        foreach (var column in columns)
        {
            // Which rows a condition picks the statistics do not know: they may be the few that have a value, or the long ones.
            if (column is not { Width: { } width, NullFraction: { } nulls } || (column.IsPartial && column.Length < 0))
            {
                return null;
            }

            hasNulls |= nulls > 0;
            varies |= column.Length < 0;
            var end = Math.Ceiling(position / AlignmentOf(column)) * AlignmentOf(column) + width;
            data += (column.IsPartial ? 1 : 1 - nulls) * (end - position);
            position = end;
        }

        // Every row is filled up to whole words by itself: where lengths vary, half a word on average.
        var filled = Math.Max(Math.Ceiling(data / Word) * Word, varies ? data + (Word / 2) : 0);
        return (hasNulls ? TupleHeaderWithNulls : TupleHeader) + filled;
    }

    // Short texts and their like are not aligned.
    private static int AlignmentOf(IndexedWidthRow column) => column.Length < 0 ? 1 : column.Alignment switch { 'd' => 8, 'i' => 4, 's' => 2, _ => 1 };
}
