using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <content>Queries over the catalogs, over lists, and over tables without rows.</content>
internal sealed partial class Evaluator
{
    /// <summary>The rows of a query.</summary>
    /// <exception cref="UnknownValueException">Nobody can know them.</exception>
    public CatalogTable Query(SelectStatement query) => Query(query, new RowScope(null));

    private CatalogTable Query(SelectStatement query, RowScope outer, bool existsOnly = false)
    {
        if (query.With is { } with)
        {
            var inner = new RowScope(outer);
            foreach (var common in with.Items)
            {
                if (with.IsRecursive || common.Query is not SelectStatement select)
                {
                    throw new UnknownValueException("a WITH query that is recursive or changes data");
                }

                inner.Common = inner.Common.SetItem(common.Name.Name, Rename(Query(select, inner), common.Columns));
            }

            outer = inner;
        }

        var hasTail = !query.OrderBy.IsEmpty || query.Limit is not null || query.Offset is not null;
        var result = query.Body switch
        {
            SelectBody body => Select(body, outer, query.OrderBy, existsOnly && !hasTail),
            ValuesBody body when body.Rows.Length == body.RowCount => Values(body, outer),
            SetOperationBody body => Combine(body, outer),
            _ => throw new UnknownValueException("a query of an unusual form"),
        };
        if (query.Body is not SelectBody && !query.OrderBy.IsEmpty && result.Rows.Count > 1)
        {
            var table = result;
            result = result with
            {
                Rows = Sort([.. table.Rows.Select(row => (new RowScope(outer).With("", table, row), row))], query.OrderBy, null,
                table.Columns)
            };
        }

        var rows = result.Rows;
        if (query.Offset is not null)
        {
            rows = [.. rows.Skip(Count(query.Offset, outer))];
        }

        if (query.Limit is not null and not ConstantExpr { Kind: ConstantKind.Null } && !query.WithTies)
        {
            rows = [.. rows.Take(Count(query.Limit, outer))];
        }

        return result with { Rows = rows };
    }

    private int Count(SqlExpr expression, RowScope scope) =>
        Evaluate(expression, scope) is NumberValue { Number: >= 0 and < int.MaxValue } n ? (int)n.Number : throw Unknown(expression);

    private static CatalogTable Rename(CatalogTable table, ImmutableArray<Identifier> names) =>
        names.IsDefaultOrEmpty ? table : table with { Columns = [.. table.Columns.Select((c, i) => i < names.Length ? names[i].Name : c)] };

    private CatalogTable Values(ValuesBody body, RowScope scope)
    {
        var rows = body.Rows.Select(row => row.Select(item => EvaluateOrUnknown(item, scope)).ToArray()).ToList();
        return new CatalogTable([.. Enumerable.Range(1, rows.Count > 0 ? rows[0].Length : 0).Select(i => $"column{i}")], rows);
    }

    private CatalogTable Combine(SetOperationBody body, RowScope scope)
    {
        var (left, right) = (Query(body.Left, scope), Query(body.Right, scope));
        if ((long)left.Rows.Count + right.Rows.Count > ReadingBudget.BlockRows)
        {
            throw execution.Budget.Exceeded(ValueLimits.Rows);
        }

        var others = body.Kind == SetOperationKind.Union ? [] : right.Rows.Select(row => new RecordKey(row)).ToHashSet();
        IEnumerable<PlValue?[]> rows = body.Kind switch
        {
            SetOperationKind.Union => left.Rows.Concat(right.Rows),
            SetOperationKind.Intersect => left.Rows.Where(row => others.Contains(new RecordKey(row))),
            _ => left.Rows.Where(row => !others.Contains(new RecordKey(row))),
        };
        return left with { Rows = body.IsAll && body.Kind == SetOperationKind.Union ? [.. rows] : Unique(rows) };
    }

    private static List<PlValue?[]> Unique(IEnumerable<PlValue?[]> rows)
    {
        var unique = new List<PlValue?[]>();
        var seen = new HashSet<RecordKey>();
        foreach (var row in rows)
        {
            if (seen.Add(new RecordKey(row)))
            {
                unique.Add(row);
            }
        }

        return unique;
    }

    private CatalogTable Select(SelectBody body, RowScope outer, ImmutableArray<SortItem> order, bool existsOnly)
    {
        if (!body.DistinctOn.IsEmpty || !body.Windows.IsEmpty)
        {
            throw new UnknownValueException("a query with DISTINCT ON or windows");
        }

        var (scopes, shape) = Rows(body, outer, existsOnly);
        var isGrouped = !body.GroupBy.IsEmpty || body.Having is not null || body.Targets.Any(t => Aggregates.IsIn(t.Value));
        if (isGrouped)
        {
            scopes = Group(body, scopes, shape);
        }
        else if (existsOnly)
        {
            return new CatalogTable([], [.. scopes.Select(_ => Array.Empty<PlValue?>())]);
        }

        var columns = ImmutableArray.CreateBuilder<string>();
        foreach (var target in body.Targets)
        {
            if (target.Value is ColumnRefExpr { IsStar: true } star)
            {
                columns.AddRange(Starred(star, shape).SelectMany(item => item.Table.Columns));
            }
            else
            {
                columns.Add(target.Alias?.Name ?? NameOf(target.Value));
            }
        }

        var rows = new List<(RowScope Scope, PlValue?[] Row)>();
        foreach (var scope in scopes)
        {
            Project(body, scope, rows);
        }

        var names = columns.ToImmutable();
        var result = order.IsEmpty || rows.Count < 2 ? [.. rows.Select(r => r.Row)] : Sort(rows, order, body, names);
        return new CatalogTable(names, body.IsDistinct ? Unique(result) : result);
    }

    private void Project(SelectBody body, RowScope scope, List<(RowScope Scope, PlValue?[] Row)> rows)
    {
        var row = new List<PlValue?>();
        var set = -1;
        IReadOnlyList<PlValue?> elements = [];
        foreach (var target in body.Targets)
        {
            if (target.Value is ColumnRefExpr { IsStar: true } star)
            {
                row.AddRange(Starred(star, scope).SelectMany(item => item.Row));
            }
            else if (target.Value is FunctionCallExpr call && IsSet(call))
            {
                if (set >= 0)
                {
                    throw Unknown(call);
                }

                set = row.Count;
                elements = Set(call, scope);
                row.Add(null);
            }
            else
            {
                row.Add(EvaluateOrUnknown(target.Value, scope));
            }
        }

        if (set < 0)
        {
            rows.Add((scope, [.. row]));
            return;
        }

        if ((long)rows.Count + elements.Count > ReadingBudget.BlockRows)
        {
            throw execution.Budget.Exceeded(ValueLimits.Rows);
        }

        foreach (var element in elements)
        {
            row[set] = element;
            rows.Add((scope, [.. row]));
        }
    }

    private static IEnumerable<(string Alias, CatalogTable Table, PlValue?[] Row)> Starred(ColumnRefExpr star, RowScope scope)
    {
        var items = star.Parts.IsEmpty ? scope.Items : [.. scope.Items.Where(item => item.Alias == star.Parts[^1].Name)];
        return items;
    }

    private static string NameOf(SqlExpr value) => value switch
    {
        ColumnRefExpr column => column.Parts[^1].Name,
        FunctionCallExpr call => call.Name.Name,
        CastExpr { Operand: ColumnRefExpr or FunctionCallExpr } cast => NameOf(cast.Operand),
        CastExpr cast => cast.Type.Name.Name,
        SubqueryExpr { Kind: SubqueryKind.Exists } => "exists",
        ConditionalExpr { Kind: ConditionalKind.Coalesce } => "coalesce",
        ArrayExpr => "array",
        _ => "?column?",
    };

    private List<PlValue?[]> Sort(List<(RowScope Scope, PlValue?[] Row)> rows, ImmutableArray<SortItem> order, SelectBody? body, ImmutableArray<string> names)
    {
        var keyed = rows.ConvertAll(r => (Keys: order.Select(item => SortKey(item, r.Scope, r.Row, body, names)).ToArray(), r.Row));
        var sorted = keyed.Select((r, i) => (r.Keys, r.Row, Index: i)).ToList();
        sorted.Sort((a, b) =>
        {
            for (var i = 0; i < order.Length; i++)
            {
                var (x, y) = (a.Keys[i], b.Keys[i]);
                var compared = x is null || y is null ? (x is null ? 1 : 0) - (y is null ? 1 : 0) : PlValues.Compare(x, y) ?? throw Unknown(order[i].Value);
                if (compared != 0)
                {
                    return order[i].Direction == SortDirection.Descending ? -compared : compared;
                }
            }

            return a.Index.CompareTo(b.Index);
        });
        return sorted.ConvertAll(r => r.Row);
    }

    private PlValue? SortKey(SortItem item, RowScope scope, PlValue?[] row, SelectBody? body, ImmutableArray<string> names)
    {
        var index = item.Value switch
        {
            ConstantExpr { Kind: ConstantKind.Integer } constant when int.TryParse(constant.Text, out var n) => n - 1,
            ColumnRefExpr { Parts: [var name], IsStar: false } when body is null || body.Targets.Any(t => t.Alias?.Name == name.Name) =>
                names.IndexOf(name.Name),
            _ => -1,
        };
        return index >= 0 && index < row.Length ? Known(row[index]) : Evaluate(item.Value, scope);
    }

    // The rows that FROM and WHERE leave. Conditions are looked at as soon as all that they name is there, so that joins of catalogs stay small.
    private (List<RowScope> Rows, RowScope Shape) Rows(SelectBody body, RowScope outer, bool existsOnly)
    {
        var items = new List<FromPart>();
        var conditions = new List<SqlExpr>();
        foreach (var item in body.From)
        {
            Flatten(item, outer, items, conditions);
        }

        AddConjuncts(body.Where, conditions);
        var tables = new CatalogTable?[items.Count];
        UnknownValueException? unknown = null;
        for (var i = 0; i < items.Count; i++)
        {
            try
            {
                tables[i] = items[i].Table(new RowScope(outer));
                if (tables[i]!.Rows.Count == 0 && items[i].LeftOn is null)
                {
                    // Nothing comes of a join with nothing, whatever the others hold.
                    return ([], Shape(items, tables, outer));
                }
            }
            catch (UnknownValueException exception)
            {
                unknown ??= exception;
            }
        }

        if (unknown is not null)
        {
            throw unknown;
        }

        var levels = conditions.ConvertAll(c => Level(c, items, tables));
        var scopes = new List<RowScope> { new(outer) };
        for (var level = 0; level <= items.Count; level++)
        {
            if (level > 0)
            {
                var next = new List<RowScope>();
                foreach (var scope in scopes)
                {
                    foreach (var joined in Joined(scope, items[level - 1], tables[level - 1]!))
                    {
                        if (Passes(conditions, levels, level, joined, existsOnly, ref unknown))
                        {
                            next.Add(joined);
                        }
                    }

                    if (next.Count > ReadingBudget.BlockRows)
                    {
                        throw execution.Budget.Exceeded(ValueLimits.Rows);
                    }
                }

                scopes = next;
            }
            else if (!Passes(conditions, levels, 0, scopes[0], existsOnly, ref unknown))
            {
                scopes = [];
            }
        }

        return unknown is not null && (!existsOnly || scopes.Count == 0) ? throw unknown : (scopes, Shape(items, tables, outer));
    }

    private IEnumerable<RowScope> Joined(RowScope scope, FromPart part, CatalogTable table)
    {
        var isMatched = false;
        foreach (var row in table.Rows)
        {
            Use(1 + (scope.Items.Count / 8));
            var joined = scope.With(part.Alias, table, row);
            if (part.LeftOn is null || Holds(part.LeftOn, joined) == true)
            {
                isMatched = true;
                yield return joined;
            }
        }

        if (!isMatched && part.LeftOn is not null)
        {
            yield return scope.With(part.Alias, table, new PlValue?[table.Columns.Length]);
        }
    }

    private bool Passes(List<SqlExpr> conditions, List<int> levels, int level, RowScope scope, bool existsOnly, ref UnknownValueException? unknown)
    {
        UnknownValueException? here = null;
        for (var i = 0; i < conditions.Count; i++)
        {
            if (levels[i] != level)
            {
                continue;
            }

            try
            {
                if (Holds(conditions[i], scope) != true)
                {
                    return false;
                }
            }
            catch (UnknownValueException exception)
            {
                here ??= exception;
            }
        }

        if (here is null)
        {
            return true;
        }

        unknown ??= here;
        _ = existsOnly;
        return false;
    }

    private static RowScope Shape(List<FromPart> items, CatalogTable?[] tables, RowScope outer)
    {
        var shape = new RowScope(outer);
        for (var i = 0; i < items.Count; i++)
        {
            if (tables[i] is { } table)
            {
                shape = shape.With(items[i].Alias, table, new PlValue?[table.Columns.Length]);
            }
        }

        return shape;
    }

    private static void AddConjuncts(SqlExpr? condition, List<SqlExpr> conditions)
    {
        if (condition is BooleanExpr { Kind: BooleanKind.And } and)
        {
            conditions.AddRange(and.Operands);
        }
        else if (condition is not null)
        {
            conditions.Add(condition);
        }
    }

    private int Level(SqlExpr condition, List<FromPart> items, CatalogTable?[] tables)
    {
        if (condition.Span.Start + condition.Span.Length > Text.Length)
        {
            return items.Count;
        }

        Use(condition.Span.Length / CharactersMade);
        var level = 0;
        var lexer = new SqlLexer(Text, condition.Span.Start, condition.Span.Start + condition.Span.Length);
        var isBehindPoint = false;
        for (var token = lexer.Next(); token.Kind is not (TokenKind.End or TokenKind.Error); token = lexer.Next())
        {
            if (token.Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier or TokenKind.Keyword)
            {
                var name = TokenText.ReadIdentifier(Text, token).Name;
                for (var i = items.Count; i > level; i--)
                {
                    if (items[i - 1].Alias == name || (!isBehindPoint && tables[i - 1]!.Columns.Contains(name)))
                    {
                        level = i;
                    }
                }
            }

            isBehindPoint = token.Symbol == '.';
        }

        return level;
    }

    private static OperatorExpr SameColumn(JoinItem join, string right, Identifier column) => new(
        join.Span, new OperatorName(join.Span, [], "="), new ColumnRefExpr(join.Span, [column]),
            new ColumnRefExpr(join.Span, [new Identifier(right, join.Span), column]));

    private void Flatten(FromItem item, RowScope outer, List<FromPart> items, List<SqlExpr> conditions)
    {
        if (item is JoinItem { Kind: JoinKind.Inner or JoinKind.Cross or JoinKind.Left, IsNatural: false, Alias: null } join)
        {
            Flatten(join.Left, outer, items, conditions);
            var before = items.Count;
            Flatten(join.Right, outer, items, conditions);
            var on = new List<SqlExpr>();
            AddConjuncts(join.On, on);
            on.AddRange(join.Using.Select(column => SameColumn(join, items[before].Alias, column)));
            if (join.Kind != JoinKind.Left)
            {
                conditions.AddRange(on);
                return;
            }

            if (items.Count != before + 1 || on.Count == 0)
            {
                throw new UnknownValueException($"\"{Excerpt(join.Span.Start, join.Span.Length)}\"");
            }

            items[before] = items[before] with { LeftOn = on is [var one] ? one : new BooleanExpr(join.Span, BooleanKind.And, [.. on], join.Span.Start) };
            return;
        }

        var alias = item.Alias?.Name.Name;
        var columns = item.Alias?.Columns ?? [];
        switch (item)
        {
            case TableItem { Sample: null } table:
                items.Add(new FromPart(alias ?? table.Name.Name, scope => Rename(Table(table.Name, scope), columns)));
                break;
            case SubqueryItem { IsLateral: false } subquery:
                items.Add(new FromPart(alias ?? "", scope => Rename(Query(subquery.Query, scope), columns)));
                break;
            case FunctionItem { Functions: [{ Call: FunctionCallExpr call }], IsLateral: false, Columns.IsEmpty: true } function when IsSet(call):
                items.Add(new FromPart(alias ?? call.Name.Name, scope => OfSet(call, scope, alias, columns, function.WithOrdinality)));
                break;
            default:
                throw new UnknownValueException($"\"{Excerpt(item.Span.Start, item.Span.Length)}\"");
        }
    }

    private CatalogTable Table(QualifiedName name, RowScope scope)
    {
        if (name.Schema is null && scope.Common.TryGetValue(name.Name, out var common))
        {
            return common;
        }

        if (name.Schema == "information_schema")
        {
            execution.Budget.UseCatalog(Database.ObjectCount);
            return new InformationSchema(Database).Find(name.Name) ?? throw new UnknownValueException($"the rows of \"{name}\"");
        }

        if (name.Schema is null or "pg_catalog" && Database.Builtins.FindRelation("pg_catalog", name.Name) is not null)
        {
            execution.Budget.UseCatalog(Database.ObjectCount);
            return new SystemCatalogs(Database).Find(name.Name) ?? throw new UnknownValueException($"the rows of \"{name}\"");
        }

        if (execution.TryRelation(name) is not { Kind: 'r' or 'p' } table || MayHaveRows(table))
        {
            throw new UnknownValueException($"the rows of \"{name}\"");
        }

        return new CatalogTable([.. table.LiveColumns.Select(c => c.Name)], []);
    }

    /// <summary>Whether a table, or one that it is a part of or has for a part, may have rows.</summary>
    private bool MayHaveRows(RelationObject table)
    {
        if (execution.MayHaveRows(table) || table.Row.Parents.Any(p => execution.MayHaveRows(p)))
        {
            return true;
        }

        var open = new Queue<RelationObject>(table.Children.Items);
        while (open.TryDequeue(out var child))
        {
            if (execution.MayHaveRows(child))
            {
                return true;
            }

            foreach (var next in child.Children.Items)
            {
                open.Enqueue(next);
            }
        }

        return false;
    }

    /// <summary>An item of FROM.</summary>
    /// <param name="Alias">The name of its columns' table.</param>
    /// <param name="Table">Its rows.</param>
    /// <param name="LeftOn">The condition of LEFT JOIN; null where every row must have a partner.</param>
    private sealed record FromPart(string Alias, Func<RowScope, CatalogTable> Table, SqlExpr? LeftOn = null);
}
