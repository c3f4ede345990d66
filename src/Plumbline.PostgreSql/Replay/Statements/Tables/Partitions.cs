using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Constraints;
using Plumbline.PostgreSql.Replay.Statements.Functions;
using Plumbline.PostgreSql.Replay.Statements.Indexes;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements.Tables;

/// <summary>Partition keys and bounds. PostgreSQL documentation, "Table Partitioning".</summary>
internal static class Partitions
{
    private const string MinValue = "MINVALUE";
    private const string MaxValue = "MAXVALUE";

    /// <summary>The key of a partitioned table (<c>ComputePartitionAttrs</c>).</summary>
    public static PartitionKeyInfo BindKey(Execution execution, RelationObject table, PartitionKeyDefinition definition)
    {
        var strategy = definition.Strategy.ToLowerInvariant();
        if (strategy is not ("range" or "list" or "hash"))
        {
            throw new RefusedException("22023", $"unrecognized partitioning strategy \"{definition.Strategy}\"", definition.Span.Start);
        }

        if (strategy == "list" && definition.Elements.Length != 1)
        {
            throw new RefusedException("42P17", "cannot use \"list\" partition strategy with more than one column");
        }

        var keys = ImmutableArray.CreateBuilder<IndexKeyInfo>();
        foreach (var element in definition.Elements)
        {
            keys.Add(BindKey(execution, table, element, strategy));
        }

        var info = new PartitionKeyInfo(strategy.ToUpperInvariant(), keys.ToImmutable());
        foreach (var key in info.Keys)
        {
            if (key.Column > 0)
            {
                execution.Database.Depend(new ObjectAddress(table, key.Column), new ObjectAddress(table), DependencyType.Internal);
            }

            execution.Database.DependOn(new ObjectAddress(table), key.Expression, DependencyType.Normal, table, DependencyType.Internal);
        }

        return info;
    }

    /// <summary>The bound of a new partition (<c>transformPartitionBound</c>, <c>check_new_partition_bound</c>).</summary>
    public static PartitionBoundInfo Bind(Execution execution, RelationObject parent, PartitionBound bound, RelationObject partition)
    {
        var key = parent.Row.PartitionKey!;
        var position = bound.Span.Start;
        var info = bound.Kind switch
        {
            PartitionBoundKind.Default => key.Strategy == "HASH"
                ? throw new RefusedException("42P16", "a hash-partitioned table may not have a default partition", position)
                : new PartitionBoundInfo("DEFAULT", true),
            PartitionBoundKind.Hash => BindHash(bound, key, position),
            PartitionBoundKind.List => BindList(execution, parent, bound, key, position),
            _ => BindRange(execution, parent, bound, key, position),
        };
        CheckOverlap(parent, info, partition, key, bound);
        return info;
    }

    /// <summary>Gives a new partition what its table has: indexes, foreign keys, triggers.</summary>
    public static void Inherit(Execution execution, RelationObject parent, RelationObject partition)
    {
        foreach (var index in parent.Indexes.Items)
        {
            PartitionIndexes.AttachOrCreate(execution, index, partition);
        }

        foreach (var trigger in parent.Triggers.Items)
        {
            if (trigger.Row.ForEachRow)
            {
                Triggers.Clone(execution, trigger, partition);
            }
        }

        foreach (var constraint in parent.Constraints.Items)
        {
            if (constraint.Row.Kind == ConstraintKind.ForeignKey)
            {
                ForeignKeys.Clone(execution, constraint, partition);
            }
        }
    }

    private static IndexKeyInfo BindKey(Execution execution, RelationObject table, IndexElement element, string strategy)
    {
        BoundExpression? expression = null;
        short number = 0;
        uint type;
        uint collation;
        if (element.Column is { } name)
        {
            if (table.FindColumn(name.Name) is not { } column)
            {
                throw SystemColumns.Contains(name.Name)
                    ? new RefusedException("42P17", $"cannot use system column \"{name.Name}\" in partition key", element.Span.Start)
                    : new RefusedException("42703", $"column \"{name.Name}\" named in partition key does not exist", element.Span.Start);
            }

            if (column.Row.IsGenerated)
            {
                throw new RefusedException(new SqlError("42P17", "cannot use generated column in partition key") { Detail = $"Column \"{name.Name}\" is a generated column.", Position = element.Span.Start });
            }

            (number, type, collation) = (column.Number, column.Row.TypeOid, column.Row.CollationOid);
        }
        else
        {
            expression = execution.Binder.PartitionKey(element.Expression!, table);
            (type, collation) = (expression.TypeOid, expression.CollationOid);
            if (expression.ColumnNumber > 0)
            {
                number = expression.ColumnNumber;
                collation = table.Column(number).Row.CollationOid;
                expression = null;
            }

            if (expression is { IsCanonical: true, Volatility: not PgVolatility.Immutable } && number == 0)
            {
                throw new RefusedException("42P17", "functions in partition key expression must be marked IMMUTABLE");
            }
        }

        if (element.Collation is { } written)
        {
            collation = execution.Binder.Collation(written).Oid;
        }

        var method = strategy == "hash" ? "hash" : "btree";
        PgOperatorClass? operatorClass = null;
        if (type != 0)
        {
            try
            {
                operatorClass = OperatorClasses.Resolve(execution, element.OperatorClass, type, method);
            }
            catch (RefusedException refused) when (element.OperatorClass is null && refused.Error.SqlState == "42704")
            {
                throw new RefusedException(new SqlError("42704", $"data type {execution.Database.FormatType(type)} has no default operator class for access method \"{method}\"")
                {
                    Hint = $"You must specify a {method} operator class or define a default {method} operator class for the data type.",
                });
            }
        }

        return new IndexKeyInfo(number, expression, type, operatorClass) { CollationOid = collation };
    }

    private static PartitionBoundInfo BindHash(PartitionBound bound, PartitionKeyInfo key, int position)
    {
        if (key.Strategy != "HASH")
        {
            throw WrongStrategy(key, position);
        }

        if (bound.Modulus <= 0)
        {
            throw new RefusedException("42P16", "modulus for hash partition must be an integer value greater than zero");
        }

        if (bound.Remainder < 0)
        {
            throw new RefusedException("42P16", "remainder for hash partition must be an integer value greater than or equal to zero");
        }

        if (bound.Remainder >= bound.Modulus)
        {
            throw new RefusedException("42P16", "remainder for hash partition must be less than modulus");
        }

        return new PartitionBoundInfo(string.Create(CultureInfo.InvariantCulture, $"FOR VALUES WITH (modulus {bound.Modulus}, remainder {bound.Remainder})"), false)
        {
            Modulus = bound.Modulus,
            Remainder = bound.Remainder,
        };
    }

    private static PartitionBoundInfo BindList(Execution execution, RelationObject parent, PartitionBound bound, PartitionKeyInfo key, int position)
    {
        if (key.Strategy != "LIST")
        {
            throw WrongStrategy(key, position);
        }

        var values = bound.Values.Select(v => Value(execution, parent, key.Keys[0], v)).Distinct().ToImmutableArray();
        return new PartitionBoundInfo($"FOR VALUES IN ({string.Join(", ", values)})", false) { Values = values };
    }

    private static PartitionBoundInfo BindRange(Execution execution, RelationObject parent, PartitionBound bound, PartitionKeyInfo key, int position)
    {
        if (key.Strategy != "RANGE")
        {
            throw WrongStrategy(key, position);
        }

        if (bound.From.Length != key.Keys.Length)
        {
            throw new RefusedException("42P16", "FROM must specify exactly one value per partitioning column");
        }

        if (bound.To.Length != key.Keys.Length)
        {
            throw new RefusedException("42P16", "TO must specify exactly one value per partitioning column");
        }

        var from = bound.From.Select((v, i) => RangeValue(execution, parent, key.Keys[i], v)).ToImmutableArray();
        var to = bound.To.Select((v, i) => RangeValue(execution, parent, key.Keys[i], v)).ToImmutableArray();
        return new PartitionBoundInfo($"FOR VALUES FROM ({string.Join(", ", from)}) TO ({string.Join(", ", to)})", false) { From = from, To = to };
    }

    private static string RangeValue(Execution execution, RelationObject parent, IndexKeyInfo key, SqlExpr value)
    {
        if (value is ColumnRefExpr { IsStar: false, Parts: [var only] } && only.Name.ToUpperInvariant() is MinValue or MaxValue)
        {
            return only.Name.ToUpperInvariant();
        }

        if (value is ConstantExpr { Kind: ConstantKind.Null })
        {
            throw new RefusedException("42P16", "cannot specify NULL in range bound");
        }

        return Value(execution, parent, key, value);
    }

    private static string Value(Execution execution, RelationObject parent, IndexKeyInfo key, SqlExpr value)
    {
        if (value is ConstantExpr { Kind: ConstantKind.Null })
        {
            return "NULL";
        }

        var name = key.Column > 0 ? parent.Column(key.Column).Name : key.Expression?.Source ?? "";
        var modifier = key.Column > 0 ? parent.Column(key.Column).Row.Modifier : -1;
        var text = execution.Binder.PartitionBound(value, name, key.TypeOid, modifier).Print(execution.Database).Text;

        // A bound is printed without its type.
        if (text.StartsWith('\'') && text.LastIndexOf("'::", StringComparison.Ordinal) is > 0 and var end)
        {
            return text[..(end + 1)];
        }

        return text;
    }

    private static RefusedException WrongStrategy(PartitionKeyInfo key, int position) =>
        new("42P16", $"invalid bound specification for a {key.Strategy.ToLowerInvariant()} partition", position);

    private static void CheckOverlap(RelationObject parent, PartitionBoundInfo info, RelationObject partition, PartitionKeyInfo key, PartitionBound bound)
    {
        if (!info.From.IsEmpty && Compare(info.From, info.To) >= 0)
        {
            throw new RefusedException(new SqlError("42P17", $"empty range bound specified for partition \"{partition.Name}\"")
            {
                Detail = $"Specified lower bound ({string.Join(", ", info.From)}) is greater than or equal to upper bound ({string.Join(", ", info.To)}).",
                Position = bound.From[0].Location,
            });
        }

        const int ofComparison = 4;
        if (!parent.Database.Journal.Budget.TryUse(parent.Children.Items.Length * ofComparison))
            throw new CannotKnowException($"Table \"{parent.Name}\" has too many partitions for the replay to compare their bounds.");

        foreach (var sibling in parent.Children.Items)
        {
            if (sibling == partition || sibling.Row.PartitionBound is not { } other)
            {
                continue;
            }

            if (info.IsDefault && other.IsDefault)
            {
                throw new RefusedException("42P17", $"partition \"{partition.Name}\" conflicts with existing default partition \"{sibling.Name}\"", bound.Span.Start);
            }

            if (!info.IsDefault && !other.IsDefault && Overlaps(info, other, key))
            {
                throw new RefusedException("42P17", $"partition \"{partition.Name}\" would overlap partition \"{sibling.Name}\"", OverlapPosition(info, other, bound));
            }
        }
    }

    // The server points at the first value that lies within the other partition.
    private static int OverlapPosition(PartitionBoundInfo info, PartitionBoundInfo other, PartitionBound bound) => bound.Kind switch
    {
        PartitionBoundKind.List => bound.Values[Math.Min(bound.Values.Length - 1, Math.Max(0, info.Values.TakeWhile(v => !other.Values.Contains(v)).Count()))].Location,
        PartitionBoundKind.Range => Compare(info.From, other.From) >= 0 ? bound.From[0].Location : bound.To[0].Location,
        _ => bound.Span.Start,
    };

    private static bool Overlaps(PartitionBoundInfo a, PartitionBoundInfo b, PartitionKeyInfo key) => key.Strategy switch
    {
        "LIST" => a.Values.Any(b.Values.Contains),
        "RANGE" => Compare(a.From, b.To) < 0 && Compare(b.From, a.To) < 0,
        _ => a.Remainder % (int)BigInteger.GreatestCommonDivisor(a.Modulus, b.Modulus) == b.Remainder % (int)BigInteger.GreatestCommonDivisor(a.Modulus, b.Modulus),
    };

    private static int Compare(ImmutableArray<string> a, ImmutableArray<string> b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            var order = Compare(a[i], b[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    // Numbers as numbers; everything else by its text, in which dates and times sort as they do in time.
    private static int Compare(string a, string b)
    {
        if (a == b)
        {
            return 0;
        }

        if (a == MinValue || b == MaxValue)
        {
            return -1;
        }

        if (a == MaxValue || b == MinValue)
        {
            return 1;
        }

        return decimal.TryParse(a.Trim('\''), NumberStyles.Float, CultureInfo.InvariantCulture, out var x) && decimal.TryParse(b.Trim('\''), NumberStyles.Float, CultureInfo.InvariantCulture, out var y)
            ? x.CompareTo(y)
            : string.CompareOrdinal(a.Trim('\''), b.Trim('\''));
    }
}
