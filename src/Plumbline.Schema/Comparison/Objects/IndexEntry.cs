using System.Collections.Immutable;
using System.Text;
using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>An index or unique constraint, seen as one kind of thing.</summary>
internal sealed class IndexEntry
{
    private readonly Index? _index;
    private readonly KeyConstraint? _key;

    private IndexEntry(Index? index, KeyConstraint? key)
    {
        _index = index;
        _key = key;
        Keys = index?.Keys ?? [.. key!.Columns.Select(c => new IndexKey { Column = c })];
    }

    internal SchemaObject Object => (SchemaObject?)_index ?? _key!;

    internal string Name => _index?.Name ?? _key!.Name;

    internal bool IsConstraint => _key is not null;

    internal bool IsUnique => _index?.IsUnique ?? true;

    internal bool HasExpression => Keys.Any(k => k.Expression is not null);

    /// <summary>Whether it makes whole columns unique over all rows.</summary>
    internal bool IsPlainUnique => IsUnique && _index?.Predicate is null && !HasExpression;

    internal string Text => _index is not null ? ObjectText.Of(_index) : ObjectText.Of(_key!, isPrimary: false);

    internal string DetailedText =>
        Text + (_key is not null && ObjectText.Of(_key.StorageParameters) is { } parameters ? $" WITH ({parameters})" : "") + (IsClustered ? " CLUSTERED" : "");

    internal SchemaFeature Feature =>
        _index?.Predicate is not null
            ? SchemaFeature.PartialIndex
            : HasExpression
            ? SchemaFeature.ExpressionIndex
            : IsUnique
            ? SchemaFeature.Unique
            : SchemaFeature.Index;

    private ImmutableArray<IndexKey> Keys { get; }

    private string Method => _index?.Method ?? "btree";

    private bool NullsNotDistinct => _index?.NullsNotDistinct ?? _key!.NullsNotDistinct;

    private bool IsClustered => _index?.IsClustered ?? _key!.IsClustered;

    private ImmutableArray<string> Include => _index?.Include ?? _key!.Include;

    private ImmutableArray<StorageParameter> StorageParameters => _index?.StorageParameters ?? _key!.StorageParameters;

    internal static IndexEntry Of(Index index) => new(index, null);

    internal static IndexEntry Of(KeyConstraint key) => new(null, key);

    /// <summary>What makes two indexes the same but for their names and details, as one text.</summary>
    internal string Shape(Func<string, string> rename, IReadOnlyDictionary<string, string>? names)
    {
        var shape = new StringBuilder(IsUnique ? "unique " : "").Append(Method);
        foreach (var key in Keys)
        {
            shape.Append('\u0001').Append(key.Column is { } column ? rename(column) : ExpressionNormalizer.Normalize(key.Expression?.Text ?? "", names));
            shape.Append('\u0002').Append(OperatorClass(key)).Append(key.IsDescending ? " desc" : "");
        }

        return shape.Append('\u0001').Append(_index?.Predicate is { } predicate ? ExpressionNormalizer.Normalize(predicate.Text, names) : "").ToString();
    }

    /// <summary>Whether two indexes are the same in what every source can express.</summary>
    internal ExpressionVerdict Compare(IndexEntry other, ComparisonBuilder builder, Parents parents)
    {
        var names = builder.Renames.Columns(parents.FromName);

        if (IsUnique != other.IsUnique || !(Method == other.Method || SameMethodForPrisma(builder, other)) || Keys.Length != other.Keys.Length)
        {
            return ExpressionVerdict.Different;
        }

        // An index that Prisma cannot see and one of the same name that its schema declares: the predicate is what they differ in.
        var verdict = builder.CompareExpressions(_index?.Predicate, other._index?.Predicate, names, parents.Columns);
        if (verdict == ExpressionVerdict.Different)
        {
            return verdict;
        }

        for (var i = 0; i < Keys.Length; i++)
        {
            var (left, right) = (Keys[i], other.Keys[i]);
            if ((left.Column is null ? null : builder.Renames.Column(parents.FromName, left.Column)) != right.Column || left.IsDescending != right.IsDescending ||
                !(SameOperators(left, right, builder.OneSideIsPrisma) || SameForPrisma(builder, left, right, parents)))
            {
                return ExpressionVerdict.Different;
            }

            switch (builder.CompareExpressions(left.Expression, right.Expression, names, parents.Columns))
            {
                case ExpressionVerdict.Different:
                    return ExpressionVerdict.Different;
                case ExpressionVerdict.Unknown:
                    verdict = ExpressionVerdict.Unknown;
                    break;
            }
        }

        return verdict;
    }

    /// <summary>Whether the rest is the same too: methods that Prisma does not know, INCLUDE, NULLS, collations, parameters, validity.</summary>
    internal bool SameDetail(IndexEntry other, Func<string, string> rename) =>
        Method == other.Method && Include.Select(rename).SequenceEqual(other.Include) && NullsNotDistinct == other.NullsNotDistinct && IsClustered == other.IsClustered
        && CommonComparer.AreEqual(StorageParameters, other.StorageParameters) && (_index?.IsValid ?? true) == (other._index?.IsValid ?? true)
        && Keys.Zip(other.Keys).All(p => p.First.NullsFirst == p.Second.NullsFirst && p.First.Collation == p.Second.Collation
            && CommonComparer.AreEqual(p.First.OperatorClassParameters, p.Second.OperatorClassParameters));

    /// <summary>
    /// Whether Prisma sees no difference: it doesn't read the operator class of a btree index, and takes a class that PostgreSQL takes by itself for none. Its
    /// parameters, <c>siglen</c> and the like, it doesn't read at all.
    /// </summary>
    private bool SameOperatorsForPrisma(IndexKey schema, IndexKey database, IReadOnlyList<Column> columns)
    {
        if (schema.OperatorClass is null && (Method == "btree" || IsUnknownToPrisma(Method)))
        {
            return true;
        }

        if (schema.OperatorClass is not null && database.OperatorClass is not null)
        {
            return false;
        }

        // gist_ltree_ops is the default for ltree, int4_ops with btree_gin the one for integer. The catalog names a default only where it has parameters.
        var type = columns.FirstOrDefault(c => c.Name == schema.Column)?.Type;
        return type is not null && DefaultClasses.Has(Method, type, OperatorClass(schema.OperatorClass is null ? database : schema));
    }

    /// <summary>An operator class of an extension may be told with its schema or without; Prisma's <c>ops: raw("…")</c> knows none.</summary>
    private static bool SameOperators(IndexKey left, IndexKey right, bool schemaIsUnknown) =>
        left.OperatorClass == right.OperatorClass || (schemaIsUnknown && OperatorClass(left) == OperatorClass(right));

    private static string OperatorClass(IndexKey key) => key.OperatorClass is { } name ? name[(name.LastIndexOf('.') + 1)..].Split('(')[0].TrimEnd() : "";

    /// <summary>
    /// Whether Prisma sees no difference: it reads an index by a method that it does not know, such as hnsw, as one by btree (measured for 6.6 to 7.10).
    /// </summary>
    private bool SameMethodForPrisma(ComparisonBuilder builder, IndexEntry other) => (builder.From.Source, builder.To.Source) switch
    {
        (SourceKind.Sql or SourceKind.Database, SourceKind.Prisma) => other.Method == "btree" && IsUnknownToPrisma(Method),
        (SourceKind.Prisma, SourceKind.Sql or SourceKind.Database) => Method == "btree" && IsUnknownToPrisma(other.Method),
        _ => false,
    };

    private static bool IsUnknownToPrisma(string method) => method is not ("btree" or "hash" or "gist" or "gin" or "spgist" or "brin");

    private bool SameForPrisma(ComparisonBuilder builder, IndexKey left, IndexKey right, Parents parents) => (builder.From.Source, builder.To.Source) switch
    {
        (SourceKind.Sql or SourceKind.Database, SourceKind.Prisma) => SameOperatorsForPrisma(right, left, parents.Columns),
        (SourceKind.Prisma, SourceKind.Sql or SourceKind.Database) => SameOperatorsForPrisma(left, right, parents.Columns),
        _ => false,
    };
}
