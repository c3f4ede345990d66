using Plumbline.PostgreSql.Expressions.Literals;
using Plumbline.PostgreSql.Expressions.Tree;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <content>Conversion of expressions to other types (<c>parse_coerce.c</c>).</content>
internal sealed partial class Analyzer
{
    /// <summary>Converts to a type and modifier; null where there is no way.</summary>
    public Expr? CoerceTo(Expr expression, uint target, int modifier, CoercionContext context, CoercionForm form, int location)
    {
        if (!_types.CanCoerce(expression.Type, target, context))
        {
            return null;
        }

        var collate = expression as CollateNode;
        while (expression is CollateNode outer)
        {
            expression = outer.Argument;
        }

        var result = Coerce(expression, target, modifier, context, form, location);
        result = CoerceModifier(result, target, modifier, context, form, location, hideInput: !ReferenceEquals(result, expression) && result is not ConstExpr);
        return collate is not null && _types.IsCollatable(target)
            ? new CollateNode(result, collate.CollationOid, collate.Location) { Collation = collate.CollationOid }
            : result;
    }

    /// <summary>Converts to a type that it is known that it can be converted to (<c>coerce_type</c>).</summary>
    private Expr Coerce(Expr node, uint target, int modifier, CoercionContext context, CoercionForm form, int location)
    {
        var input = node.Type;
        if (target == input ||
            target is TypeOids.Any or TypeOids.AnyElement or TypeOids.AnyNonArray or TypeOids.AnyCompatible or TypeOids.AnyCompatibleNonArray)
        {
            return node;
        }

        if (input != TypeOids.Unknown && TypeSystem.IsPolymorphic(target))
        {
            var plain = _types.BaseType(input);
            return plain == input ? node : new RelabelExpr(node, form, plain, -1, location) { Collation = node.Collation };
        }

        if (input == TypeOids.Unknown && node is ConstExpr constant)
        {
            return CoerceLiteral(constant, target, modifier, context, form, location);
        }

        if (node is CollateNode collate)
        {
            var inner = Coerce(collate.Argument, target, modifier, context, form, location);
            return _types.IsCollatable(target) ? new CollateNode(inner, collate.CollationOid, collate.Location) { Collation = collate.CollationOid } : inner;
        }

        var path = _types.FindPath(target, input, context, out var function);
        if (path == CoercionPath.Relabel)
        {
            var domain = CoerceToDomain(node, 0, -1, target, context, form, location, hideInput: false);
            return ReferenceEquals(domain, node) ? new RelabelExpr(node, form, target, -1, location) { Collation = CollationAfter(node, target) } : domain;
        }

        if (path != CoercionPath.None)
        {
            var (plain, plainModifier) = _types.BaseType(target, modifier);
            var result = BuildCoercion(node, path, function, plain, plainModifier, context, form, location);
            return target == plain ? result : CoerceToDomain(result, plain, plainModifier, target, context, form, location, hideInput: true);
        }

        if (input == TypeOids.Record && _types.IsComplex(target))
        {
            throw new NotUnderstoodException("a row given as a composite value");
        }

        if (target is TypeOids.Record or TypeOids.RecordArray)
        {
            return node;
        }

        throw new NotUnderstoodException("a conversion");
    }

    private Expr CoerceLiteral(ConstExpr constant, uint target, int modifier, CoercionContext context, CoercionForm form, int location)
    {
        var (plain, plainModifier) = _types.BaseType(target, modifier);
        var inputModifier = plain == TypeOids.Interval ? plainModifier : -1;
        var type = _types.Get(plain);
        var value = constant.Value;
        if (value is not null)
        {
            value = new LiteralReader(_catalog).Read(type, value, inputModifier, constant.Location);
        }

        Expr result = new ConstExpr(value, plain, inputModifier, constant.Location) { Collation = type.CollationOid };
        return plain == target ? result : CoerceToDomain(result, plain, plainModifier, target, context, form, location, hideInput: false);
    }

    private Expr CoerceToDomain(Expr node, uint plain, int plainModifier, uint domain, CoercionContext context, CoercionForm form, int location, bool hideInput)
    {
        if (plain == 0)
        {
            (plain, plainModifier) = _types.BaseType(domain, plainModifier);
        }

        if (plain == domain)
        {
            return node;
        }

        if (hideInput)
        {
            node = Hide(node);
        }

        node = CoerceModifier(node, plain, plainModifier, context, CoercionForm.Implicit, location, hideInput: false);
        return new CoerceToDomainExpr(node, form, domain, -1, location) { Collation = CollationAfter(node, domain) };
    }

    private Expr CoerceModifier(Expr node, uint target, int modifier, CoercionContext context, CoercionForm form, int location, bool hideInput)
    {
        if (modifier == node.Modifier)
        {
            return node;
        }

        if (hideInput)
        {
            node = Hide(node);
        }

        if (modifier < 0)
        {
            return Relabel(node, target, modifier, form, location);
        }

        var (path, function) = _types.FindLengthFunction(target);
        return path == CoercionPath.None
            ? Relabel(node, target, modifier, form, location)
            : BuildCoercion(node, path, function, target, modifier, context, form, location);
    }

    // applyRelabelType: constants are relabelled themselves, and of labels on labels the last counts.
    private static Expr Relabel(Expr node, uint target, int modifier, CoercionForm form, int location)
    {
        while (node is RelabelExpr relabel)
        {
            node = relabel.Argument;
        }

        return node switch
        {
            ConstExpr constant => constant with { Type = target, Modifier = modifier },
            _ when node.Type == target && node.Modifier == modifier => node,
            _ => new RelabelExpr(node, form, target, modifier, location) { Collation = node.Collation },
        };
    }

    private Expr BuildCoercion(Expr node, CoercionPath path, uint function, uint target, int modifier, CoercionContext context, CoercionForm form, int location)
    {
        switch (path)
        {
            case CoercionPath.Function:
                var procedure = _catalog.GetFunction(function) ?? throw new NotUnderstoodException("a cast function");
                var arguments = new List<Expr> { node };
                if (procedure.ArgumentTypes.Length >= 2)
                {
                    arguments.Add(new ConstExpr(modifier.ToString(System.Globalization.CultureInfo.InvariantCulture), TypeOids.Int4, -1, -1));
                }

                if (procedure.ArgumentTypes.Length == 3)
                {
                    arguments.Add(new ConstExpr(context == CoercionContext.Explicit ? "t" : "f", TypeOids.Bool, -1, -1));
                }

                return new FuncExpr(
                    function, [.. arguments], form, target, arguments.Count > 1 ? modifier : -1, location)
                { Collation = CollationAfter(node, target) };
            case CoercionPath.Array:
                // Only the way of one element matters for what is printed and how volatile it is.
                var sourceElement = _types.ElementOfBase(node.Type);
                var targetElement = _types.ElementOf(target);
                var placeholder = new PlaceholderExpr(sourceElement, node.Modifier);
                var element = CoerceTo(placeholder, targetElement, modifier, context, form, location) ?? throw new NotUnderstoodException("a cast of an array");
                return new ArrayCoerceExpr(node, element, form, target, element.Modifier, location) { Collation = CollationAfter(node, target) };
            case CoercionPath.ViaIo:
                return new CoerceViaIoExpr(node, form, target, location) { Collation = CollationOf(target) };
            default:
                throw new NotUnderstoodException("a way to convert");
        }
    }

    private static Expr Hide(Expr node) => node switch
    {
        FuncExpr function => function with { Form = CoercionForm.Implicit },
        RelabelExpr relabel => relabel with { Form = CoercionForm.Implicit },
        CoerceViaIoExpr coerce => coerce with { Form = CoercionForm.Implicit },
        ArrayCoerceExpr coerce => coerce with { Form = CoercionForm.Implicit },
        RowNode row => row with { Form = CoercionForm.Implicit },
        CoerceToDomainExpr coerce => coerce with { Form = CoercionForm.Implicit },
        _ => node,
    };

    private uint CollationAfter(Expr node, uint target) => CollationOf(target) is var own and not 0 ? node.Collation != 0 ? node.Collation : own : 0;

    /// <summary>Converts to boolean (<c>coerce_to_boolean</c>).</summary>
    private Expr ToBoolean(Expr node, string construct)
    {
        if (node.Type != TypeOids.Bool)
        {
            node = CoerceTo(node, TypeOids.Bool, -1, CoercionContext.Assignment, CoercionForm.Implicit, -1)
                ?? throw Refuse("42804", $"argument of {construct} must be type boolean, not type {_types.Format(node.Type)}", Locations.Of(node));
        }

        return ReturnsSet(node) ? throw Refuse("42804", $"argument of {construct} must not return a set", Locations.Of(node)) : node;
    }

    /// <summary>Converts to a type that a construct asks for (<c>coerce_to_specific_type</c>).</summary>
    private Expr ToSpecificType(Expr node, uint target, string construct)
    {
        if (node.Type != target)
        {
            node = CoerceTo(node, target, -1, CoercionContext.Assignment, CoercionForm.Implicit, -1)
                ?? throw Refuse(
                    "42804", $"argument of {construct} must be type {_types.Format(target)}, not type {_types.Format(node.Type)}", Locations.Of(node));
        }

        return ReturnsSet(node) ? throw Refuse("42804", $"argument of {construct} must not return a set", Locations.Of(node)) : node;
    }

    /// <summary>The type to which all of these can be brought; where they don't match, the construct refuses them.</summary>
    /// <param name="expressions">The expressions; at least one.</param>
    /// <param name="construct">How messages call what they stand in; null gives 0 instead of a refusal.</param>
    private uint CommonType(IReadOnlyList<Expr> expressions, string? construct)
    {
        var type = _types.CommonType(expressions.Select(e => e.Type).ToArray(), out var mismatch, out var matched);
        if (mismatch >= 0 && construct is not null)
        {
            throw Refuse(
                "42804",
                $"{construct} types {_types.Format(matched)} and {_types.Format(_types.BaseType(expressions[mismatch].Type))} cannot be matched",
                Locations.Of(expressions[mismatch]));
        }

        return type;
    }

    private Expr ToCommonType(Expr node, uint target, string construct)
    {
        if (node.Type == target)
        {
            return node;
        }

        return _types.CanCoerce(node.Type, target, CoercionContext.Implicit)
            ? Coerce(node, target, -1, CoercionContext.Implicit, CoercionForm.Implicit, -1)
            : throw Refuse("42846", $"{construct} could not convert type {_types.Format(node.Type)} to {_types.Format(target)}", Locations.Of(node));
    }

    private static int CommonModifier(IReadOnlyList<Expr> expressions, uint type)
    {
        var modifier = expressions.Count > 0 ? expressions[0].Modifier : -1;
        return expressions.All(e => e.Type == type && e.Modifier == modifier) ? modifier : -1;
    }

    private static uint CommonCollation(IEnumerable<Expr> expressions, uint own)
    {
        if (own == 0)
        {
            return 0;
        }

        // A collation that was written, or that a column has, wins over the default.
        foreach (var expression in expressions)
        {
            if (expression.Collation is not (0 or TypeOids.DefaultCollation))
            {
                return expression.Collation;
            }
        }

        return own;
    }

    /// <summary>An expression without the conversions around it that nobody wrote (<c>strip_implicit_coercions</c>).</summary>
    public static Expr WithoutImplicitCoercions(Expr value)
    {
        while (StripImplicit(value) is var inner && !ReferenceEquals(inner, value))
        {
            value = inner;
        }

        return value;
    }

    /// <summary>Converts to a type as on storing, naming the construct in the refusal.</summary>
    public Expr ToType(Expr value, uint target, string construct) => ToSpecificType(value, target, construct);

    private static bool ReturnsSet(Expr node) => node is FuncExpr { ReturnsSet: true } || (node is OpExpr { ReturnsSet: true });
}
