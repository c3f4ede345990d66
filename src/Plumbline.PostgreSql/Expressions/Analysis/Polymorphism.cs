using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Tree;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <summary>What the polymorphic pseudo-types of a call stand for ("Polymorphic Types").</summary>
internal sealed class Polymorphism
{
    private readonly TypeSystem _types;
    private readonly List<uint> _compatible = [];
    private uint _element;
    private uint _array;
    private uint _range;
    private uint _multirange;
    private uint _compatibleRange;
    private uint _compatibleMultirange;
    private uint _common;
    private bool _wantsNonArray;
    private bool _wantsEnum;
    private bool _wantsCompatibleNonArray;
    private bool _family1;
    private bool _family2;

    private Polymorphism(TypeSystem types) => _types = types;

    /// <summary>Whether a call with these arguments fits the declared types (<c>check_generic_type_consistency</c>).</summary>
    public static bool IsConsistent(TypeSystem types, ReadOnlySpan<uint> actual, ReadOnlySpan<uint> declared) =>
        new Polymorphism(types).Match(actual, declared);

    /// <summary>
    /// Replaces the polymorphic types of a call, of which it is known that it fits, by those that they stand for, as far as conversions need them
    /// (<c>enforce_generic_type_consistency</c>).
    /// </summary>
    /// <param name="types">The types.</param>
    /// <param name="actual">Types of the arguments.</param>
    /// <param name="declared">The declared types; those of unknown literals and of the <c>anycompatible</c> family are replaced.</param>
    /// <param name="result">The declared type of the result.</param>
    /// <returns>The type of the result.</returns>
    /// <exception cref="RefusalException">A type cannot be determined.</exception>
    public static uint Resolve(TypeSystem types, ReadOnlySpan<uint> actual, Span<uint> declared, uint result)
    {
        var match = new Polymorphism(types);
        if (!match.Match(actual, declared))
        {
            throw new NotUnderstoodException("a polymorphic call");
        }

        if (!match._family1 && !match._family2)
        {
            return result;
        }

        if (match._family1 && match._element == 0)
        {
            throw new RefusalException(new SqlError("42804", "could not determine polymorphic type because input has type unknown"));
        }

        for (var i = 0; i < declared.Length; i++)
        {
            if (TypeSystem.IsFamily2(declared[i]) || (TypeSystem.IsFamily1(declared[i]) && actual[i] == TypeOids.Unknown))
            {
                declared[i] = match.StandsFor(declared[i]);
            }
        }

        return TypeSystem.IsPolymorphic(result) ? match.StandsFor(result) : result;
    }

    private bool Match(ReadOnlySpan<uint> actual, ReadOnlySpan<uint> declared)
    {
        for (var i = 0; i < actual.Length; i++)
        {
            _family1 |= TypeSystem.IsFamily1(declared[i]);
            _family2 |= TypeSystem.IsFamily2(declared[i]);
            _wantsNonArray |= declared[i] == TypeOids.AnyNonArray;
            _wantsEnum |= declared[i] == TypeOids.AnyEnum;
            _wantsCompatibleNonArray |= declared[i] == TypeOids.AnyCompatibleNonArray;
            if (actual[i] != TypeOids.Unknown && !Take(declared[i], actual[i]))
            {
                return false;
            }
        }

        return MatchFamily1() && MatchFamily2();
    }

    private bool Take(uint declared, uint actual)
    {
        switch (declared)
        {
            case TypeOids.AnyElement or TypeOids.AnyNonArray or TypeOids.AnyEnum:
                return Same(ref _element, actual);
            case TypeOids.AnyArray:
                return Same(ref _array, _types.BaseType(actual));
            case TypeOids.AnyRange:
                return Same(ref _range, _types.BaseType(actual));
            case TypeOids.AnyMultirange:
                return Same(ref _multirange, _types.BaseType(actual));
            case TypeOids.AnyCompatible or TypeOids.AnyCompatibleNonArray:
                _compatible.Add(actual);
                return true;
            case TypeOids.AnyCompatibleArray:
                var element = _types.ElementOfBase(actual);
                _compatible.Add(element);
                return element != 0;
            case TypeOids.AnyCompatibleRange:
                var isFirst = _compatibleRange == 0;
                if (!Same(ref _compatibleRange, _types.BaseType(actual)))
                {
                    return false;
                }

                var subtype = Subtype(_compatibleRange, PgTypeKind.Range);
                if (isFirst)
                {
                    _compatible.Add(subtype);
                }

                return subtype != 0;
            case TypeOids.AnyCompatibleMultirange:
                return Same(ref _compatibleMultirange, _types.BaseType(actual)) && Subtype(_compatibleMultirange, PgTypeKind.Multirange) != 0;
            default:
                return true;
        }
    }

    private bool MatchFamily1()
    {
        if (_array != 0 && _array != TypeOids.AnyArray && !(_types.ElementOf(_array) is var element and not 0 && Same(ref _element, element)))
        {
            return false;
        }

        if (_multirange != 0 && !(Subtype(_multirange, PgTypeKind.Multirange) is var range and not 0 && Same(ref _range, range)))
        {
            return false;
        }

        if (_range != 0 && !(Subtype(_range, PgTypeKind.Range) is var subtype and not 0 && Same(ref _element, subtype)))
        {
            return false;
        }

        if (_array == TypeOids.AnyArray && _element == 0)
        {
            _element = TypeOids.AnyElement;
        }

        return !(_wantsNonArray && _element != 0 && _types.ElementOfBase(_element) != 0) && !(_wantsEnum && !_types.IsEnum(_element));
    }

    private bool MatchFamily2()
    {
        if (_compatibleMultirange != 0)
        {
            var range = Subtype(_compatibleMultirange, PgTypeKind.Multirange);
            if (_compatibleRange == 0)
            {
                _compatible.Add(Subtype(range, PgTypeKind.Range));
            }

            if (!Same(ref _compatibleRange, range))
            {
                return false;
            }
        }

        if (_compatible.Count == 0)
        {
            _common = _family2 ? TypeOids.Text : 0;
            return true;
        }

        _common = _types.CommonType(_compatible.ToArray(), out _, out _);
        if (_common == 0 || _compatible.Exists(type => !_types.CanCoerce(type, _common, CoercionContext.Implicit)))
        {
            return false;
        }

        return !(_wantsCompatibleNonArray && _types.ElementOfBase(_common) != 0) &&
            (_compatibleRange == 0 || Subtype(_compatibleRange, PgTypeKind.Range) == _common);
    }

    private uint StandsFor(uint polymorphic)
    {
        var type = polymorphic switch
        {
            TypeOids.AnyElement or TypeOids.AnyNonArray or TypeOids.AnyEnum => _element,
            TypeOids.AnyArray => _array != 0 ? _array : _types.Get(_element).ArrayOid,
            TypeOids.AnyRange => _range,
            TypeOids.AnyMultirange => _multirange,
            TypeOids.AnyCompatible or TypeOids.AnyCompatibleNonArray => _common,
            TypeOids.AnyCompatibleArray => _types.Get(_common).ArrayOid,
            TypeOids.AnyCompatibleRange => _compatibleRange,
            _ => _compatibleMultirange,
        };
        return type != 0 ? type : throw new NotUnderstoodException("a polymorphic type that cannot be determined");
    }

    private uint Subtype(uint oid, PgTypeKind kind) => _types.Catalog.GetType(oid) is { } type && type.Kind == kind ? type.SubtypeOid : 0;

    private static bool Same(ref uint known, uint actual)
    {
        if (known == 0)
        {
            known = actual;
        }

        return known == actual;
    }
}
