using System.Collections.Immutable;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <content>Queries (<c>analyze.c</c>).</content>
internal sealed partial class Analyzer
{
    /// <summary>Analyses a query of its own.</summary>
    /// <param name="select">The query.</param>
    /// <param name="resolveUnknowns">Whether unknown literals in its select list become text.</param>
    public Query TransformQuery(SelectStatement select, bool resolveUnknowns = true) =>
        TransformSelect(new ParseState { ResolveUnknowns = resolveUnknowns }, select);

    private Query TransformSubquery(ParseState parent, SelectStatement select, CommonTableNode? commonTable, bool isLocked, bool resolveUnknowns) =>
        TransformSelect(
            new ParseState { Parent = parent, ParentCommonTable = commonTable, IsLockedFromParent = isLocked, ResolveUnknowns = resolveUnknowns }, select);

    private Query TransformSelect(ParseState state, SelectStatement select)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (select.Into is not null)
        {
            throw Refuse("42601", "SELECT ... INTO is not allowed here", select.Into.Location);
        }

        if (!select.Locking.IsEmpty)
        {
            throw new NotUnderstoodException("FOR UPDATE");
        }

        if (select.With is { } with)
        {
            TransformWith(state, with);
        }

        return select.Body switch
        {
            SelectBody body => TransformSelectBody(state, select, body),
            ValuesBody values => TransformValues(state, select, values),
            SetOperationBody operation => TransformSetOperation(state, select, operation),
            _ => throw new NotUnderstoodException("a query"),
        };
    }

    private Query TransformSelectBody(ParseState state, SelectStatement select, SelectBody body)
    {
        var query = state.Query;
        foreach (var window in body.Windows)
        {
            state.Windows.Add(window);
        }

        TransformFrom(state, body.From);
        TransformTargets(state, body.Targets);
        if (body.Where is not null)
        {
            query.Where = TransformCondition(state, body.Where, ExpressionKind.Where, "WHERE");
        }

        if (body.Having is not null)
        {
            query.Having = TransformCondition(state, body.Having, ExpressionKind.Having, "HAVING");
        }

        query.OrderBy = TransformOrderBy(state, select.OrderBy, query.Targets, ExpressionKind.OrderBy);
        TransformGroupBy(state, body);
        TransformDistinctClause(state, body);
        query.Offset = TransformLimit(state, select.Offset, ExpressionKind.Offset, "OFFSET");
        query.Limit = TransformLimit(state, select.Limit, ExpressionKind.Limit, "LIMIT");
        if (select.WithTies)
        {
            query.WithTies = true;
        }

        TransformWindows(state);
        if (state.ResolveUnknowns)
        {
            foreach (var target in query.Targets)
            {
                ResolveUnknown(target);
            }
        }

        query.HasAggregates = state.HasAggregates;
        if (state.HasAggregates || query.GroupBy.Count > 0 || query.GroupingSets.Count > 0 || query.Having is not null)
        {
            new GroupingCheck(_catalog, query).Run();
        }

        return query;
    }

    private void ResolveUnknown(TargetEntry target)
    {
        if (target.Value.Type == TypeOids.Unknown)
        {
            target.Value = Coerce(target.Value, TypeOids.Text, -1, CoercionContext.Implicit, CoercionForm.Implicit, -1);
        }
    }

    private Expr? TransformLimit(ParseState state, SqlExpr? written, ExpressionKind kind, string construct)
    {
        if (written is null)
        {
            return null;
        }

        var value = ToSpecificType(Transform(state, written, kind), TypeOids.Int8, construct);
        var column = -1;
        return ExprTree.Any(value, e => e is VarExpr { LevelsUp: 0 } && (column = e.Location) >= -1)
            ? throw Refuse("42P10", $"argument of {construct} must not contain variables", column)
            : value;
    }

    private void TransformTargets(ParseState state, ImmutableArray<SelectTarget> targets)
    {
        foreach (var target in targets)
        {
            if (target.Value is ColumnRefExpr { IsStar: true } or IndirectionExpr { Steps: [.., StarStep] })
            {
                foreach (var (name, value) in ExpandStar(state, target.Value, ExpressionKind.SelectTarget))
                {
                    state.Query.Targets.Add(new TargetEntry(value, state.Query.Targets.Count + 1, name, false));
                }
            }
            else
            {
                var value = Transform(state, target.Value, ExpressionKind.SelectTarget);
                state.Query.Targets.Add(new TargetEntry(value, state.Query.Targets.Count + 1, target.Alias?.Name ?? ColumnNames.Of(target.Value), false));
            }
        }
    }

    /// <summary>The columns that a star stands for.</summary>
    private List<(string Name, Expr Value)> ExpandStar(ParseState state, SqlExpr node, ExpressionKind kind = ExpressionKind.Other)
    {
        if (node is IndirectionExpr indirection)
        {
            var inner = indirection.Steps.Length == 1
                ? indirection.Operand
                : indirection with { Steps = indirection.Steps.RemoveAt(indirection.Steps.Length - 1) };
            var row = Transform(state, inner, kind);
            if (!_types.IsComplex(row.Type))
            {
                throw Refuse("42809", $"cannot expand value of type {_types.Format(row.Type)} as a row");
            }

            var fields = RowFields(row) ?? throw new NotUnderstoodException("the fields of a row");
            return [.. fields.Select((f, i) => (f.Name, (Expr)new FieldExpr(row, (short)(i + 1), f.Name, f.Type, f.Modifier) { Collation = f.Collation }))];
        }

        var reference = (ColumnRefExpr)node;
        if (reference.Parts.IsEmpty)
        {
            var visible = state.Namespace.FindAll(item => item.AreColumnsVisible);
            if (visible.Count == 0)
            {
                throw Refuse("42601", "SELECT * with no tables specified is not valid", node.Location);
            }

            return [.. visible.SelectMany(item => Columns(item, 0))];
        }

        if (reference.Parts.Length > 3)
        {
            throw Refuse("42601", $"improper qualified name (too many dotted names): {string.Join('.', reference.Parts)}.*", node.Location);
        }

        var name = reference.Parts[^1].Name;
        var (found, levels) = FindItem(state, reference.Parts.Length > 1 ? reference.Parts[^2].Name : null, name, node.Location);
        return found is null ? throw MissingItem(state, name, node.Location) : [.. Columns(found, levels)];

        IEnumerable<(string Name, Expr Value)> Columns(NamespaceItem item, int up) => item.Columns.Select(c => (c.Name, (Expr)MakeVar(c, up, node.Location)));
    }

    private void TransformWith(ParseState state, WithClause with)
    {
        state.Query.IsRecursive = with.IsRecursive;
        foreach (var item in with.Items)
        {
            if (with.Items.Count(other => other.Name.Name == item.Name.Name) > 1)
            {
                var second = with.Items.Last(other => other.Name.Name == item.Name.Name);
                throw Refuse("42712", $"WITH query name \"{item.Name.Name}\" specified more than once", second.Location);
            }

            if (item.Search is not null || item.Cycle is not null)
            {
                throw new NotUnderstoodException("a WITH query with SEARCH or CYCLE");
            }

            var select = ReturnedBy(state, item);
            var node = new CommonTableNode(
                item.Name.Name, [.. item.Columns.Select(c => c.Name)], item.IsMaterialized)
            { ReturnsNothing = ReturnsNothing(item) };
            state.Query.CommonTables.Add(node);
            if (with.IsRecursive)
            {
                state.CommonTables.Add(node);
            }

            var query = TransformSubquery(state, select, with.IsRecursive ? node : null, isLocked: false, resolveUnknowns: true);
            node.Query = query;
            node.Columns = NamedColumns(node, query.Targets, item.Location);
            if (!with.IsRecursive)
            {
                state.CommonTables.Add(node);
            }
        }
    }

    private static List<OutputColumn> NamedColumns(CommonTableNode node, IEnumerable<TargetEntry> targets, int location)
    {
        var columns = targets.Where(t => !t.IsJunk)
            .Select(t => new OutputColumn(t.Name ?? "?column?", t.Value.Type, t.Value.Modifier, t.Value.Collation))
            .ToList();
        if (node.AliasColumns.Length > columns.Count)
        {
            throw Refuse(
                "42P10", $"WITH query \"{node.Name}\" has {columns.Count} columns available but {node.AliasColumns.Length} columns specified", location);
        }

        for (var i = 0; i < node.AliasColumns.Length; i++)
        {
            columns[i] = columns[i] with { Name = node.AliasColumns[i] };
        }

        return columns;
    }

    private Query TransformValues(ParseState state, SelectStatement select, ValuesBody values)
    {
        if (values.Rows.Length != values.RowCount)
        {
            throw new NotUnderstoodException("a long list of values");
        }

        var width = values.Rows[0].Length;
        var rows = new List<Expr[]>();
        foreach (var row in values.Rows)
        {
            if (row.Length != width)
            {
                throw Refuse("42601", "VALUES lists must all be the same length", row[0].Location);
            }

            var items = row.Any(i => i is ColumnRefExpr { IsStar: true }) ? throw new NotUnderstoodException("a star in VALUES") : row;
            rows.Add([.. items.Select(item => Transform(state, item, values.Rows.Length == 1 ? ExpressionKind.ValuesSingle : ExpressionKind.Values))]);
        }

        var columns = new List<RangeColumn>();
        for (var i = 0; i < width; i++)
        {
            var column = rows.ConvertAll(row => row[i]);
            var type = CommonType(column, "VALUES");
            column = column.ConvertAll(value => ToCommonType(value, type, "VALUES"));
            for (var r = 0; r < rows.Count; r++)
            {
                rows[r][i] = column[r];
            }

            columns.Add(new RangeColumn($"column{i + 1}", (short)(i + 1), type, CommonModifier(column, type), CommonCollation(column, CollationOf(type))));
        }

        var range = new RangeItem { Kind = RangeKind.Values, Name = "*VALUES*", Columns = columns, Rows = rows.ConvertAll(row => row.ToImmutableArray()), IsLateral = false };
        state.Query.Items.Add(range);
        var item = new NamespaceItem
        {
            Range = range,
            Index = 1,
            Name = range.Name,
            Columns = columns.ConvertAll(c => new NamespaceColumn(c.Name, 1, c.Number, 1, c.Number, c.Type, c.Modifier, c.Collation)),
        };
        state.Namespace.Add(item);
        state.Query.From.Add(new JoinLeaf(1));
        state.Query.Targets.AddRange(item.Columns.Select((c, i) => new TargetEntry(MakeVar(c, 0, -1), i + 1, c.Name, false)));
        state.Query.OrderBy = TransformOrderBy(state, select.OrderBy, state.Query.Targets, ExpressionKind.OrderBy);
        state.Query.Offset = TransformLimit(state, select.Offset, ExpressionKind.Offset, "OFFSET");
        state.Query.Limit = TransformLimit(state, select.Limit, ExpressionKind.Limit, "LIMIT");
        return state.Query;
    }

    private Query TransformSetOperation(ParseState state, SelectStatement select, SetOperationBody operation)
    {
        var query = state.Query;
        var (node, columns) = TransformSetTree(state, operation, isTop: true);
        query.SetOperations = node;
        var left = node;
        while (left is SetBranch branch)
        {
            left = branch.Left;
        }

        var leftmost = ((SetLeaf)left).Item;
        var names = query.Items[leftmost - 1].Subquery!.Targets.FindAll(t => !t.IsJunk);
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i];
            var value = new VarExpr(
                leftmost,
                (short)names[i].Number,
                0,
                column.Value.Type,
                column.Value.Modifier,
                Locations.Of(names[i].Value))
            { Collation = column.Value.Collation };
            query.Targets.Add(new TargetEntry(value, i + 1, names[i].Name, false));
        }

        // ORDER BY sees the names of the result alone.
        var saved = state.Namespace;
        state.Namespace =
        [
            new NamespaceItem
            {
                Range = query.Items[leftmost - 1],
                Index = leftmost,
                Name = "",
                Columns = query.Targets.ConvertAll(t => new NamespaceColumn(
                    t.Name!, leftmost, ((VarExpr)t.Value).Column, leftmost, ((VarExpr)t.Value).Column, t.Value.Type, t.Value.Modifier, t.Value.Collation)),
                IsRelationVisible = false,
            },
        ];
        var count = query.Targets.Count;
        query.OrderBy = TransformOrderBy(state, select.OrderBy, query.Targets, ExpressionKind.OrderBy);
        state.Namespace = saved;
        if (query.Targets.Count != count)
        {
            throw Refuse(
                "0A000",
                "invalid UNION/INTERSECT/EXCEPT ORDER BY clause",
                Locations.Of(query.Targets[count].Value),
                "Add the expression/function to every SELECT, or move the UNION into a FROM clause.",
                "Only result column names can be used, not expressions or functions.");
        }

        query.Offset = TransformLimit(state, select.Offset, ExpressionKind.Offset, "OFFSET");
        query.Limit = TransformLimit(state, select.Limit, ExpressionKind.Limit, "LIMIT");
        return query;
    }

    private (SetNode Node, List<TargetEntry> Targets) TransformSetOperand(ParseState state, SelectStatement select)
    {
        if (select.Body is SetOperationBody nested && select.With is null && select.OrderBy.IsEmpty && select.Limit is null && select.Offset is null &&
            select.Locking.IsEmpty)
        {
            return TransformSetTree(state, nested, isTop: false);
        }

        var query = TransformSubquery(state, select, null, isLocked: false, resolveUnknowns: false);
        if (ExprTree.Roots(query).Any(root => ExprTree.Any(root, e => e is VarExpr { LevelsUp: 1 })) && state.Namespace.Count > 0)
        {
            throw new NotUnderstoodException("a UNION member that looks into its own query");
        }

        var targets = query.Targets.FindAll(t => !t.IsJunk);
        state.Query.Items.Add(new RangeItem
        {
            Kind = RangeKind.Subquery,
            Subquery = query,
            Name = $"*SELECT* {state.Query.Items.Count + 1}",
            Columns = targets.ConvertAll(t => new RangeColumn(t.Name ?? "?column?", (short)t.Number, t.Value.Type, t.Value.Modifier, t.Value.Collation)),
            IsInFrom = false,
        });
        return (new SetLeaf(state.Query.Items.Count), targets);
    }

    private (SetNode Node, List<TargetEntry> Targets) TransformSetTree(ParseState state, SetOperationBody operation, bool isTop)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var construct = operation.Kind.ToString().ToUpperInvariant();
        var (left, leftTargets) = TransformSetOperand(state, operation.Left);
        if (isTop && state.ParentCommonTable is { Query: null } common)
        {
            common.Columns = RecursiveColumns(common, left, leftTargets, state);
        }

        var (right, rightTargets) = TransformSetOperand(state, operation.Right);
        if (leftTargets.Count != rightTargets.Count)
        {
            var place = rightTargets.Select(t => Locations.Of(t.Value)).FirstOrDefault(l => l >= 0, -1);
            throw Refuse("42601", $"each {construct} query must have the same number of columns", place);
        }

        var columns = new List<TargetEntry>();
        for (var i = 0; i < leftTargets.Count; i++)
        {
            columns.Add(MergeSetColumn(
                leftTargets[i], rightTargets[i], construct, i + 1, needsEquality: !(operation.Kind == SetOperationKind.Union && operation.IsAll)));
        }

        var output = columns.Select(c => new OutputColumn(c.Name ?? "", c.Value.Type, c.Value.Modifier, c.Value.Collation)).ToImmutableArray();
        return (new SetBranch(operation.Kind, operation.IsAll, left, right, output), columns);
    }

    private static List<OutputColumn> RecursiveColumns(CommonTableNode common, SetNode left, List<TargetEntry> targets, ParseState state)
    {
        while (left is SetBranch branch)
        {
            left = branch.Left;
        }

        var names = state.Query.Items[((SetLeaf)left).Item - 1].Columns;
        return NamedColumns(common, targets.Select((t, i) => new TargetEntry(t.Value, i + 1, names[i].Name, false)), -1)
            .ConvertAll(c => c.Type == TypeOids.Unknown ? c with { Type = TypeOids.Text, Collation = TypeOids.DefaultCollation } : c);
    }

    private TargetEntry MergeSetColumn(TargetEntry left, TargetEntry right, string construct, int number, bool needsEquality)
    {
        var type = CommonType([left.Value, right.Value], construct);
        var best = right.Value.Type == type && left.Value.Type != type ? right.Value : left.Value;
        var location = Locations.Of(best);
        var leftValue = left.Value.Type != TypeOids.Unknown || left.Value is ConstExpr ? ToCommonType(left.Value, type, construct) : left.Value;
        var rightValue = right.Value.Type != TypeOids.Unknown || right.Value is ConstExpr ? ToCommonType(right.Value, type, construct) : right.Value;
        if (left.Value is ConstExpr { Type: TypeOids.Unknown })
        {
            left.Value = leftValue;
        }

        if (right.Value is ConstExpr { Type: TypeOids.Unknown })
        {
            right.Value = rightValue;
        }

        if (needsEquality)
        {
            CheckEquality(type, location);
        }

        return new TargetEntry(
            new PlaceholderExpr(type, CommonModifier([leftValue, rightValue], type)) { Location = location, Collation = CommonCollation([leftValue, rightValue], CollationOf(type)) },
            number,
            null,
            false);
    }
}
