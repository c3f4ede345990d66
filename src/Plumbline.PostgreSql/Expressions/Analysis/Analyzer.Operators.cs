using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <content>Operators (<c>parse_oper.c</c> and the operator part of <c>parse_expr.c</c>).</content>
internal sealed partial class Analyzer
{
    private static readonly OperatorName Equal = new(default, [], "=");

    private Expr TransformOperator(ParseState state, OperatorExpr node)
    {
        if (node.Left is RowExpr leftRow && node.Right is SubqueryExpr { Kind: SubqueryKind.Scalar } query)
        {
            return TransformSubLink(state, SubLinkKind.RowCompare, leftRow, node.Operator, query.Query, node.Location);
        }

        if (node.Left is RowExpr rowLeft && node.Right is RowExpr rowRight)
        {
            return MakeRowComparison(
                state,
                node.Operator,
                [.. rowLeft.Items.Select(item => Transform(state, item))],
                [.. rowRight.Items.Select(item => Transform(state, item))],
                node.Location);
        }

        var lastSet = state.LastSetFunction;
        var left = node.Left is null ? null : Transform(state, node.Left);
        var right = Transform(state, node.Right);
        return MakeOperator(state, node.Operator, left, right, lastSet, node.Location);
    }

    /// <summary>Applies an operator (<c>make_op</c>).</summary>
    private Expr MakeOperator(ParseState state, OperatorName name, Expr? left, Expr right, Expr? lastSet, int location)
    {
        var op = FindOperator(name, left?.Type ?? 0, right.Type, location, isPrefix: left is null);
        var function = _catalog.GetFunction(op.FunctionOid);
        uint[] actual = left is null ? [right.Type] : [left.Type, right.Type];
        uint[] declared = left is null ? [op.RightOid] : [op.LeftOid, op.RightOid];
        var result = Polymorphism.Resolve(_types, actual, declared, op.ResultOid);
        var arguments = ImmutableArray.CreateBuilder<Expr>(2);
        if (left is not null)
        {
            arguments.Add(CoerceArgument(left, declared[0]));
        }

        arguments.Add(CoerceArgument(right, declared[^1]));
        var node = new OpExpr(OpKind.Apply, op.Oid, arguments.ToImmutable(), result, location)
        {
            Collation = CommonCollation(arguments, CollationOf(result)),
            ReturnsSet = function is { ReturnsSet: true },
        };
        if (node.ReturnsSet)
        {
            CheckSetFunctionPlacement(state, lastSet, location);
            state.LastSetFunction = node;
        }

        return node;
    }

    // make_fn_arguments: what a named argument wraps is converted, not the wrapper.
    private Expr CoerceArgument(Expr argument, uint declared)
    {
        if (argument.Type == declared)
        {
            return argument;
        }

        return argument is NamedArgumentExpr named
            ? named with { Argument = Coerce(named.Argument, declared, -1, CoercionContext.Implicit, CoercionForm.Implicit, -1) }
            : Coerce(argument, declared, -1, CoercionContext.Implicit, CoercionForm.Implicit, -1);
    }

    /// <summary>Finds the operator for two operands.</summary>
    /// <exception cref="RefusalException">There is none, or none is best.</exception>
    internal PgOperator FindOperator(OperatorName name, uint left, uint right, int location, bool isPrefix = false, bool noError = false)
    {
        var found = isPrefix ? OperatorOf(name, 0, right) : left == 0 ? null : ExactOperator(name, left, right);
        var ambiguous = false;
        if (found is null)
        {
            uint[] inputs = isPrefix ? [right] : [left == 0 ? right : left, right == 0 ? left : right];
            var fitting = OperatorCandidates(name, isPrefix).FindAll(op => _types.CanCoerce(inputs, OperandTypes(op), CoercionContext.Implicit));
            if (fitting.Count > 0)
            {
                found = CandidateChoice.Best(_types, inputs, fitting, OperandTypes);
                ambiguous = found is null;
            }
        }

        if (found is not null || noError)
        {
            return found!;
        }

        var signature = isPrefix ? $"{name} {_types.Format(right)}" : $"{_types.Format(left)} {name} {_types.Format(right)}";
        throw ambiguous
            ? RefuseUnlessUnknown(
                "42725",
                $"operator is not unique: {signature}",
                location,
                "Could not choose a best candidate operator. You might need to add explicit type casts.")
            : RefuseUnlessUnknown(
                "42883",
                $"operator does not exist: {signature}",
                location,
                isPrefix
                    ? "No operator matches the given name and argument type. You might need to add an explicit type cast."
                    : "No operator matches the given name and argument types. You might need to add explicit type casts.");
    }

    private static uint[] OperandTypes(PgOperator op) => op.LeftOid == 0 ? [op.RightOid] : [op.LeftOid, op.RightOid];

    // binary_oper_exact: an unknown operand is taken to have the other's type, then its base type.
    private PgOperator? ExactOperator(OperatorName name, uint left, uint right)
    {
        var wasUnknown = false;
        if (left == TypeOids.Unknown && right != 0)
        {
            left = right;
            wasUnknown = true;
        }
        else if (right == TypeOids.Unknown && left != 0)
        {
            right = left;
            wasUnknown = true;
        }

        var found = OperatorOf(name, left, right);
        if (found is null && wasUnknown && _types.BaseType(left) is var plain && plain != left)
        {
            found = OperatorOf(name, plain, plain);
        }

        return found;
    }

    // The operator of just these operands; 0 on the left for a prefix operator.
    private PgOperator? OperatorOf(OperatorName name, uint left, uint right)
    {
        foreach (var schema in SchemasOf(name))
        {
            foreach (var op in _catalog.FindOperators(schema, name.Symbol))
            {
                if (op.LeftOid == left && op.RightOid == right)
                {
                    return op;
                }
            }
        }

        return null;
    }

    private List<PgOperator> OperatorCandidates(OperatorName name, bool isPrefix)
    {
        var candidates = new List<PgOperator>();
        foreach (var schema in SchemasOf(name))
        {
            var before = candidates.Count;
            foreach (var op in _catalog.FindOperators(schema, name.Symbol))
            {
                if (op.LeftOid == 0 == isPrefix && !IsHidden(op, before))
                {
                    candidates.Add(op);
                }
            }
        }

        return candidates;

        // The first in the path hides those of the same operands behind it.
        bool IsHidden(PgOperator op, int before)
        {
            for (var i = 0; i < before; i++)
            {
                if (candidates[i].LeftOid == op.LeftOid && candidates[i].RightOid == op.RightOid)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private ImmutableArray<string> SchemasOf(OperatorName name)
    {
        if (name.Schema is not { } schema)
        {
            return _catalog.SearchPath;
        }

        return _catalog.HasSchema(schema) ? [schema] : throw RefuseUnlessUnknown("3F000", $"schema \"{schema}\" does not exist", null);
    }

    private Expr TransformBoolean(ParseState state, BooleanExpr node)
    {
        var name = node.Kind switch { BooleanKind.And => "AND", BooleanKind.Or => "OR", _ => "NOT" };
        var operands = ImmutableArray.CreateBuilder<Expr>(node.Operands.Length);
        foreach (var operand in node.Operands)
        {
            operands.Add(ToBoolean(Transform(state, operand), name));
        }

        return new BoolExpr(node.Kind, operands.ToImmutable(), node.Location);
    }

    private Expr TransformLike(ParseState state, LikeExpr node)
    {
        var left = node.Left;
        var pattern = node.Pattern;
        var symbol = (node.Kind, node.IsNegated) switch
        {
            (LikeKind.Like, false) => "~~",
            (LikeKind.Like, true) => "!~~",
            (LikeKind.ILike, false) => "~~*",
            (LikeKind.ILike, true) => "!~~*",
            (_, false) => "~",
            _ => "!~",
        };
        var lastSet = state.LastSetFunction;
        var subject = Transform(state, left);
        Expr right;
        if (node.Kind == LikeKind.SimilarTo)
        {
            var call = new FunctionCallExpr(
                node.Span, SystemName("similar_to_escape"), node.Escape is null ? [Argument(pattern)] : [Argument(pattern), Argument(node.Escape)]);
            right = TransformCall(state, call, node.Location);
        }
        else if (node.Escape is not null)
        {
            right = TransformCall(state, new FunctionCallExpr(node.Span, SystemName("like_escape"), [Argument(pattern), Argument(node.Escape)]), node.Location);
        }
        else
        {
            right = Transform(state, pattern);
        }

        return MakeOperator(state, new OperatorName(default, [], symbol), subject, right, lastSet, node.Location);
    }

    private static CallArgument Argument(SqlExpr value) => new(value.Span, null, value);

    private static QualifiedName SystemName(string name) => new(default, [new Identifier("pg_catalog", default), new Identifier(name, default)]);

    private Expr TransformBetween(ParseState state, BetweenExpr node)
    {
        // As the server's grammar has it, the operand is analysed once for each comparison.
        Expr Compare(string symbol, SqlExpr bound) =>
            TransformOperator(
                state, new OperatorExpr(node.Span, new OperatorName(new Plumbline.Schema.Text.TextSpan(node.WordLocation, 0), [], symbol), node.Operand, bound));
        Expr Both(BooleanKind kind, Expr first, Expr second) => new BoolExpr(kind, [first, second], node.Location);

        return (node.IsNegated, node.IsSymmetric) switch
        {
            (false, false) => Both(BooleanKind.And, Compare(">=", node.Low), Compare("<=", node.High)),
            (true, false) => Both(BooleanKind.Or, Compare("<", node.Low), Compare(">", node.High)),
            (false, true) => Both(
                BooleanKind.Or,
                Both(BooleanKind.And, Compare(">=", node.Low), Compare("<=", node.High)),
                Both(BooleanKind.And, Compare(">=", node.High), Compare("<=", node.Low))),
            _ => Both(
                BooleanKind.And,
                Both(BooleanKind.Or, Compare("<", node.Low), Compare(">", node.High)),
                Both(BooleanKind.Or, Compare("<", node.High), Compare(">", node.Low))),
        };
    }

    private Expr TransformDistinct(ParseState state, DistinctExpr node)
    {
        // x IS DISTINCT FROM NULL is x IS NOT NULL.
        if (IsNullConstant(node.Right) || IsNullConstant(node.Left))
        {
            var operand = Transform(state, IsNullConstant(node.Right) ? node.Left : node.Right);
            return new NullTestExpr(operand, !node.IsNegated, _types.IsComplex(operand.Type), node.Location);
        }

        var left = Transform(state, node.Left);
        var right = Transform(state, node.Right);
        Expr result;
        if (left is RowNode leftRow && right is RowNode rightRow)
        {
            result = MakeRowDistinct(state, leftRow, rightRow, node.Location);
        }
        else
        {
            result = MakeDistinct(state, left, right, node.Location);
        }

        return node.IsNegated ? new BoolExpr(BooleanKind.Not, [result], node.Location) : result;
    }

    private Expr MakeDistinct(ParseState state, Expr left, Expr right, int location)
    {
        var op = (OpExpr)MakeOperator(state, Equal, left, right, state.LastSetFunction, location);
        if (op.Type != TypeOids.Bool)
        {
            throw Refuse("42804", "IS DISTINCT FROM requires = operator to yield boolean", location);
        }

        return op with { Kind = OpKind.Distinct };
    }

    private Expr MakeRowDistinct(ParseState state, RowNode left, RowNode right, int location)
    {
        if (left.Items.Length != right.Items.Length)
        {
            throw Refuse("42601", "unequal number of entries in row expressions", location);
        }

        Expr? result = null;
        for (var i = 0; i < left.Items.Length; i++)
        {
            var one = MakeDistinct(state, left.Items[i], right.Items[i], location);
            result = result is null ? one : new BoolExpr(BooleanKind.Or, [result, one], location);
        }

        return result ?? new ConstExpr("f", TypeOids.Bool, -1, -1);
    }

    private static bool IsNullConstant(SqlExpr node) => node is ConstantExpr { Kind: ConstantKind.Null };

    private Expr TransformIn(ParseState state, InExpr node)
    {
        if (node.Query is not null)
        {
            var link = TransformSubLink(state, SubLinkKind.Any, node.Operand, null, node.Query, node.Location);
            return node.IsNegated ? new BoolExpr(BooleanKind.Not, [link], node.Location) : link;
        }

        var symbol = new OperatorName(default, [], node.IsNegated ? "<>" : "=");
        var left = Transform(state, node.Operand);
        var withoutColumns = new List<Expr>();
        var withColumns = new List<Expr>();
        var all = new List<Expr>();
        foreach (var item in node.Items)
        {
            var value = Transform(state, item);
            all.Add(value);
            (ContainsColumns(value) ? withColumns : withoutColumns).Add(value);
        }

        Expr? result = null;
        if (withoutColumns.Count > 1)
        {
            // A list of like values becomes an array; rows and what has columns is compared one by one.
            var together = new List<Expr>([left, .. withoutColumns]);
            var common = CommonType(together, null);
            if (common != 0 && together.Exists(e => !_types.CanCoerce(e.Type, common, CoercionContext.Implicit)))
            {
                common = 0;
            }

            var arrayType = common != 0 && common != TypeOids.Record ? _types.Get(common).ArrayOid : 0;
            if (arrayType != 0)
            {
                var elements = withoutColumns.Select(value => ToCommonType(value, common, "IN")).ToImmutableArray();
                var array = new ArrayNode(elements, common, false, arrayType, -1) { Collation = CommonCollation(elements, CollationOf(arrayType)) };
                result = MakeArrayOperator(symbol, !node.IsNegated, left, array, node.Location);
                all = withColumns;
            }
        }

        foreach (var value in all)
        {
            Expr comparison;
            if (left is RowNode leftRow && value is RowNode rightRow)
            {
                comparison = MakeRowComparison(state, symbol, leftRow.Items, rightRow.Items, node.Location);
            }
            else
            {
                comparison = MakeOperator(state, symbol, left, value, state.LastSetFunction, node.Location);
            }

            comparison = ToBoolean(comparison, "IN");
            result = result is null ? comparison : new BoolExpr(node.IsNegated ? BooleanKind.And : BooleanKind.Or, [result, comparison], node.Location);
        }

        return result!;
    }

    private static bool ContainsColumns(Expr node) => ColumnLevels.Lowest(node) == 0;

    private Expr TransformQuantified(ParseState state, QuantifiedExpr node)
    {
        if (node.Query is not null)
        {
            return TransformSubLink(state, node.IsAll ? SubLinkKind.All : SubLinkKind.Any, node.Left, node.Operator, node.Query, node.Location);
        }

        var left = Transform(state, node.Left);
        var right = Transform(state, node.Array!);
        return MakeArrayOperator(node.Operator, !node.IsAll, left, right, node.Location);
    }

    /// <summary><c>left op ANY/ALL (array)</c> (<c>make_scalar_array_op</c>).</summary>
    private ArrayOpExpr MakeArrayOperator(OperatorName name, bool isAny, Expr left, Expr right, int location)
    {
        var elementType = TypeOids.Unknown;
        if (right.Type != TypeOids.Unknown)
        {
            elementType = _types.ElementOfBase(right.Type);
            if (elementType == 0)
            {
                throw Refuse("42809", "op ANY/ALL (array) requires array on right side", location);
            }
        }

        var op = FindOperator(name, left.Type, elementType, location);
        uint[] actual = [left.Type, elementType];
        uint[] declared = [op.LeftOid, op.RightOid];
        var result = Polymorphism.Resolve(_types, actual, declared, op.ResultOid);
        if (result != TypeOids.Bool)
        {
            throw Refuse("42809", "op ANY/ALL (array) requires operator to yield boolean", location);
        }

        uint arrayType;
        if (TypeSystem.IsPolymorphic(declared[1]))
        {
            arrayType = right.Type;
        }
        else
        {
            arrayType = _types.Get(declared[1]).ArrayOid;
            if (arrayType == 0)
            {
                throw Refuse("42704", $"could not find array type for data type {_types.Format(declared[1])}", location);
            }
        }

        return new ArrayOpExpr(op.Oid, isAny, CoerceArgument(left, declared[0]), CoerceArgument(right, arrayType), location);
    }

    /// <summary>Compares two rows (<c>make_row_comparison_op</c>).</summary>
    private Expr MakeRowComparison(ParseState state, OperatorName name, ImmutableArray<Expr> left, ImmutableArray<Expr> right, int location)
    {
        if (left.Length != right.Length)
        {
            throw Refuse("42601", "unequal number of entries in row expressions", location);
        }

        if (left.Length == 0)
        {
            throw Refuse("0A000", "cannot compare rows of zero length", location);
        }

        var operators = new List<OpExpr>();
        for (var i = 0; i < left.Length; i++)
        {
            var one = (OpExpr)MakeOperator(state, name, left[i], right[i], state.LastSetFunction, location);
            if (one.Type != TypeOids.Bool)
            {
                throw Refuse("42804", $"row comparison operator must yield type boolean, not type {_types.Format(one.Type)}", location);
            }

            operators.Add(one);
        }

        if (operators.Count == 1)
        {
            return operators[0];
        }

        switch (name.Symbol)
        {
            case "=":
                return new BoolExpr(BooleanKind.And, [.. operators], location);
            case "<>":
                return new BoolExpr(BooleanKind.Or, [.. operators], location);
            case "<" or "<=" or ">" or ">=":
                return new RowCompareExpr(
                    [.. operators.Select(o => o.Operator)], [.. operators.Select(o => o.Arguments[0])], [.. operators.Select(o => o.Arguments[1])]);
            default:
                throw new NotUnderstoodException("a comparison of rows by another operator");
        }
    }

    private Expr TransformAtTimeZone(ParseState state, AtTimeZoneExpr node)
    {
        if (node.Zone is null)
        {
            throw new NotUnderstoodException("AT LOCAL");
        }

        var call = new FunctionCallExpr(node.Span, SystemName("timezone"), [Argument(node.Zone), Argument(node.Operand)]) { IsSqlSpelling = true };
        return TransformCall(state, call, node.Location);
    }

    private Expr TransformOverlaps(ParseState state, OverlapsExpr node)
    {
        if (node.Left.Items.Length != 2)
        {
            throw Refuse("42601", "wrong number of parameters on left side of OVERLAPS expression", node.Left.Location);
        }

        if (node.Right.Items.Length != 2)
        {
            throw Refuse("42601", "wrong number of parameters on right side of OVERLAPS expression", node.Right.Location);
        }

        var call = new FunctionCallExpr(
            node.Span, SystemName("overlaps"), [.. node.Left.Items.Concat(node.Right.Items).Select(Argument)])
        { IsSqlSpelling = true };
        return TransformCall(state, call, node.Location);
    }
}
