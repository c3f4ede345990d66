using System.Collections.Immutable;
using System.Globalization;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <content>Constants, casts, CASE, arrays, rows and the other constructs that are neither operators nor functions (<c>parse_expr.c</c>).</content>
internal sealed partial class Analyzer
{
    private static ConstExpr TransformConstant(ConstantExpr node)
    {
        switch (node.Kind)
        {
            case ConstantKind.Null:
                return new ConstExpr(null, TypeOids.Unknown, -1, node.Location);
            case ConstantKind.Integer or ConstantKind.Numeric:
                return long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    ? new ConstExpr(
                        number.ToString(CultureInfo.InvariantCulture),
                        int.MinValue <= number && number <= int.MaxValue ? TypeOids.Int4 : TypeOids.Int8,
                        -1,
                        node.Location)
                    : new ConstExpr(
                        Literals.NumericLiteral.Normalize(node.Text) ?? throw new NotUnderstoodException("a number"), TypeOids.Numeric, -1, node.Location);
            case ConstantKind.Boolean:
                return new ConstExpr(node.Text.StartsWith('t') ? "t" : "f", TypeOids.Bool, -1, node.Location);
            case ConstantKind.BitString:
                var bits = Literals.BitLiteral.Normalize(node.Text) ?? throw new NotUnderstoodException("a bit string");
                return new ConstExpr(bits, TypeOids.Bit, -1, node.Location);
            default:
                return new ConstExpr(node.Text, TypeOids.Unknown, -1, node.Location);
        }
    }

    private BoundType ResolveType(SqlTypeName name)
    {
        var (type, error) = new TypeResolver(_catalog).Resolve(name);
        if (error is not null)
        {
            throw new RefusalException(error);
        }

        return type is { Oid: not 0 } ? type : throw new NotUnderstoodException("a type that nobody knows");
    }

    private Expr TransformCast(ParseState state, CastExpr node)
    {
        var type = ResolveType(node.Type);
        if (node.Type.IsSetOf)
        {
            throw Refuse("42804", "cannot cast to SETOF", node.Location);
        }

        Expr operand;
        if (node.Operand is ArrayExpr array)
        {
            var (plain, modifier) = _types.BaseType(type.Oid, type.Modifier);
            var element = _types.ElementOf(plain);
            operand = TransformArray(state, array, element == 0 ? 0 : plain, element, modifier);
        }
        else
        {
            operand = Transform(state, node.Operand);
        }

        return CoerceTo(operand, type.Oid, type.Modifier, CoercionContext.Explicit, CoercionForm.Explicit, node.Location)
            ?? throw Refuse(
                "42846",
                $"cannot cast type {_types.Format(operand.Type)} to {_types.Format(type.Oid)}",
                node.Location >= 0 ? node.Location : Locations.Of(operand));
    }

    private CollateNode TransformCollate(ParseState state, CollateExpr node)
    {
        var operand = Transform(state, node.Operand);
        if (!_types.IsCollatable(operand.Type) && operand.Type != TypeOids.Unknown)
        {
            throw Refuse("42804", $"collations are not supported by type {_types.Format(operand.Type)}", node.Location);
        }

        var name = node.Collation;
        var collation = name.Schema is { } schema ? _catalog.FindCollation(schema, name.Name) : Printing.Visibility.FindCollation(_catalog, name.Name);
        if (collation is null)
        {
            // Which collations the operating system brings cannot be known.
            throw name.Name is "default" or "C" or "POSIX" || name.Name.Contains('-') || name.Name.Contains('_')
                ? new NotUnderstoodException("a collation")
                : Refuse("42704", $"collation \"{name}\" for encoding \"UTF8\" does not exist", node.Location);
        }

        return new CollateNode(operand, collation.Oid, node.Location) { Collation = collation.Oid };
    }

    private CaseNode TransformCase(ParseState state, CaseExpr node)
    {
        var lastSet = state.LastSetFunction;
        var operand = node.Operand is null ? null : Transform(state, node.Operand);
        if (operand is { Type: TypeOids.Unknown })
        {
            operand = ToCommonType(operand, TypeOids.Text, "CASE");
        }

        var conditions = new List<Expr>();
        var results = new List<Expr>();
        foreach (var branch in node.Branches)
        {
            Expr condition;
            if (operand is null)
            {
                condition = Transform(state, branch.Condition);
            }
            else
            {
                var value = Transform(state, branch.Condition);
                condition = MakeOperator(
                    state,
                    Equal,
                    new PlaceholderExpr(operand.Type, operand.Modifier) { Collation = operand.Collation },
                    value,
                    state.LastSetFunction,
                    branch.Location);
            }

            conditions.Add(ToBoolean(condition, "CASE/WHEN"));
            results.Add(Transform(state, branch.Result));
        }

        var otherwise = node.Else is null ? new ConstExpr(null, TypeOids.Unknown, -1, -1) : Transform(state, node.Else);
        var type = CommonType([otherwise, .. results], "CASE");
        otherwise = ToCommonType(otherwise, type, "CASE/ELSE");
        var whens = conditions.Zip(results, (condition, result) => new CaseWhen(condition, ToCommonType(result, type, "CASE/WHEN"))).ToImmutableArray();
        RefuseSetFunctions(state, lastSet, "CASE");
        List<Expr> all = [.. whens.Select(w => w.Result), otherwise];
        return new CaseNode(operand, whens, otherwise, type, CommonModifier(all, type), node.Location) { Collation = CommonCollation(all, CollationOf(type)) };
    }

    private static void RefuseSetFunctions(ParseState state, Expr? lastSet, string construct)
    {
        if (!ReferenceEquals(state.LastSetFunction, lastSet))
        {
            throw Refuse(
                "0A000",
                $"set-returning functions are not allowed in {construct}",
                Locations.Of(state.LastSetFunction),
                "You might be able to move the set-returning function into a LATERAL FROM item.");
        }
    }

    private Expr TransformConditional(ParseState state, ConditionalExpr node)
    {
        if (node.Kind == ConditionalKind.NullIf)
        {
            var left = Transform(state, node.Arguments[0]);
            var right = Transform(state, node.Arguments[1]);
            var op = (OpExpr)MakeOperator(state, Equal, left, right, state.LastSetFunction, node.Location);
            if (op.Type != TypeOids.Bool)
            {
                throw Refuse("42804", "NULLIF requires = operator to yield boolean", node.Location);
            }

            return op with { Kind = OpKind.NullIf, Type = op.Arguments[0].Type, Modifier = op.Arguments[0].Modifier, Collation = op.Arguments[0].Collation };
        }

        var name = node.Kind.ToString().ToUpperInvariant();
        var lastSet = state.LastSetFunction;
        var arguments = node.Arguments.Select(a => Transform(state, a)).ToList();
        var type = CommonType(arguments, name);
        arguments = arguments.ConvertAll(a => ToCommonType(a, type, name));
        if (node.Kind == ConditionalKind.Coalesce)
        {
            RefuseSetFunctions(state, lastSet, name);
        }

        return new ConditionalNode(
            node.Kind, [.. arguments], type, CommonModifier(arguments, type), node.Location)
        { Collation = CommonCollation(arguments, CollationOf(type)) };
    }

    private static ValueFunctionNode TransformValueFunction(ValueFunctionExpr node)
    {
        var type = node.Name switch
        {
            "current_date" => TypeOids.Date,
            "current_time" => TypeOids.TimeTz,
            "current_timestamp" => TypeOids.TimestampTz,
            "localtime" => TypeOids.Time,
            "localtimestamp" => TypeOids.Timestamp,
            _ => TypeOids.Name,
        };
        if (node.Precision is < 0)
        {
            throw Refuse("22023", $"{(node.Name.EndsWith("stamp", StringComparison.Ordinal) ? "TIMESTAMP" : "TIME")}({node.Precision}){(node.Name.StartsWith("current", StringComparison.Ordinal) ? " WITH TIME ZONE" : "")} precision must not be negative");
        }

        return new ValueFunctionNode(
            node.Name, type, node.Precision is { } precision ? Math.Min(precision, 6) : -1, node.Location)
        { Collation = type == TypeOids.Name ? 950u : 0 };
    }

    private Expr TransformTest(ParseState state, IsTestExpr node)
    {
        var operand = Transform(state, node.Operand);
        switch (node.Kind)
        {
            case IsTestKind.Null:
                return new NullTestExpr(operand, node.IsNegated, _types.IsComplex(operand.Type), node.Location);
            case IsTestKind.True or IsTestKind.False or IsTestKind.Unknown:
                var test = $"IS {(node.IsNegated ? "NOT " : "")}{node.Kind.ToString().ToUpperInvariant()}";
                return new BooleanTestExpr(ToBoolean(operand, test), test, node.Location);
            default:
                throw new NotUnderstoodException("a test");
        }
    }

    private ArrayNode TransformArray(ParseState state, ArrayExpr node, uint arrayType, uint elementType, int modifier)
    {
        var isMultidimensional = false;
        var elements = new List<Expr>();
        foreach (var item in node.Items)
        {
            Expr element;
            if (item is ArrayExpr inner)
            {
                element = TransformArray(state, inner, arrayType, elementType, modifier);
                isMultidimensional = true;
            }
            else
            {
                element = Transform(state, item);
                isMultidimensional |= element.Type is not (TypeOids.Int2Vector or TypeOids.OidVector) && _types.ElementOf(element.Type) != 0;
            }

            elements.Add(element);
        }

        if (arrayType != 0)
        {
            var target = isMultidimensional ? arrayType : elementType;
            elements = elements.ConvertAll(e => CoerceTo(e, target, modifier, CoercionContext.Explicit, CoercionForm.Explicit, -1)
                ?? throw Refuse("42846", $"cannot cast type {_types.Format(e.Type)} to {_types.Format(target)}", Locations.Of(e)));
        }
        else
        {
            if (elements.Count == 0)
            {
                throw Refuse(
                    "42P18", "cannot determine type of empty array", node.Location, "Explicitly cast to the desired type, for example ARRAY[]::integer[].");
            }

            var common = CommonType(elements, "ARRAY");
            arrayType = isMultidimensional ? common : _types.Get(common).ArrayOid;
            elementType = isMultidimensional ? _types.ElementOf(common) : common;
            if (arrayType == 0)
            {
                throw Refuse("42704", $"could not find array type for data type {_types.Format(common)}", node.Location);
            }

            if (elementType == 0)
            {
                throw Refuse("42704", $"could not find element type for data type {_types.Format(common)}", node.Location);
            }

            elements = elements.ConvertAll(e => ToCommonType(e, common, "ARRAY"));
        }

        return new ArrayNode(
            [.. elements],
            elementType,
            isMultidimensional,
            arrayType,
            node.Location)
        { Modifier = ArrayModifier(elements), Collation = CommonCollation(elements, CollationOf(arrayType)) };
    }

    // exprTypmod of ARRAY[]: that of its elements where they all agree.
    private static int ArrayModifier(List<Expr> elements)
    {
        return elements.Count > 0 && elements[0].Modifier >= 0 && elements.TrueForAll(e => e.Modifier == elements[0].Modifier) ? elements[0].Modifier : -1;
    }

    private RowNode TransformRow(ParseState state, RowExpr node) =>
        new(ExpandItems(state, node.Items), node.IsExplicit ? CoercionForm.Call : CoercionForm.Implicit, TypeOids.Record, node.Location);

    // A star in a row stands for its columns.
    private ImmutableArray<Expr> ExpandItems(ParseState state, ImmutableArray<SqlExpr> items)
    {
        var result = ImmutableArray.CreateBuilder<Expr>();
        foreach (var item in items)
        {
            if (item is ColumnRefExpr { IsStar: true } or IndirectionExpr { Steps: [.., StarStep] })
            {
                result.AddRange(ExpandStar(state, item).Select(column => column.Value));
            }
            else
            {
                result.Add(Transform(state, item));
            }
        }

        return result.ToImmutable();
    }

    private Expr TransformSubquery(ParseState state, SubqueryExpr node) => TransformSubLink(
        state,
        node.Kind switch { SubqueryKind.Exists => SubLinkKind.Exists, SubqueryKind.Array => SubLinkKind.Array, _ => SubLinkKind.Scalar },
        null,
        null,
        node.Query,
        node.Location);

    private SubLinkExpr TransformSubLink(ParseState state, SubLinkKind kind, SqlExpr? test, OperatorName? op, SelectStatement written, int location)
    {
        if (NoSubqueryIn(state.Kind) is { } place)
        {
            throw Refuse("0A000", $"cannot use subquery in {place}", location);
        }

        var query = TransformSubquery(state, written, null, isLocked: false, resolveUnknowns: true);
        var columns = query.Targets.FindAll(t => !t.IsJunk);
        switch (kind)
        {
            case SubLinkKind.Exists:
                return new SubLinkExpr(kind, null, null, query, TypeOids.Bool, -1, location);
            case SubLinkKind.Scalar or SubLinkKind.Array:
                if (columns.Count != 1)
                {
                    throw Refuse("42601", "subquery must return only one column", location);
                }

                var value = columns[0].Value;
                var type = value.Type;
                if (kind == SubLinkKind.Array)
                {
                    type = _types.ElementOf(type) != 0 ? type : _types.Get(type).ArrayOid;
                    if (type == 0)
                    {
                        throw Refuse("42704", $"could not find array type for data type {_types.Format(value.Type)}", location);
                    }
                }

                return new SubLinkExpr(kind, null, null, query, type, value.Modifier, location) { Collation = value.Collation };
        }

        var name = op ?? Equal;
        var left = Transform(state, test!);
        var leftItems = left is RowNode row ? row.Items : [left];
        ImmutableArray<Expr> right =
            [.. columns.Select(c => (Expr)new SubLinkColumnExpr(c.Number, c.Value.Type, c.Value.Modifier) { Collation = c.Value.Collation })];
        if (leftItems.Length != right.Length)
        {
            throw Refuse("42601", leftItems.Length < right.Length ? "subquery has too many columns" : "subquery has too few columns", location);
        }

        return new SubLinkExpr(
            kind, MakeRowComparison(state, name, leftItems, right, location), op is null ? null : name.Symbol, query, TypeOids.Bool, -1, location);
    }

    private static string? NoSubqueryIn(ExpressionKind kind) => kind switch
    {
        ExpressionKind.Check or ExpressionKind.DomainCheck => "check constraint",
        ExpressionKind.ColumnDefault or ExpressionKind.FunctionDefault => "DEFAULT expression",
        ExpressionKind.IndexExpression => "index expression",
        ExpressionKind.IndexPredicate => "index predicate",
        ExpressionKind.StatisticsExpression => "statistics expression",
        ExpressionKind.AlterColumnUsing => "transform expression",
        ExpressionKind.TriggerWhen => "trigger WHEN condition",
        ExpressionKind.PartitionBound => "partition bound",
        ExpressionKind.PartitionKey => "partition key expression",
        ExpressionKind.CallArgument => "CALL argument",
        ExpressionKind.GeneratedColumn => "column generation expression",
        _ => null,
    };
}
