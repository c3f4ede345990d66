using Plumbline.Schema.Comparison.Objects;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison;

/// <summary>Compares two schemas, whatever they were read from. Time is linear in their sizes.</summary>
public static class SchemaComparer
{
    /// <summary>Tells what turns <paramref name="from"/> into <paramref name="to"/>, what can't be told, and what agrees.</summary>
    /// <param name="from">The schema to start from.</param>
    /// <param name="to">The schema to arrive at.</param>
    /// <param name="options">What to leave out; null for <see cref="ComparisonOptions.Default"/>.</param>
    public static SchemaComparison Compare(DatabaseSchema from, DatabaseSchema to, ComparisonOptions? options = null)
    {
        var builder = new ComparisonBuilder(from, to, options ?? ComparisonOptions.Default);

        // Types before tables and tables before what hangs on them: a rename found in one is how names are read in the next.
        NamespaceComparer.Compare(builder);
        ExtensionComparer.Compare(builder);
        EnumComparer.Compare(builder);
        DomainComparer.Compare(builder);
        CompositeTypeComparer.Compare(builder);
        RangeTypeComparer.Compare(builder);
        var tables = TablePairing.Pair(builder);
        SequenceComparer.Compare(builder, tables);
        FunctionComparer.Compare(builder);
        TableComparer.Compare(builder, tables);
        ViewComparer.Compare(builder);
        PublicationComparer.Compare(builder);
        return builder.Build();
    }
}
