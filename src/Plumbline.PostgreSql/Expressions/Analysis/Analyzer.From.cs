using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Printing;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <content>FROM (<c>transformFromClause</c>).</content>
internal sealed partial class Analyzer
{
    private readonly record struct FromResult(JoinNode Node, NamespaceItem Top, List<NamespaceItem> Namespace);

    private void TransformFrom(ParseState state, ImmutableArray<FromItem> from)
    {
        foreach (var item in from)
        {
            var result = TransformFromItem(state, item);
            CheckConflicts(state.Namespace, result.Namespace);
            foreach (var own in result.Namespace)
            {
                own.IsLateralOnly = true;
                own.IsLateralOk = true;
            }

            state.Query.From.Add(result.Node);
            state.Namespace = [.. state.Namespace, .. result.Namespace];
        }

        foreach (var own in state.Namespace)
        {
            own.IsLateralOnly = false;
            own.IsLateralOk = true;
        }
    }

    private void CheckConflicts(List<NamespaceItem> first, List<NamespaceItem> second)
    {
        foreach (var one in first)
        {
            foreach (var other in second)
            {
                if (!one.IsRelationVisible || !other.IsRelationVisible || one.Name != other.Name)
                {
                    continue;
                }

                // Two relations of one name from different schemas can be distinguished.
                if (one.Range is { Kind: RangeKind.Relation, Alias: null } && other.Range is { Kind: RangeKind.Relation, Alias: null } &&
                    one.Range.Relation != other.Range.Relation)
                {
                    continue;
                }

                throw Refuse("42712", $"table name \"{one.Name}\" specified more than once");
            }
        }
    }

    private FromResult TransformFromItem(ParseState state, FromItem item)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return item switch
        {
            TableItem table => Leaf(TransformTable(state, table)),
            SubqueryItem subquery => Leaf(TransformFromSubquery(state, subquery)),
            FunctionItem function => Leaf(TransformFromFunction(state, function)),
            JoinItem join => TransformJoin(state, join),
            _ => throw new NotUnderstoodException("an item of FROM"),
        };
    }

    private static FromResult Leaf(NamespaceItem item) => new(new JoinLeaf(item.Index), item, [item]);

    private NamespaceItem TransformTable(ParseState state, TableItem table)
    {
        if (table.Sample is not null)
        {
            throw new NotUnderstoodException("TABLESAMPLE");
        }

        if (table.Name.Schema is null && FindCommonTable(state, table.Name.Name) is var (common, levels) && common is not null)
        {
            return AddCommonTable(state, table, common, levels);
        }

        var relation = table.Name.Schema is { } schema ? _catalog.FindRelation(schema, table.Name.Name) : Visibility.FindRelation(_catalog, table.Name.Name);
        if (relation is null)
        {
            throw RefuseUnlessUnknown("42P01", $"relation \"{table.Name}\" does not exist", table.Name.Location);
        }

        if (relation.Kind is 'i' or 'I' or 'c')
        {
            throw Refuse("42809", relation.Kind == 'c' ? $"\"{relation.Name}\" is a composite type" : $"\"{relation.Name}\" is an index", table.Name.Location);
        }

        return AddRelation(state, relation, table.Alias, isOnly: table.IsOnly);
    }

    /// <summary>Puts a relation into the range table.</summary>
    internal NamespaceItem AddRelation(ParseState state, PgRelation relation, TableAlias? alias, bool isOnly, string? name = null)
    {
        var columns = relation.Columns.Select(c => new RangeColumn(c.Name, c.Number, c.TypeOid, c.Modifier, c.CollationOid)).ToList();
        return Add(state, alias, columns, (aliasName, aliasColumns, named) => new RangeItem
        {
            Kind = RangeKind.Relation,
            Relation = relation.Oid,
            IsOnly = isOnly,
            Alias = name ?? aliasName,
            AliasColumns = aliasColumns,
            Name = name ?? aliasName ?? relation.Name,
            Columns = named,
            IsInFrom = name is null,
        });
    }

    private static NamespaceItem Add(
        ParseState state, TableAlias? alias, List<RangeColumn> columns, Func<string?, ImmutableArray<string>, List<RangeColumn>, RangeItem> make)
    {
        ImmutableArray<string> names = alias is null ? [] : [.. alias.Columns.Select(c => c.Name)];
        if (names.Length > columns.Count)
        {
            throw Refuse("42P10", $"table \"{alias!.Name.Name}\" has {columns.Count} columns available but {names.Length} columns specified");
        }

        for (var i = 0; i < names.Length; i++)
        {
            columns[i] = columns[i] with { Name = names[i] };
        }

        var item = make(alias?.Name.Name, names, columns);
        state.Query.Items.Add(item);
        var index = state.Query.Items.Count;
        return new NamespaceItem
        {
            Range = item,
            Index = index,
            Name = item.Name,
            Columns = columns.ConvertAll(c => new NamespaceColumn(c.Name, index, c.Number, index, c.Number, c.Type, c.Modifier, c.Collation)),
        };
    }

    private static (CommonTableNode? Table, int Levels) FindCommonTable(ParseState origin, string name)
    {
        var levels = 0;
        for (var state = origin; state is not null; state = state.Parent, levels++)
        {
            if (state.CommonTables.Find(c => c.Name == name) is { } found)
            {
                return (found, levels);
            }
        }

        return (null, 0);
    }

    private static NamespaceItem AddCommonTable(ParseState state, TableItem table, CommonTableNode common, int levels)
    {
        var isSelf = common.Query is null;
        if (isSelf && common.Columns.Count == 0)
        {
            throw new NotUnderstoodException("a recursive query that refers to itself too early");
        }

        if (common.ReturnsNothing)
        {
            throw Refuse("0A000", $"WITH query \"{common.Name}\" does not have a RETURNING clause", table.Span.Start);
        }

        common.IsRecursive |= isSelf;
        var columns = common.Columns.Select((c, i) => new RangeColumn(c.Name, (short)(i + 1), c.Type, c.Modifier, c.Collation)).ToList();
        return Add(state, table.Alias, columns, (aliasName, aliasColumns, named) => new RangeItem
        {
            Kind = RangeKind.CommonTable,
            CommonTable = common.Name,
            CommonTableLevelsUp = levels,
            IsSelfReference = isSelf,
            Alias = aliasName,
            AliasColumns = aliasColumns,
            Name = aliasName ?? common.Name,
            Columns = named,
        });
    }

    private NamespaceItem TransformFromSubquery(ParseState state, SubqueryItem item)
    {
        if (item.Alias is null)
        {
            throw Refuse(
                "42601",
                item.Query.Body is ValuesBody ? "VALUES in FROM must have an alias" : "subquery in FROM must have an alias",
                item.Span.Start,
                item.Query.Body is ValuesBody ? "For example, FROM (VALUES ...) [AS] foo." : "For example, FROM (SELECT ...) [AS] foo.");
        }

        var kind = state.Kind;
        state.Kind = ExpressionKind.FromSubselect;
        state.IsLateralActive = item.IsLateral;
        var query = TransformSubquery(state, item.Query, null, isLocked: false, resolveUnknowns: true);
        state.IsLateralActive = false;
        state.Kind = kind;
        var columns = query.Targets.FindAll(t => !t.IsJunk)
            .ConvertAll(t => new RangeColumn(t.Name ?? "?column?", (short)t.Number, t.Value.Type, t.Value.Modifier, t.Value.Collation));
        return Add(state, item.Alias, columns, (aliasName, aliasColumns, named) => new RangeItem
        {
            Kind = RangeKind.Subquery,
            Subquery = query,
            IsLateral = item.IsLateral,
            Alias = aliasName,
            AliasColumns = aliasColumns,
            Name = aliasName!,
            Columns = named,
        });
    }

    private NamespaceItem TransformFromFunction(ParseState state, FunctionItem item)
    {
        state.IsLateralActive = true;
        var calls = new List<(Expr Call, string Name, ImmutableArray<FieldDefinition> Columns)>();
        foreach (var written in item.Functions)
        {
            IEnumerable<SqlExpr> parts = [written.Call];
            if (written.Call is FunctionCallExpr { Name: { Schema: null, Name: "unnest" }, Arguments.Length: > 1, OrderBy.IsEmpty: true, Filter: null, Over: null, IsStar: false, IsDistinct: false, IsVariadic: false } unnest
                && written.Columns.IsDefaultOrEmpty)
            {
                parts = unnest.Arguments.Select(a => (SqlExpr)new FunctionCallExpr(unnest.Span, SystemName("unnest"), [a]));
            }

            foreach (var part in parts)
            {
                var lastSet = state.LastSetFunction;
                var call = Transform(state, part, ExpressionKind.FromFunction);
                if (!ReferenceEquals(state.LastSetFunction, lastSet) && !ReferenceEquals(state.LastSetFunction, call))
                {
                    throw Refuse("0A000", "set-returning functions must appear at top level of FROM", Locations.Of(state.LastSetFunction));
                }

                calls.Add((call, ColumnNames.Of(part), written.Columns.IsDefault ? [] : written.Columns));
            }
        }

        state.IsLateralActive = false;
        if (!item.Columns.IsEmpty)
        {
            if (calls.Count != 1 || item.WithOrdinality)
            {
                throw new NotUnderstoodException("a column definition list for several functions");
            }

            calls[0] = calls[0] with { Columns = item.Columns };
        }

        var columns = new List<RangeColumn>();
        var functions = ImmutableArray.CreateBuilder<RangeFunction>();
        foreach (var (call, name, defined) in calls)
        {
            var given = FunctionColumns(call, name, defined, item.Alias, calls.Count);
            functions.Add(new RangeFunction(call, given.Count, defined.IsEmpty ? [] : [.. given]));
            foreach (var column in given)
            {
                columns.Add(new RangeColumn(column.Name, (short)(columns.Count + 1), column.Type, column.Modifier, column.Collation));
            }
        }

        if (item.WithOrdinality)
        {
            columns.Add(new RangeColumn("ordinality", (short)(columns.Count + 1), TypeOids.Int8, -1, 0));
        }

        return Add(state, item.Alias, columns, (aliasName, aliasColumns, named) => new RangeItem
        {
            Kind = RangeKind.Function,
            Functions = functions.ToImmutable(),
            IsLateral = item.IsLateral || calls.Exists(c => ContainsColumns(c.Call)),
            WithOrdinality = item.WithOrdinality,
            Alias = aliasName,
            AliasColumns = aliasColumns,
            Name = aliasName ?? calls[0].Name,
            Columns = named,
        });
    }

    private List<OutputColumn> FunctionColumns(Expr call, string name, ImmutableArray<FieldDefinition> defined, TableAlias? alias, int functionCount)
    {
        var function = call is FuncExpr f ? _catalog.GetFunction(f.Function) : null;
        if (function is { OutColumns.Length: > 1 } || (function is { OutColumns.Length: 1 } && call.Type == TypeOids.Record))
        {
            if (!defined.IsEmpty)
            {
                throw Refuse("42601", "a column definition list is redundant for a function with OUT parameters", defined[0].Location);
            }

            return OutColumns((FuncExpr)call, function);
        }

        if (_types.IsComplex(call.Type) && call.Type != TypeOids.Record)
        {
            return RowFields(call) ?? throw new NotUnderstoodException("a row type");
        }

        if (call.Type == TypeOids.Record)
        {
            if (defined.IsEmpty)
            {
                throw Refuse("42601", "a column definition list is required for functions returning \"record\"", Locations.Of(call));
            }

            return [.. defined.Select(d => ResolveType(d.Type) is var type ? new OutputColumn(d.Name.Name, type.Oid, type.Modifier, CollationOf(type.Oid)) : default)];
        }

        if (!defined.IsEmpty)
        {
            throw Refuse("42601", "a column definition list is only allowed for functions returning \"record\"", defined[0].Location);
        }

        // The single column is named by its OUT argument, by the alias of the item, or by the function (chooseScalarFunctionAlias).
        var column = function is { OutColumns: [{ Name.Length: > 0 } own] } ? own.Name : functionCount == 1 && alias is not null ? alias.Name.Name : name;
        return [new OutputColumn(column, call.Type, call.Modifier, call.Collation)];
    }

    private List<OutputColumn> OutColumns(FuncExpr call, PgFunction function)
    {
        // Polymorphic OUT columns are resolved against the types of the arguments.
        var actual = call.Arguments.Select(a => a.Type).ToArray();
        var columns = new List<OutputColumn>();
        foreach (var column in function.OutColumns)
        {
            var type = column.TypeOid;
            if (TypeSystem.IsPolymorphic(type))
            {
                if (actual.Length != function.ArgumentTypes.Length)
                {
                    throw new NotUnderstoodException("a polymorphic column");
                }

                type = Polymorphism.Resolve(_types, actual, function.ArgumentTypes.ToArray(), type);
            }

            columns.Add(new OutputColumn(column.Name.Length > 0 ? column.Name : $"column{columns.Count + 1}", type, -1, CollationOf(type)));
        }

        return columns;
    }

    private FromResult TransformJoin(ParseState state, JoinItem join)
    {
        var left = TransformFromItem(state, join.Left);
        var isLateralOk = join.Kind is JoinKind.Inner or JoinKind.Left or JoinKind.Cross;
        foreach (var item in left.Namespace)
        {
            item.IsLateralOnly = true;
            item.IsLateralOk = isLateralOk;
        }

        var saved = state.Namespace;
        state.Namespace = [.. saved, .. left.Namespace];
        var right = TransformFromItem(state, join.Right);
        state.Namespace = saved;
        CheckConflicts(left.Namespace, right.Namespace);
        List<NamespaceItem> all = [.. left.Namespace, .. right.Namespace];

        var usingNames = join.IsNatural
            ? left.Top.Columns.Select(c => c.Name).Where(name => right.Top.Columns.Exists(r => r.Name == name)).ToList()
            : join.Using.Select(u => u.Name).ToList();
        var columns = new List<NamespaceColumn>();
        var sources = new List<(int Left, int Right)>();
        var values = new List<Expr>();
        var pairs = ImmutableArray.CreateBuilder<(VarExpr Left, VarExpr Right)>();
        Expr? on = null;
        if (usingNames.Count > 0)
        {
            foreach (var name in usingNames)
            {
                MergeColumn(join, left.Top, right.Top, name, columns, sources, values, pairs);
            }

            on = UsingCondition(state, pairs);
        }
        else if (join.On is not null)
        {
            // The condition sees the two sides and nothing else of this level.
            foreach (var item in all)
            {
                item.IsLateralOnly = false;
                item.IsLateralOk = true;
            }

            saved = state.Namespace;
            state.Namespace = all;
            on = TransformCondition(state, join.On, ExpressionKind.JoinOn, "JOIN/ON");
            state.Namespace = saved;
        }

        var merged = columns.Count;
        AddRemaining(left.Top, isLeft: true, columns, sources, values);
        AddRemaining(right.Top, isLeft: false, columns, sources, values);
        return FinishJoin(state, join, left, right, all, usingNames, pairs.ToImmutable(), on, columns, sources, values, merged);
    }

    private static void AddRemaining(NamespaceItem side, bool isLeft, List<NamespaceColumn> columns, List<(int Left, int Right)> sources, List<Expr> values)
    {
        var merged = sources.Where(s => s.Left != 0 && s.Right != 0).Select(s => isLeft ? s.Left : s.Right).ToHashSet();
        for (var i = 0; i < side.Columns.Count; i++)
        {
            var number = side.Range.Columns[i].Number;
            if (merged.Contains(number))
            {
                continue;
            }

            columns.Add(side.Columns[i]);
            sources.Add(isLeft ? (number, 0) : (0, number));
            values.Add(MakeVar(side.Columns[i], 0, -1));
        }
    }

    private void MergeColumn(
        JoinItem join,
        NamespaceItem left,
        NamespaceItem right,
        string name,
        List<NamespaceColumn> columns,
        List<(int Left, int Right)> sources,
        List<Expr> values,
        ImmutableArray<(VarExpr Left, VarExpr Right)>.Builder pairs)
    {
        if (columns.Exists(c => c.Name == name))
        {
            throw Refuse("42701", $"column name \"{name}\" appears more than once in USING clause");
        }

        var leftIndex = IndexOfColumn(left, name, "left");
        var rightIndex = IndexOfColumn(right, name, "right");
        var leftVar = MakeVar(left.Columns[leftIndex], 0, -1);
        var rightVar = MakeVar(right.Columns[rightIndex], 0, -1);
        pairs.Add((leftVar, rightVar));
        sources.Add((left.Range.Columns[leftIndex].Number, right.Range.Columns[rightIndex].Number));
        var type = CommonType([leftVar, rightVar], "JOIN/USING");
        var modifier = CommonModifier([leftVar, rightVar], type);
        var fromLeft = Merged(leftVar, type, modifier);
        var fromRight = Merged(rightVar, type, modifier);
        Expr value = join.Kind switch
        {
            JoinKind.Inner or JoinKind.Cross => fromLeft is VarExpr ? fromLeft : fromRight is VarExpr ? fromRight : fromLeft,
            JoinKind.Left => fromLeft,
            JoinKind.Right => fromRight,
            _ => new ConditionalNode(
                ConditionalKind.Coalesce, [fromLeft, fromRight], type, modifier, -1)
            { Collation = CommonCollation([fromLeft, fromRight], CollationOf(type)) },
        };
        values.Add(value);
        columns.Add(ReferenceEquals(value, leftVar)
            ? left.Columns[leftIndex]
            : ReferenceEquals(value, rightVar)
                ? right.Columns[rightIndex] with { Name = name }
                : new NamespaceColumn(name, 0, (short)(columns.Count + 1), 0, (short)(columns.Count + 1), type, value.Modifier, value.Collation));
    }

    private static int IndexOfColumn(NamespaceItem side, string name, string which)
    {
        var index = side.Columns.FindIndex(c => c.Name == name);
        if (index < 0)
        {
            throw Refuse("42703", $"column \"{name}\" specified in USING clause does not exist in {which} table");
        }

        return side.Columns.FindLastIndex(c => c.Name == name) == index
            ? index
            : throw Refuse("42702", $"common column name \"{name}\" appears more than once in {which} table");
    }

    private Expr Merged(VarExpr column, uint type, int modifier)
    {
        if (column.Type != type)
        {
            return Coerce(column, type, modifier, CoercionContext.Implicit, CoercionForm.Implicit, -1);
        }

        return column.Modifier != modifier ? new RelabelExpr(column, CoercionForm.Implicit, type, modifier, -1) { Collation = column.Collation } : column;
    }

    private Expr UsingCondition(ParseState state, IEnumerable<(VarExpr Left, VarExpr Right)> pairs)
    {
        var conditions = pairs.Select(pair => ToBoolean(
            MakeOperator(state, Equal, pair.Left, pair.Right, state.LastSetFunction, -1), "JOIN/USING")).ToImmutableArray();
        return conditions.Length == 1 ? conditions[0] : new BoolExpr(BooleanKind.And, conditions, -1);
    }

    private FromResult FinishJoin(
        ParseState state,
        JoinItem join,
        FromResult left,
        FromResult right,
        List<NamespaceItem> all,
        List<string> usingNames,
        ImmutableArray<(VarExpr Left, VarExpr Right)> pairs,
        Expr? on,
        List<NamespaceColumn> columns,
        List<(int Left, int Right)> sources,
        List<Expr> values,
        int merged)
    {
        ImmutableArray<string> aliasColumns = join.Alias is null ? [] : [.. join.Alias.Columns.Select(c => c.Name)];
        if (aliasColumns.Length > columns.Count)
        {
            throw Refuse(
                "42P10", $"join expression \"{join.Alias!.Name.Name}\" has {columns.Count} columns available but {aliasColumns.Length} columns specified");
        }

        var rangeColumns = columns.Select((c, i) => new RangeColumn(
            i < aliasColumns.Length ? aliasColumns[i] : c.Name, (short)(i + 1), c.Type, c.Modifier, c.Collation)).ToList();
        var range = new RangeItem
        {
            Kind = RangeKind.Join,
            Alias = join.Alias?.Name.Name,
            AliasColumns = aliasColumns,
            Name = join.Alias?.Name.Name ?? "unnamed_join",
            Columns = rangeColumns,
            JoinKind = join.Kind,
            JoinColumns = values,
            JoinSources = sources,
            MergedColumns = merged,
            UsingAlias = join.UsingAlias?.Name,
        };
        state.Query.Items.Add(range);
        var index = state.Query.Items.Count;
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i] with { Name = rangeColumns[i].Name };
            if (column.Item == 0)
            {
                column = column with { Item = index, BaseItem = index };
            }

            if (join.Alias is not null)
            {
                column = column with { Item = index, Column = (short)(i + 1) };
            }

            columns[i] = column;
        }

        var top = new NamespaceItem { Range = range, Index = index, Name = range.Name, Columns = columns, IsRelationVisible = join.Alias is not null };
        var node = new JoinBranch(
            join.Kind,
            join.IsNatural,
            left.Node,
            right.Node,
            [.. usingNames],
            join.UsingAlias?.Name,
            on,
            join.Alias?.Name.Name,
            index)
        { UsingColumns = pairs };
        if (join.UsingAlias is { } usingAlias)
        {
            all.Add(new NamespaceItem { Range = range, Index = index, Name = usingAlias.Name, Columns = columns.GetRange(0, merged), AreColumnsVisible = false });
        }

        if (join.Alias is not null)
        {
            return new FromResult(node, top, [top]);
        }

        foreach (var item in all)
        {
            item.AreColumnsVisible = false;
        }

        return new FromResult(node, top, [.. all, top]);
    }
}
