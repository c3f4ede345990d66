using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <content>ORDER BY, GROUP BY, DISTINCT and windows (<c>parse_clause.c</c>).</content>
internal sealed partial class Analyzer
{
    private static string NameOf(ExpressionKind kind) => kind switch
    {
        ExpressionKind.GroupBy => "GROUP BY",
        ExpressionKind.OrderBy => "ORDER BY",
        ExpressionKind.DistinctOn => "DISTINCT ON",
        ExpressionKind.WindowPartition => "PARTITION BY",
        _ => "ORDER BY",
    };

    private List<SortClause> TransformOrderBy(ParseState state, ImmutableArray<SortItem> items, List<TargetEntry> targets, ExpressionKind kind)
    {
        var result = new List<SortClause>();
        foreach (var item in items)
        {
            var target = kind == ExpressionKind.OrderBy
                ? FindTarget(state, item.Value, targets, kind)
                : FindTargetByExpression(state, item.Value, targets, kind);
            AddToSort(target, result, targets, item);
        }

        return result;
    }

    // A bare name is a column of the result first, a bare number its position (SQL92); all else is an expression.
    private TargetEntry FindTarget(ParseState state, SqlExpr node, List<TargetEntry> targets, ExpressionKind kind)
    {
        if (node is ColumnRefExpr { Parts.Length: 1, IsStar: false } reference)
        {
            var name = reference.Parts[0].Name;
            if (kind != ExpressionKind.GroupBy || !IsOwnColumn(state, name, node.Location))
            {
                TargetEntry? found = null;
                foreach (var target in targets)
                {
                    if (target.IsJunk || target.Name != name)
                    {
                        continue;
                    }

                    if (found is null)
                    {
                        found = target;
                    }
                    else if (!ExprKey.Equal(found.Value, target.Value))
                    {
                        throw Refuse("42702", $"{NameOf(kind)} \"{name}\" is ambiguous", node.Location);
                    }
                }

                if (found is not null)
                {
                    CheckSortTarget(found, kind);
                    return found;
                }
            }
        }

        if (node is ConstantExpr constant && constant.Kind != ConstantKind.Boolean)
        {
            if (constant.Kind != ConstantKind.Integer)
            {
                throw Refuse("42601", $"non-integer constant in {NameOf(kind)}", node.Location);
            }

            var position = int.Parse(constant.Text, System.Globalization.CultureInfo.InvariantCulture);
            var visible = targets.FindAll(t => !t.IsJunk);
            if (position < 1 || position > visible.Count)
            {
                throw Refuse("42P10", $"{NameOf(kind)} position {position} is not in select list", node.Location);
            }

            CheckSortTarget(visible[position - 1], kind);
            return visible[position - 1];
        }

        return FindTargetByExpression(state, node, targets, kind);
    }

    private static void CheckSortTarget(TargetEntry target, ExpressionKind kind)
    {
        if (kind != ExpressionKind.GroupBy)
        {
            return;
        }

        var place = -1;
        if (ExprTree.Any(target.Value, e => e is AggregateExpr { LevelsUp: 0 } && (place = Locations.Of(e)) >= -1))
        {
            throw Refuse("42803", "aggregate functions are not allowed in GROUP BY", place);
        }

        if (ExprTree.Any(target.Value, e => e is WindowFuncExpr && (place = Locations.Of(e)) >= -1))
        {
            throw Refuse("42P20", "window functions are not allowed in GROUP BY", place);
        }
    }

    private static bool IsOwnColumn(ParseState state, string name, int location)
    {
        var found = false;
        foreach (var item in state.Namespace)
        {
            if (item.AreColumnsVisible && ColumnOf(state, item, 0, name, location) is not null)
            {
                found = found ? throw Refuse("42702", $"column reference \"{name}\" is ambiguous", location) : true;
            }
        }

        return found;
    }

    private TargetEntry FindTargetByExpression(ParseState state, SqlExpr node, List<TargetEntry> targets, ExpressionKind kind)
    {
        var value = Transform(state, node, kind);
        foreach (var target in targets)
        {
            // An unknown literal in the select list may since have become text; a conversion that nobody wrote does not make it another value.
            if (ExprKey.Equal(value, StripImplicit(target.Value)))
            {
                return target;
            }
        }

        var added = new TargetEntry(value, targets.Count + 1, null, true);
        targets.Add(added);
        return added;
    }

    private static Expr StripImplicit(Expr value) => value switch
    {
        FuncExpr { Form: CoercionForm.Implicit, Arguments: [var inner, ..] } => inner,
        RelabelExpr { Form: CoercionForm.Implicit } relabel => relabel.Argument,
        CoerceViaIoExpr { Form: CoercionForm.Implicit } coerce => coerce.Argument,
        ArrayCoerceExpr { Form: CoercionForm.Implicit } coerce => coerce.Argument,
        CoerceToDomainExpr { Form: CoercionForm.Implicit } coerce => coerce.Argument,
        _ => value,
    };

    private void AddToSort(TargetEntry target, List<SortClause> sort, List<TargetEntry> targets, SortItem item)
    {
        ResolveUnknown(target);
        var type = target.Value.Type;
        var isDescending = item.Direction == SortDirection.Descending;
        if (item.Using is not null)
        {
            throw new NotUnderstoodException("ORDER BY … USING");
        }

        if (!IsSortable(type))
        {
            throw Refuse(
                "42883",
                $"could not identify an ordering operator for type {_types.Format(type)}",
                item.Value.Span.Start,
                "Use an explicit ordering operator or modify the query.");
        }

        var reference = Reference(target, targets);
        if (sort.Exists(s => s.Reference == reference))
        {
            return;
        }

        sort.Add(new SortClause(reference, isDescending, item.Nulls switch { NullsOrder.First => true, NullsOrder.Last => false, _ => isDescending }));
    }

    private static int Reference(TargetEntry target, List<TargetEntry> targets)
    {
        if (target.SortReference == 0)
        {
            target.SortReference = targets.Max(t => t.SortReference) + 1;
        }

        return target.SortReference;
    }

    private void AddToGroup(TargetEntry target, List<SortClause> group, List<TargetEntry> targets, int location)
    {
        ResolveUnknown(target);
        if (target.SortReference != 0 && group.Exists(g => g.Reference == target.SortReference))
        {
            return;
        }

        CheckEquality(target.Value.Type, location);
        group.Add(new SortClause(Reference(target, targets), false, false));
    }

    private void CheckEquality(uint type, int location)
    {
        if (!IsSortable(type) && !HasDefaultClass(type, "hash"))
        {
            throw Refuse("42883", $"could not identify an equality operator for type {_types.Format(type)}", location);
        }
    }

    private bool IsSortable(uint type)
    {
        type = _types.BaseType(type);
        var known = _types.Get(type);
        if (known.IsArray)
        {
            return IsSortable(known.ElementOid);
        }

        return known.Kind is PgTypeKind.Enum or PgTypeKind.Range or PgTypeKind.Multirange or PgTypeKind.Composite || type == TypeOids.Record ||
            HasDefaultClass(type, "btree");
    }

    private bool HasDefaultClass(uint type, string method)
    {
        foreach (var operatorClass in _catalog.OperatorClasses(method))
        {
            if (operatorClass.IsDefault && (operatorClass.InputOid == type || _types.IsBinaryCoercible(type, operatorClass.InputOid)))
            {
                return true;
            }
        }

        return _catalog.HasUnknownObjects && type >= BuiltinCatalog.FirstUserOid;
    }

    private void TransformGroupBy(ParseState state, SelectBody body)
    {
        var query = state.Query;
        query.IsGroupByDistinct = body.IsGroupByDistinct;
        var hasSets = body.GroupBy.Any(item => item.Kind != GroupingKind.Simple);
        foreach (var item in body.GroupBy)
        {
            if (item is { Kind: GroupingKind.Simple, Value: RowExpr { IsExplicit: false } row } && !hasSets)
            {
                foreach (var part in row.Items)
                {
                    GroupByOne(state, part);
                }
            }
            else if (!hasSets)
            {
                GroupByOne(state, item.Value!);
            }
            else
            {
                query.GroupingSets.Add(TransformGroupingSet(state, item));
            }
        }
    }

    private int GroupByOne(ParseState state, SqlExpr value)
    {
        var query = state.Query;
        var target = FindTarget(state, value, query.Targets, ExpressionKind.GroupBy);
        var location = value.Span.Start;
        if (target.SortReference != 0 && query.GroupBy.Exists(g => g.Reference == target.SortReference))
        {
            return target.SortReference;
        }

        // What is sorted by as well is grouped in that order.
        if (target.SortReference != 0 && query.OrderBy.Find(s => s.Reference == target.SortReference) is { } sorted)
        {
            query.GroupBy.Add(sorted);
            return target.SortReference;
        }

        AddToGroup(target, query.GroupBy, query.Targets, location);
        return target.SortReference;
    }

    private GroupingSet TransformGroupingSet(ParseState state, GroupingItem item)
    {
        switch (item.Kind)
        {
            case GroupingKind.Empty:
                return new GroupingSet(GroupingKind.Empty, [], []);
            case GroupingKind.Simple:
                IEnumerable<SqlExpr> values = item.Value is RowExpr { IsExplicit: false } row ? row.Items : [item.Value!];
                return new GroupingSet(GroupingKind.Simple, [.. values.Select(value => GroupByOne(state, value))], []);
            default:
                return new GroupingSet(item.Kind, [], [.. item.Items.Select(inner => TransformGroupingSet(state, inner))]);
        }
    }

    private void TransformDistinctClause(ParseState state, SelectBody body)
    {
        var query = state.Query;
        if (!body.DistinctOn.IsDefaultOrEmpty)
        {
            TransformDistinctOn(state, body.DistinctOn);
        }
        else if (body.IsDistinct)
        {
            CheckDistinct(query.Targets, query.OrderBy, isAggregate: false);
            query.Distinct.AddRange(query.OrderBy);
            foreach (var target in query.Targets.Where(t => !t.IsJunk).ToList())
            {
                AddToGroup(target, query.Distinct, query.Targets, Locations.Of(target.Value));
            }

            if (query.Distinct.Count == 0)
            {
                throw Refuse("42601", "SELECT DISTINCT must have at least one column");
            }
        }
    }

    private void CheckDistinct(List<TargetEntry> targets, List<SortClause> order, bool isAggregate)
    {
        foreach (var clause in order)
        {
            var target = targets.Find(t => t.SortReference == clause.Reference)!;
            if (target.IsJunk)
            {
                throw Refuse(
                    "42P10",
                    isAggregate
                        ? "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list"
                        : "for SELECT DISTINCT, ORDER BY expressions must appear in select list",
                    Locations.Of(target.Value));
            }
        }

        foreach (var target in targets.Where(t => !t.IsJunk && isAggregate))
        {
            ResolveUnknown(target);
            CheckEquality(target.Value.Type, Locations.Of(target.Value));
            if (!IsSortable(target.Value.Type))
            {
                throw Refuse(
                    "42883",
                    $"could not identify an ordering operator for type {_types.Format(target.Value.Type)}",
                    Locations.Of(target.Value),
                    detail: "Aggregates with DISTINCT must be able to sort their inputs.");
            }
        }
    }

    private void TransformDistinctOn(ParseState state, ImmutableArray<SqlExpr> items)
    {
        var query = state.Query;
        query.IsDistinctOn = true;
        var references = items.Select(item => Reference(FindTarget(state, item, query.Targets, ExpressionKind.DistinctOn), query.Targets)).ToList();
        var skipped = false;
        foreach (var sort in query.OrderBy)
        {
            if (!references.Contains(sort.Reference))
            {
                skipped = true;
            }
            else if (skipped)
            {
                throw Refuse(
                    "42P10", "SELECT DISTINCT ON expressions must match initial ORDER BY expressions", items[references.IndexOf(sort.Reference)].Span.Start);
            }
            else
            {
                query.Distinct.Add(sort);
            }
        }

        for (var i = 0; i < items.Length; i++)
        {
            if (query.Distinct.Exists(d => d.Reference == references[i]))
            {
                continue;
            }

            if (skipped)
            {
                throw Refuse("42P10", "SELECT DISTINCT ON expressions must match initial ORDER BY expressions", items[i].Span.Start);
            }

            AddToGroup(query.Targets.Find(t => t.SortReference == references[i])!, query.Distinct, query.Targets, items[i].Span.Start);
        }
    }

    private void TransformWindows(ParseState state)
    {
        var query = state.Query;
        for (var i = 0; i < state.Windows.Count; i++)
        {
            var window = state.Windows[i];
            var name = window.IsReference ? null : window.Name?.Name;
            if (name is not null && query.Windows.Exists(w => w.Name == name))
            {
                throw Refuse("42P20", $"window \"{name}\" is already defined", window.Location);
            }

            WindowClause? basis = null;
            if (window.Base is { } baseName)
            {
                basis = query.Windows.Find(w => w.Name == baseName.Name) ?? throw Refuse(
                    "42704", $"window \"{baseName.Name}\" does not exist", window.Location);
                if (!window.PartitionBy.IsEmpty)
                {
                    throw Refuse("42P20", $"cannot override PARTITION BY clause of window \"{baseName.Name}\"", window.Location);
                }

                if (!basis.OrderBy.IsEmpty && !window.OrderBy.IsEmpty)
                {
                    throw Refuse("42P20", $"cannot override ORDER BY clause of window \"{baseName.Name}\"", window.Location);
                }

                if (basis.Frame is not null)
                {
                    throw new NotUnderstoodException("a window that copies one with a frame");
                }
            }

            var order = TransformWindowOrder(state, window.OrderBy);
            var partition = new List<SortClause>();
            foreach (var item in window.PartitionBy)
            {
                AddToGroup(FindTargetByExpression(state, item, query.Targets, ExpressionKind.WindowPartition), partition, query.Targets, item.Span.Start);
            }

            if (window.Frame is { } frame && (frame.Start.Offset is not null || frame.End?.Offset is not null) && frame.Unit == "RANGE")
            {
                throw new NotUnderstoodException("a RANGE frame with an offset");
            }

            query.Windows.Add(new WindowClause(
                name,
                window.Base?.Name,
                basis is not null ? basis.PartitionBy : [.. partition],
                basis is { OrderBy.IsEmpty: false } ? basis.OrderBy : [.. order],
                window.Frame,
                FrameOffset(state, window.Frame?.Start.Offset, window.Frame?.Unit),
                FrameOffset(state, window.Frame?.End?.Offset, window.Frame?.Unit),
                i + 1)
            { CopiedOrder = basis is { OrderBy.IsEmpty: false } });
        }
    }

    private List<SortClause> TransformWindowOrder(ParseState state, ImmutableArray<SortItem> items)
    {
        var order = new List<SortClause>();
        foreach (var item in items)
        {
            AddToSort(FindTargetByExpression(state, item.Value, state.Query.Targets, ExpressionKind.WindowOrder), order, state.Query.Targets, item);
        }

        return order;
    }

    private Expr? FrameOffset(ParseState state, SqlExpr? offset, string? unit) =>
        offset is null ? null : ToSpecificType(Transform(state, offset, ExpressionKind.WindowFrame), TypeOids.Int8, unit ?? "ROWS");
}
