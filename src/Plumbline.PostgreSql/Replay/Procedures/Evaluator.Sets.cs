using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <content>Functions that return sets, and aggregates.</content>
internal sealed partial class Evaluator
{
    private static bool IsSet(FunctionCallExpr call) =>
        call.Name.Schema is null or "pg_catalog"
            && call.Name.Name is "unnest" or "generate_series" or "regexp_split_to_table" or "string_to_table" or "generate_subscripts";

    private IReadOnlyList<PlValue?> Set(FunctionCallExpr call, RowScope scope)
    {
        var arguments = call.Arguments.Select(a => Evaluate(a.Value, scope)).ToArray();
        switch (call.Name.Name, arguments)
        {
            case ("unnest", [var value]):
                return value switch
                {
                    null => [],
                    ArrayValue array => [.. Flat(array)],
                    TextValue text when PlValues.ReadArray(text.Text) is { } read => [.. Flat(read)],
                    _ => throw Unknown(call),
                };
            case ("generate_series", [NumberValue first, NumberValue last, .. var rest]):
                var step = rest is [NumberValue { Number: var by }] ? by : rest.Length == 0 ? 1 : throw Unknown(call);
                return Series(first.Number, last.Number, step, call);
            case ("generate_subscripts", [ArrayValue array, NumberValue { Number: 1 }]):
                return [.. Enumerable.Range(1, array.Items.Length).Select(i => (PlValue?)new NumberValue(i))];
            case ("string_to_table", [TextValue text, TextValue { Text.Length: > 0 } separator]):
                return [.. text.Text.Split(separator.Text).Select(t => (PlValue?)new TextValue(t))];
            default:
                throw Unknown(call);
        }
    }

    // Counted before it is made: with a step that is lost in rounding, a number would never reach the last one.
    private List<PlValue?> Series(decimal first, decimal last, decimal step, FunctionCallExpr call)
    {
        try
        {
            var count = step == 0 ? throw Unknown(call) : decimal.Floor((last - first) / step);
            if (count > ReadingBudget.BlockRows)
            {
                throw execution.Budget.Exceeded(ValueLimits.Rows);
            }

            Use(3 * (long)Math.Max(count, 0));
            var numbers = new List<PlValue?>();
            for (var i = 0; i <= count; i++)
            {
                numbers.Add(new NumberValue(first + (i * step)));
            }

            return numbers;
        }
        catch (OverflowException)
        {
            throw Unknown(call);
        }
    }

    private static IEnumerable<PlValue?> Flat(ArrayValue array) => array.Items.SelectMany(item => item is ArrayValue inner ? Flat(inner) : [item]);

    private CatalogTable OfSet(FunctionCallExpr call, RowScope scope, string? alias, ImmutableArray<Identifier> columns, bool withOrdinality)
    {
        var items = Set(call, scope);
        var name = !columns.IsEmpty ? columns[0].Name : alias ?? call.Name.Name;
        return withOrdinality
            ? new CatalogTable([name, columns.Length > 1 ? columns[1].Name : "ordinality"],
                [.. items.Select((item, i) => new[] { item, new NumberValue(i + 1) })])
            : new CatalogTable([name], [.. items.Select(item => new[] { item })]);
    }

    private List<RowScope> Group(SelectBody body, List<RowScope> scopes, RowScope shape)
    {
        var groups = new List<RowScope>();
        if (body.GroupBy.IsEmpty)
        {
            groups.Add(RowScope.Of(scopes, shape));
        }
        else
        {
            var byKey = new Dictionary<RecordKey, List<RowScope>>();
            var order = new List<List<RowScope>>();
            foreach (var scope in scopes)
            {
                var key = new RecordKey([.. body.GroupBy.Select(item => GroupKey(item, body, scope))]);
                if (!byKey.TryGetValue(key, out var group))
                {
                    byKey[key] = group = [];
                    order.Add(group);
                }

                group.Add(scope);
            }

            groups.AddRange(order.Select(group => RowScope.Of(group, shape)));
        }

        return body.Having is { } having ? groups.FindAll(group => Holds(having, group) == true) : groups;
    }

    private PlValue? GroupKey(GroupingItem item, SelectBody body, RowScope scope)
    {
        if (item is not { Kind: GroupingKind.Simple, Value: { } value })
        {
            throw new UnknownValueException("a query with grouping sets");
        }

        if (value is ConstantExpr { Kind: ConstantKind.Integer } constant && int.TryParse(constant.Text, out var n) && n >= 1 && n <= body.Targets.Length)
        {
            value = body.Targets[n - 1].Value;
        }

        return Evaluate(value, scope);
    }

    private PlValue? Aggregate(FunctionCallExpr call, IReadOnlyList<RowScope> group)
    {
        var rows = call.Filter is { } filter ? group.Where(row => Holds(filter, row) == true).ToList() : group;
        if (call.IsStar)
        {
            return new NumberValue(rows.Count);
        }

        if (call.Arguments.IsEmpty)
        {
            throw Unknown(call);
        }

        var pairs = rows.Select(row => (Row: row, Value: Evaluate(call.Arguments[0].Value, row))).ToList();
        if (!call.OrderBy.IsEmpty && !call.IsWithinGroup && pairs.Count > 1)
        {
            var sorted = Sort([.. pairs.Select(p => (p.Row, new[] { p.Value }))], call.OrderBy, null, []);
            pairs = sorted.ConvertAll(row => (pairs[0].Row, row[0]));
        }

        var values = pairs.ConvertAll(p => p.Value);
        if (call.IsDistinct)
        {
            values = Unique(values.Select(v => new[] { v })).ConvertAll(v => v[0]);
        }

        var known = values.FindAll(v => v is not null);
        switch (call.Name.Name)
        {
            case "count": return new NumberValue(known.Count);
            case "array_agg": return values.Count == 0 ? null : new ArrayValue([.. values]);
            case "string_agg" when call.Arguments.Length == 2:
                return known.Count == 0 ? null
                    : Joined(AsText(Evaluate(call.Arguments[1].Value, group[0]) ?? new TextValue(""), call), known, call);
            case "bool_and" or "every": return known.Count == 0 ? null : BooleanValue.Of(known.TrueForAll(v => v is BooleanValue { Value: true }));
            case "bool_or": return known.Count == 0 ? null : BooleanValue.Of(known.Exists(v => v is BooleanValue { Value: true }));
            case "min": return known.Count == 0 ? null : known.Aggregate((a, b) => Order(b!, a!, call) < 0 ? b : a);
            case "max": return known.Count == 0 ? null : known.Aggregate((a, b) => Order(b!, a!, call) > 0 ? b : a);
            case "sum":
                return known.Count == 0 ? null : known.Aggregate((a, b) => Arithmetic("+", a!, b!)) is { } sum
                    ? new NumberValue(Number(sum) ?? throw Unknown(call)) : null;
            default: return known.Count == 0 ? null : throw Unknown(call);
        }
    }
}

/// <summary>Several values as one key, equal where DISTINCT and GROUP BY take them for equal.</summary>
/// <param name="values">The values.</param>
internal readonly struct RecordKey(PlValue?[] values) : IEquatable<RecordKey>
{
    private readonly PlValue?[] _values = values;

    /// <inheritdoc/>
    public bool Equals(RecordKey other) => _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RecordKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}

/// <summary>The aggregates that are computed.</summary>
internal static class Aggregates
{
    /// <summary>Whether a function is one.</summary>
    public static bool Contains(string name) =>
        name is "count" or "array_agg" or "string_agg" or "bool_and" or "bool_or" or "every" or "min" or "max" or "sum" or "avg" or "json_agg" or "jsonb_agg";

    /// <summary>Whether an expression has one outside of the queries in it.</summary>
    public static bool IsIn(SqlExpr? expression) => expression switch
    {
        FunctionCallExpr e => (e.Over is null && Contains(e.Name.Name)) || e.Arguments.Any(a => IsIn(a.Value)),
        OperatorExpr e => IsIn(e.Left) || IsIn(e.Right),
        BooleanExpr e => e.Operands.Any(IsIn),
        IsTestExpr e => IsIn(e.Operand),
        DistinctExpr e => IsIn(e.Left) || IsIn(e.Right),
        CastExpr e => IsIn(e.Operand),
        ConditionalExpr e => e.Arguments.Any(IsIn),
        CaseExpr e => IsIn(e.Operand) || IsIn(e.Else) || e.Branches.Any(b => IsIn(b.Condition) || IsIn(b.Result)),
        BetweenExpr e => IsIn(e.Operand) || IsIn(e.Low) || IsIn(e.High),
        InExpr e => IsIn(e.Operand) || e.Items.Any(IsIn),
        ArrayExpr e => e.Items.Any(IsIn),
        IndirectionExpr e => IsIn(e.Operand),
        QuantifiedExpr e => IsIn(e.Left) || IsIn(e.Array),
        _ => false,
    };
}
