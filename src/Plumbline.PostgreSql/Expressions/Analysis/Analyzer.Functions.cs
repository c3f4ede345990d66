using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <content>Function calls (<c>parse_func.c</c>).</content>
internal sealed partial class Analyzer
{
    private Expr TransformCall(ParseState state, FunctionCallExpr node) => TransformCall(state, node, node.Location);

    private Expr TransformCall(ParseState state, FunctionCallExpr node, int location)
    {
        if (node.Name is { Schema: null, Name: "grouping" } || node is { Name.Name: "grouping", IsSqlSpelling: true })
        {
            throw new NotUnderstoodException("GROUPING");
        }

        var lastSet = state.LastSetFunction;
        var arguments = new List<Expr>();
        foreach (var argument in node.Arguments)
        {
            var value = Transform(state, argument.Value);
            arguments.Add(argument.Name is { } name ? new NamedArgumentExpr(value, name.Name, -1, argument.Location) : value);
        }

        if (node.IsWithinGroup)
        {
            foreach (var item in node.OrderBy)
            {
                arguments.Add(Transform(state, item.Value, ExpressionKind.OrderBy));
            }
        }

        return ResolveCall(state, node.Name, arguments, location, node, lastSet)!;
    }

    /// <summary>Finds the function that a call means and makes the call (<c>ParseFuncOrColumn</c>).</summary>
    /// <param name="state">Where it is.</param>
    /// <param name="name">The function's name.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="location">Where errors point.</param>
    /// <param name="node">The call as written; null for column notation.</param>
    /// <param name="lastSet">The last set-returning function before the arguments.</param>
    /// <param name="isColumnNotation">Whether it is <c>value.name</c>; then null is given where there is no such function.</param>
    private Expr? ResolveCall(
        ParseState state,
        QualifiedName name,
        List<Expr> arguments,
        int location,
        FunctionCallExpr? node = null,
        Expr? lastSet = null,
        bool isColumnNotation = false)
    {
        var filter = node?.Filter is { } written ? TransformCondition(state, written, ExpressionKind.Filter, "FILTER") : null;
        var actual = arguments.ConvertAll(a => a.Type).ToArray();
        var names = CheckNames(arguments);
        if (name.Schema is { } schema && !_catalog.HasSchema(schema))
        {
            throw RefuseUnlessUnknown("3F000", $"schema \"{schema}\" does not exist", location);
        }

        var candidates = FunctionLookup.Candidates(_catalog, name, actual.Length, names, node is not { IsVariadic: true });
        var best = candidates.Find(c => c.ArgumentTypes.AsSpan(0, actual.Length).SequenceEqual(actual));
        if (best is null && actual.Length == 1 && names.IsEmpty && CallAsCast(name, arguments[0]) is { } target &&
            node is not { IsStar: true } and not { Over: not null })
        {
            return Coerce(arguments[0], target, -1, CoercionContext.Explicit, CoercionForm.Call, location);
        }

        var isAmbiguous = false;
        if (best is null)
        {
            var fitting = candidates.FindAll(c => _types.CanCoerce(actual, c.ArgumentTypes.AsSpan(0, actual.Length), CoercionContext.Implicit));
            best = fitting.Count == 0 ? null : CandidateChoice.Best(_types, actual, fitting, c => c.ArgumentTypes[..actual.Length]);
            isAmbiguous = fitting.Count > 0 && best is null;
        }

        isAmbiguous |= best is { IsAmbiguous: true };
        if (best is null || isAmbiguous)
        {
            if (isColumnNotation)
            {
                return null;
            }

            if (!isAmbiguous && arguments.Count == 1 && name.Schema is null && names.IsEmpty &&
                node is { OrderBy.IsEmpty: true, Filter: null, IsStar: false, IsDistinct: false, Over: null, IsVariadic: false }
                && _types.IsComplex(arguments[0].Type) && Field(state, arguments[0], name.Name) is { } field)
            {
                return field;
            }

            throw FunctionError(name, arguments, isAmbiguous, location, node);
        }

        return MakeCall(state, name, best, arguments, actual, filter, location, node, lastSet);
    }

    private static ImmutableArray<string> CheckNames(List<Expr> arguments)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var argument in arguments)
        {
            if (argument is NamedArgumentExpr named)
            {
                if (names.Contains(named.Name))
                {
                    throw Refuse("42601", $"argument name \"{named.Name}\" used more than once", named.Location);
                }

                names.Add(named.Name);
            }
            else if (names.Count > 0)
            {
                throw Refuse("42601", "positional argument cannot follow named argument", Locations.Of(argument));
            }
        }

        return names.ToImmutable();
    }

    // text(x) and its kin are casts, where no function of that name takes the argument as it is.
    private uint? CallAsCast(QualifiedName name, Expr argument)
    {
        var type = name.Schema is { } schema ? _catalog.FindType(schema, name.Name) : Printing.Visibility.FindType(_catalog, name.Name);
        if (type is null || type.Kind == PgTypeKind.Composite)
        {
            return null;
        }

        if (argument is ConstExpr { Type: TypeOids.Unknown })
        {
            return type.Oid;
        }

        return _types.FindPath(type.Oid, argument.Type, CoercionContext.Explicit, out _) switch
        {
            CoercionPath.Relabel => type.Oid,
            CoercionPath.ViaIo when !(_types.IsComplex(argument.Type) && type.Category == 'S') => type.Oid,
            _ => null,
        };
    }

    private RefusalException FunctionError(QualifiedName name, List<Expr> arguments, bool isAmbiguous, int location, FunctionCallExpr? node)
    {
        var shown = string.Join(", ", arguments.Select(a => a is NamedArgumentExpr named ? $"{named.Name} => {_types.Format(a.Type)}" : _types.Format(a.Type)));
        if (isAmbiguous)
        {
            return RefuseUnlessUnknown(
                "42725",
                $"function {name}({shown}) is not unique",
                location,
                "Could not choose a best candidate function. You might need to add explicit type casts.");
        }

        return RefuseUnlessUnknown(
            "42883",
            $"function {name}({shown}) does not exist",
            location,
            node is { IsWithinGroup: false, OrderBy.Length: > 1 }
                ? "No aggregate function matches the given name and argument types. Perhaps you misplaced ORDER BY; ORDER BY must appear after all regular arguments of the aggregate."
                : "No function matches the given name and argument types. You might need to add explicit type casts.");
    }

    private string Signature(QualifiedName name, IEnumerable<uint> types) => $"{name}({string.Join(", ", types.Select(t => _types.Format(t)))})";

    private Expr MakeCall(
        ParseState state, QualifiedName name, FunctionCandidate chosen, List<Expr> arguments, uint[] actual, Expr? filter, int location, FunctionCallExpr? node, Expr? lastSet)
    {
        var function = chosen.Function;
        CheckKind(name, function, arguments, actual, location, node);
        if (chosen.ArgumentNumbers is { } numbers)
        {
            for (var i = 0; i < arguments.Count; i++)
            {
                if (arguments[i] is NamedArgumentExpr named)
                {
                    arguments[i] = named with { Number = numbers[i] };
                }
            }
        }

        // Defaults that are left out count with their declared types, which is what their expressions have been converted to.
        var declared = chosen.ArgumentTypes.ToArray();
        var withDefaults = actual.Concat(declared.Skip(actual.Length)).ToArray();
        var result = Polymorphism.Resolve(_types, withDefaults, declared, function.ReturnTypeOid);
        for (var i = 0; i < arguments.Count; i++)
        {
            arguments[i] = CoerceArgument(arguments[i], declared[i]);
        }

        var isVariadic = node is { IsVariadic: true } && function.VariadicOid != 0;
        if (chosen.VariadicCount > 0 && function.VariadicOid != TypeOids.Any)
        {
            var taken = arguments.GetRange(arguments.Count - chosen.VariadicCount, chosen.VariadicCount);
            var element = taken[0].Type;
            var array = _types.Get(element).ArrayOid;
            if (array == 0)
            {
                throw Refuse("42704", $"could not find array type for data type {_types.Format(element)}", Locations.Of(taken[0]));
            }

            arguments.RemoveRange(arguments.Count - chosen.VariadicCount, chosen.VariadicCount);
            arguments.Add(new ArrayNode([.. taken], element, false, array, Locations.Of(taken[0])));
            isVariadic = true;
        }

        if (function.ReturnsSet)
        {
            CheckSetFunctionPlacement(state, lastSet, location);
        }

        var collation = CommonCollation(arguments, CollationOf(result));
        Expr call;
        if (function.Kind is PgFunctionKind.Function or PgFunctionKind.Procedure)
        {
            call = new FuncExpr(
                function.Oid, [.. arguments], node is { IsSqlSpelling: true } ? CoercionForm.SqlSyntax : CoercionForm.Call, result, -1, location)
            {
                IsVariadic = isVariadic,
                ReturnsSet = function.ReturnsSet,
                Collation = collation,
            };
        }
        else if (node!.Over is null)
        {
            call = MakeAggregate(state, function, arguments, filter, isVariadic, result, location, node) with { Collation = collation };
        }
        else
        {
            call = MakeWindowCall(state, function, arguments, filter, result, location, node) with { Collation = collation };
        }

        if (function.ReturnsSet)
        {
            state.LastSetFunction = call;
        }

        return call;
    }

    private void CheckKind(QualifiedName name, PgFunction function, List<Expr> arguments, uint[] actual, int location, FunctionCallExpr? node)
    {
        RefusalException Wrong(string message) => Refuse("42809", message, location);
        switch (function.Kind)
        {
            case PgFunctionKind.Procedure:
                throw Refuse("42809", $"{Signature(name, actual)} is a procedure", location, "To call a procedure, use CALL.");
            case PgFunctionKind.Function:
                if (node is { IsStar: true })
                {
                    throw Wrong($"{name}(*) specified, but {name} is not an aggregate function");
                }

                if (node is { IsDistinct: true })
                {
                    throw Wrong($"DISTINCT specified, but {name} is not an aggregate function");
                }

                if (node is { IsWithinGroup: true })
                {
                    throw Wrong($"WITHIN GROUP specified, but {name} is not an aggregate function");
                }

                if (node is { OrderBy.IsEmpty: false })
                {
                    throw Wrong($"ORDER BY specified, but {name} is not an aggregate function");
                }

                if (node is { Filter: not null })
                {
                    throw Wrong($"FILTER specified, but {name} is not an aggregate function");
                }

                if (node is { Over: not null })
                {
                    throw Wrong($"OVER specified, but {name} is not a window function nor an aggregate function");
                }

                break;
            case PgFunctionKind.Window:
                if (node?.Over is null)
                {
                    throw Wrong($"window function {name} requires an OVER clause");
                }

                if (node.IsWithinGroup)
                {
                    throw Wrong($"window function {name} cannot have WITHIN GROUP");
                }

                break;
            default:
                if (node is null)
                {
                    throw new NotUnderstoodException("an aggregate in column notation");
                }

                if (function.AggregateKind is 'o' or 'h')
                {
                    if (!node.IsWithinGroup)
                    {
                        throw Wrong($"WITHIN GROUP is required for ordered-set aggregate {name}");
                    }

                    if (node.Over is not null)
                    {
                        throw Refuse("0A000", $"OVER is not supported for ordered-set aggregate {name}", location);
                    }

                    var direct = arguments.Count - node.OrderBy.Length;
                    if (function.AggregateKind == 'h' || function.VariadicOid != 0)
                    {
                        throw new NotUnderstoodException("a hypothetical-set aggregate");
                    }

                    if (direct != function.DirectArgumentCount)
                    {
                        var s = function.DirectArgumentCount == 1 ? "" : "s";
                        throw Refuse(
                            "42883",
                            $"function {Signature(name, actual)} does not exist",
                            location,
                            $"There is an ordered-set aggregate {name}, but it requires {function.DirectArgumentCount} direct argument{s}, not {direct}.");
                    }
                }
                else if (node.IsWithinGroup)
                {
                    throw Wrong($"{name} is not an ordered-set aggregate, so it cannot have WITHIN GROUP");
                }

                if (arguments.Count == 0 && !node.IsStar && !node.IsWithinGroup)
                {
                    throw Wrong($"{name}(*) must be used to call a parameterless aggregate function");
                }

                break;
        }
    }

    private static void CheckSetFunctionPlacement(ParseState state, Expr? lastSet, int location)
    {
        if (Placement.RefusesSetFunction(state.Kind) is { } place)
        {
            throw Refuse("0A000", $"set-returning functions are not allowed in {place}", location);
        }

        if (state.Kind == ExpressionKind.FromFunction)
        {
            if (!ReferenceEquals(state.LastSetFunction, lastSet))
            {
                throw Refuse("0A000", "set-returning functions must appear at top level of FROM", Locations.Of(state.LastSetFunction));
            }
        }
        else
        {
            state.HasSetFunctions = true;
        }
    }

    private AggregateExpr MakeAggregate(
        ParseState state, PgFunction function, List<Expr> arguments, Expr? filter, bool isVariadic, uint result, int location, FunctionCallExpr node)
    {
        if (arguments.Exists(a => a is NamedArgumentExpr))
        {
            throw Refuse("0A000", "aggregates cannot use named arguments", location);
        }

        var direct = ImmutableArray<Expr>.Empty;
        var targets = new List<TargetEntry>();
        var order = new List<SortClause>();
        var hasDistinct = false;
        if (function.AggregateKind == 'o')
        {
            var count = arguments.Count - node.OrderBy.Length;
            direct = [.. arguments.Take(count)];
            for (var i = 0; i < node.OrderBy.Length; i++)
            {
                var target = new TargetEntry(arguments[count + i], i + 1, null, false);
                targets.Add(target);
                AddToSort(target, order, targets, node.OrderBy[i]);
            }
        }
        else
        {
            targets.AddRange(arguments.Select((argument, i) => new TargetEntry(argument, i + 1, null, false)));
            foreach (var item in node.OrderBy)
            {
                var target = FindTargetByExpression(state, item.Value, targets, ExpressionKind.OrderBy);
                AddToSort(target, order, targets, item);
            }

            hasDistinct = node.IsDistinct;
            if (hasDistinct)
            {
                CheckDistinct(targets, order, isAggregate: true);
            }
        }

        var aggregate = new AggregateExpr(function.Oid, direct, [.. targets], result, location)
        {
            OrderBy = [.. order],
            IsDistinct = hasDistinct,
            Filter = filter,
            IsStar = node.IsStar,
            IsVariadic = isVariadic,
            Kind = function.AggregateKind == '\0' ? 'n' : function.AggregateKind,
        };
        return aggregate with { LevelsUp = PlaceAggregate(state, aggregate, location) };
    }

    // Which query an aggregate belongs to: the innermost whose columns it uses, or its own where it uses none (check_agg_arguments).
    private static int PlaceAggregate(ParseState state, AggregateExpr aggregate, int location)
    {
        var level = int.MaxValue;
        foreach (var part in ExprTree.Children(aggregate))
        {
            level = Math.Min(level, ColumnLevels.Lowest(part, withAggregates: true));
        }

        if (level == int.MaxValue)
        {
            level = 0;
        }

        if (ExprTree.Children(aggregate).Any(part => ExprTree.Any(part, e => e is AggregateExpr inner && inner.LevelsUp == level)))
        {
            var inner = FirstAggregate(aggregate);
            throw Refuse("42803", "aggregate function calls cannot be nested", inner);
        }

        if (ExprTree.Children(aggregate).Any(part => ExprTree.Any(part, e => e is WindowFuncExpr)))
        {
            throw Refuse("42803", "aggregate function calls cannot contain window function calls", null);
        }

        var owner = state;
        for (var i = 0; i < level && owner.Parent is not null; i++)
        {
            owner = owner.Parent;
        }

        if (Placement.RefusesAggregate(owner.Kind) is { } place)
        {
            throw Refuse("42803", $"aggregate functions are not allowed in {place}", location);
        }

        owner.HasAggregates = true;
        return level;
    }

    private static int? FirstAggregate(Expr outer)
    {
        int? found = null;
        foreach (var part in ExprTree.Children(outer))
        {
            ExprTree.Any(part, e => e is AggregateExpr && (found = Locations.Of(e)) >= 0);
        }

        return found;
    }

    private static WindowFuncExpr MakeWindowCall(
        ParseState state, PgFunction function, List<Expr> arguments, Expr? filter, uint result, int location, FunctionCallExpr node)
    {
        if (node.IsDistinct)
        {
            throw Refuse("0A000", "DISTINCT is not implemented for window functions", location);
        }

        if (!node.OrderBy.IsEmpty)
        {
            throw Refuse("0A000", "aggregate ORDER BY is not implemented for window functions", location);
        }

        if (function.Kind == PgFunctionKind.Window && filter is not null)
        {
            throw Refuse("0A000", "FILTER is not implemented for non-aggregate window functions", location);
        }

        foreach (var argument in arguments)
        {
            var nested = -1;
            if (ExprTree.Any(argument, e => e is WindowFuncExpr && (nested = Locations.Of(e)) >= -1))
            {
                throw Refuse("42P20", "window function calls cannot be nested", nested);
            }
        }

        if (Placement.RefusesWindowFunction(state.Kind) is { } place)
        {
            throw Refuse("42P20", $"window functions are not allowed in {place}", location);
        }

        var over = node.Over!;
        int window;
        if (over is { IsReference: true, Name: { } referred })
        {
            window = state.Windows.FindIndex(w => w.Name?.Name == referred.Name) + 1;
            if (window == 0)
            {
                throw Refuse("42704", $"window \"{referred.Name}\" does not exist", over.Location);
            }
        }
        else
        {
            state.Windows.Add(over);
            window = state.Windows.Count;
        }

        state.HasWindowFunctions = true;
        return new WindowFuncExpr(function.Oid, [.. arguments], filter, window, node.IsStar, result, location);
    }
}
