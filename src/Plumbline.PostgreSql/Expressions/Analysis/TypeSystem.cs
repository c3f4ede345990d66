using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Printing;
using Plumbline.PostgreSql.Expressions.Tree;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <summary>In which situation a value is converted ("Type Conversion").</summary>
internal enum CoercionContext : byte
{
    /// <summary>In an expression.</summary>
    Implicit,

    /// <summary>On storing into a column.</summary>
    Assignment,

    /// <summary>By a cast.</summary>
    Explicit,
}

/// <summary>How one type is turned into another.</summary>
internal enum CoercionPath : byte
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By calling a function.</summary>
    Function,

    /// <summary>By giving it the other name.</summary>
    Relabel,

    /// <summary>Element by element.</summary>
    Array,

    /// <summary>By way of text.</summary>
    ViaIo,
}

/// <summary>What can be asked about types alone: categories, casts, common and polymorphic types.</summary>
/// <param name="catalog">The database.</param>
internal sealed class TypeSystem(IObjectCatalog catalog)
{
    /// <summary>The database.</summary>
    public IObjectCatalog Catalog { get; } = catalog;

    /// <summary>The type of a number.</summary>
    /// <exception cref="NotUnderstoodException">There is none.</exception>
    public PgType Get(uint oid) => Catalog.GetType(oid) ?? throw new NotUnderstoodException("a type that is not known");

    /// <summary>The name of a type as messages show it.</summary>
    public string Format(uint oid) => TypeFormat.Format(Catalog, oid);

    /// <summary>The type under a domain, or the type itself.</summary>
    public uint BaseType(uint oid) => BaseType(oid, -1).Oid;

    /// <summary>The type under a domain with the modifier that the domain gives it, or the type itself with the modifier given.</summary>
    public (uint Oid, int Modifier) BaseType(uint oid, int modifier)
    {
        var depth = 0;
        for (var type = Catalog.GetType(oid); type is { Kind: PgTypeKind.Domain } && depth < 100; type = Catalog.GetType(oid), depth++)
        {
            oid = type.BaseOid;
            if (modifier < 0)
            {
                modifier = type.BaseModifier;
            }
        }

        return (oid, modifier);
    }

    /// <summary>Whether it is a row type or record.</summary>
    public bool IsComplex(uint oid) => oid == TypeOids.Record || Catalog.GetType(BaseType(oid)) is { Kind: PgTypeKind.Composite };

    /// <summary>The element type where the type (or the type under the domain) is a true array; else 0.</summary>
    public uint ElementOfBase(uint oid) => ElementOf(BaseType(oid));

    /// <summary>The element type of a true array; else 0.</summary>
    public uint ElementOf(uint oid) => Catalog.GetType(oid) is { IsArray: true } type ? type.ElementOid : 0;

    /// <summary>Whether it is a polymorphic pseudo-type.</summary>
    public static bool IsPolymorphic(uint oid) => IsFamily1(oid) || IsFamily2(oid);

    /// <summary>Whether two types are the same or one stands for the other without conversion (<c>IsBinaryCoercible</c>).</summary>
    public bool IsBinaryCoercible(uint source, uint target)
    {
        if (source == target || target is TypeOids.Any or TypeOids.AnyElement or TypeOids.AnyCompatible)
        {
            return true;
        }

        source = BaseType(source);
        if (source == target)
        {
            return true;
        }

        if (target is TypeOids.AnyArray or TypeOids.AnyCompatibleArray)
        {
            return ElementOf(source) != 0;
        }

        if (target is TypeOids.AnyNonArray or TypeOids.AnyCompatibleNonArray)
        {
            return ElementOf(source) == 0;
        }

        if (target == TypeOids.AnyEnum)
        {
            return IsEnum(source);
        }

        if (target is TypeOids.AnyRange or TypeOids.AnyCompatibleRange)
        {
            return Catalog.GetType(source) is { Kind: PgTypeKind.Range };
        }

        if (target is TypeOids.AnyMultirange or TypeOids.AnyCompatibleMultirange)
        {
            return Catalog.GetType(source) is { Kind: PgTypeKind.Multirange };
        }

        if (target == TypeOids.Record)
        {
            return IsComplex(source);
        }

        return Catalog.FindCast(source, target) is { Method: 'b', Context: 'i' };
    }

    /// <summary>Whether values of these types can be converted to those (<c>can_coerce_type</c>).</summary>
    public bool CanCoerce(ReadOnlySpan<uint> inputs, ReadOnlySpan<uint> targets, CoercionContext context)
    {
        var generic = false;
        for (var i = 0; i < inputs.Length; i++)
        {
            var (input, target) = (inputs[i], targets[i]);
            if (input == target || target == TypeOids.Any)
            {
                continue;
            }

            if (IsPolymorphic(target))
            {
                generic = true;
                continue;
            }

            if (input == TypeOids.Unknown || FindPath(target, input, context, out _) != CoercionPath.None)
            {
                continue;
            }

            if ((input == TypeOids.Record && IsComplex(target)) || (target == TypeOids.Record && IsComplex(input)))
            {
                continue;
            }

            if (target == TypeOids.RecordArray && ElementOf(input) is var element and not 0 && IsComplex(element))
            {
                continue;
            }

            return false;
        }

        return !generic || Polymorphism.IsConsistent(this, inputs, targets);
    }

    /// <summary>Whether a value of one type can be converted to another.</summary>
    public bool CanCoerce(uint input, uint target, CoercionContext context) => CanCoerce([input], [target], context);

    /// <summary>How to get from one type to another (<c>find_coercion_pathway</c>).</summary>
    public CoercionPath FindPath(uint target, uint source, CoercionContext context, out uint function)
    {
        function = 0;
        source = BaseType(source);
        target = BaseType(target);
        if (source == target)
        {
            return CoercionPath.Relabel;
        }

        if (Catalog.FindCast(source, target) is { } cast)
        {
            var needed = cast.Context switch { 'i' => CoercionContext.Implicit, 'a' => CoercionContext.Assignment, _ => CoercionContext.Explicit };
            if (context < needed)
            {
                return CoercionPath.None;
            }

            function = cast.FunctionOid;
            return cast.Method switch { 'f' => CoercionPath.Function, 'i' => CoercionPath.ViaIo, _ => CoercionPath.Relabel };
        }

        if (target is not (TypeOids.OidVector or TypeOids.Int2Vector) && ElementOf(target) is var targetElement and not 0 &&
            ElementOf(source) is var sourceElement and not 0)
        {
            return FindPath(targetElement, sourceElement, context, out function) switch
            {
                CoercionPath.None => CoercionPath.None,
                _ => CoercionPath.Array,
            };
        }

        if (context >= CoercionContext.Assignment && Category(target) == 'S')
        {
            return CoercionPath.ViaIo;
        }

        return context >= CoercionContext.Explicit && Category(source) == 'S' ? CoercionPath.ViaIo : CoercionPath.None;
    }

    /// <summary>The function that cuts values of a type to the length that its modifier says; 0 where there is none.</summary>
    public (CoercionPath Path, uint Function) FindLengthFunction(uint oid)
    {
        var type = Get(oid);
        var path = CoercionPath.Function;
        if (type.IsArray)
        {
            oid = type.ElementOid;
            path = CoercionPath.Array;
        }

        return Catalog.FindCast(oid, oid) is { FunctionOid: not 0 } cast ? (path, cast.FunctionOid) : (CoercionPath.None, 0);
    }

    /// <summary>Whether a type has a collation.</summary>
    public bool IsCollatable(uint oid) => Catalog.GetType(oid) is { CollationOid: not 0 };

    /// <summary>Whether it is an enum.</summary>
    public bool IsEnum(uint oid) => Catalog.GetType(oid) is { Kind: PgTypeKind.Enum };

    /// <summary>The category of a type.</summary>
    public char Category(uint oid) => Get(oid).Category;

    /// <summary>Whether a type is the preferred one of this category.</summary>
    public bool IsPreferred(char category, uint oid) => Get(oid) is var type && (category == type.Category || category == '\0') && type.IsPreferred;

    /// <summary>The type to which all of these can be brought, found from the left (<c>select_common_type</c>); 0 where they don't match.</summary>
    /// <param name="types">The types.</param>
    /// <param name="mismatch">Index of the type that doesn't match those before it; -1 where all do.</param>
    /// <param name="matched">The type that those before it have.</param>
    public uint CommonType(ReadOnlySpan<uint> types, out int mismatch, out uint matched)
    {
        mismatch = -1;
        matched = types[0];
        if (types[0] != TypeOids.Unknown && types.IndexOfAnyExcept(types[0]) < 0)
        {
            return types[0];
        }

        var common = BaseType(types[0]);
        var category = Category(common);
        var preferred = Get(common).IsPreferred;
        for (var i = 1; i < types.Length; i++)
        {
            var next = BaseType(types[i]);
            if (next == TypeOids.Unknown || next == common)
            {
                continue;
            }

            var nextCategory = Category(next);
            if (common == TypeOids.Unknown)
            {
                (common, category, preferred) = (next, nextCategory, Get(next).IsPreferred);
            }
            else if (nextCategory != category)
            {
                mismatch = i;
                matched = common;
                return 0;
            }
            else if (!preferred && CanCoerce(common, next, CoercionContext.Implicit) && !CanCoerce(next, common, CoercionContext.Implicit))
            {
                (common, category, preferred) = (next, nextCategory, Get(next).IsPreferred);
            }
        }

        return common == TypeOids.Unknown ? TypeOids.Text : common;
    }

    internal static bool IsFamily1(uint oid) =>
        oid is TypeOids.AnyElement or TypeOids.AnyArray or TypeOids.AnyNonArray or TypeOids.AnyEnum or TypeOids.AnyRange or TypeOids.AnyMultirange;

    internal static bool IsFamily2(uint oid) =>
        oid is TypeOids.AnyCompatible or TypeOids.AnyCompatibleArray or TypeOids.AnyCompatibleNonArray or TypeOids.AnyCompatibleRange or TypeOids.AnyCompatibleMultirange;
}
