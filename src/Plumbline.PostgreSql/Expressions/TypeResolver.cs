using System.Globalization;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Printing;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Expressions;

/// <summary>Finds the type that a type name means (<c>parse_type.c</c>).</summary>
/// <param name="catalog">The database.</param>
internal sealed class TypeResolver(IObjectCatalog catalog)
{
    /// <summary>The type that a name means with its modifier, or PostgreSQL's refusal. Where the type may be one that nobody knows of: a bound type with the
    /// number 0.</summary>
    public BindResult<BoundType> Resolve(SqlTypeName name)
    {
        if (name.IsColumnReference)
        {
            return ResolveColumnReference(name);
        }

        if (name.Name.Schema is { } schema && !catalog.HasSchema(schema))
        {
            return Unless(name, new SqlError("3F000", $"schema \"{schema}\" does not exist") { Position = name.Location });
        }

        var type = Find(name.Name);
        if (type is null)
        {
            return Unless(name, new SqlError("42704", $"type \"{Shown(name)}\" does not exist") { Position = name.Location });
        }

        var (modifier, written, error) = Modifier(type, name);
        if (error is not null)
        {
            return error;
        }

        if (name.IsArray)
        {
            // An array of arrays is an array.
            if (!type.IsArray)
            {
                if (catalog.GetType(type.ArrayOid) is not { } array)
                {
                    return new SqlError("42704", $"type \"{Shown(name)}\" does not exist") { Position = name.Location };
                }

                type = array;
            }
        }

        var columnType = TypeFormat.ToColumnType(catalog, type.Oid, modifier);
        return new BoundType(type.Oid, modifier, written is null ? columnType : columnType with { Modifiers = written });
    }

    /// <summary>The type of a name; null where there is none.</summary>
    public PgType? Find(QualifiedName name) => name.Schema is { } schema ? catalog.FindType(schema, name.Name) : Visibility.FindType(catalog, name.Name);

    /// <summary>The name as PostgreSQL's messages show it (<c>TypeNameToString</c>).</summary>
    private static string Shown(SqlTypeName name) => name.Name + (name.IsArray ? "[]" : "");

    private BindResult<BoundType> Unless(SqlTypeName name, SqlError error) =>
        catalog.HasUnknownObjects ? new BoundType(0, -1, new ColumnType(name.Name.Name, name.Name.Schema, null, name.IsArray)) : error;

    private BindResult<BoundType> ResolveColumnReference(SqlTypeName name)
    {
        if (name.Name.Parts.Length < 2)
        {
            return new SqlError("42601", $"improper %TYPE reference (too few dotted names): {name.Name}") { Position = name.Location };
        }

        var table = name.Name.Parts.Length > 2
            ? catalog.FindRelation(name.Name.Parts[^3].Name, name.Name.Parts[^2].Name)
            : Visibility.FindRelation(catalog, name.Name.Parts[^2].Name);
        if (table is null)
        {
            return new SqlError(
                "42P01", $"relation \"{string.Join('.', name.Name.Parts.Take(name.Name.Parts.Length - 1))}\" does not exist")
            { Position = name.Location };
        }

        foreach (var column in table.Columns)
        {
            if (column.Name == name.Name.Name)
            {
                return new BoundType(column.TypeOid, column.Modifier, TypeFormat.ToColumnType(catalog, column.TypeOid, column.Modifier));
            }
        }

        return new SqlError("42703", $"column \"{name.Name.Name}\" of relation \"{table.Name}\" does not exist") { Position = name.Location };
    }

    // typenameTypeMod: what the types' own functions make of the modifiers.
    private (int Modifier, string? Written, SqlError? Error) Modifier(PgType type, SqlTypeName name)
    {
        if (type.IsArray && catalog.GetType(type.ElementOid) is { } element)
        {
            type = element;
        }

        if (type.Oid == TypeOids.Interval && (name.IntervalFields is not null || !name.Modifiers.IsEmpty))
        {
            return Interval(name);
        }

        if (name.Modifiers.IsEmpty)
        {
            return (-1, null, null);
        }

        if (!TakesModifiers(type))
        {
            return (-1, null, new SqlError("42601", $"type modifier is not allowed for type \"{Shown(name)}\"") { Position = name.Location });
        }

        if (type.Schema != "pg_catalog" && type.Name is not ("vector" or "halfvec" or "sparsevec"))
        {
            return (-1, string.Join(',', name.Modifiers.Select(m => (m as ConstantExpr)?.Text ?? (m as ColumnRefExpr)?.Parts[^1].Name ?? "?")), null);
        }

        var numbers = new List<int>();
        foreach (var modifier in name.Modifiers)
        {
            if (modifier is not (ConstantExpr or ColumnRefExpr { Parts.Length: 1 }))
            {
                return (-1, null, Error("42601", "type modifiers must be simple constants or identifiers"));
            }

            var text = modifier is ConstantExpr constant ? constant.Text : ((ColumnRefExpr)modifier).Parts[0].Name;
            if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return (-1, null, Error("22P02", $"invalid input syntax for type integer: \"{text}\""));
            }

            numbers.Add(number);
        }

        var (packed, problem) = Pack(type, numbers);
        return problem is null ? (packed, null, null) : (-1, null, problem with { Position = name.Location });

        SqlError Error(string state, string message) => new(state, message) { Position = name.Location };
    }

    private static bool TakesModifiers(PgType type) => type.Schema == "pg_catalog"
        ? type.Oid is TypeOids.BpChar or TypeOids.VarChar or TypeOids.Bit or TypeOids.VarBit or TypeOids.Numeric or TypeOids.Time or TypeOids.TimeTz or TypeOids.Timestamp or TypeOids.TimestampTz
        : type.Kind == PgTypeKind.Base && type.Name is "vector" or "halfvec" or "sparsevec" or "geometry" or "geography";

    private static (int Modifier, SqlError? Error) Pack(PgType type, List<int> numbers)
    {
        if (type.Oid == TypeOids.Numeric)
        {
            return PackNumeric(numbers);
        }

        if (numbers.Count != 1)
        {
            return (-1, new SqlError("22023", "invalid type modifier"));
        }

        var number = numbers[0];
        switch (type.Oid)
        {
            case TypeOids.BpChar or TypeOids.VarChar:
                return Length(type.Oid == TypeOids.BpChar ? "char" : "varchar", number, 10485760, 4);
            case TypeOids.Bit or TypeOids.VarBit:
                return Length(type.Oid == TypeOids.Bit ? "bit" : "varbit", number, 83886080, 0);
            case TypeOids.Time or TypeOids.TimeTz or TypeOids.Timestamp or TypeOids.TimestampTz:
                var word = type.Oid is TypeOids.Time or TypeOids.TimeTz ? "TIME" : "TIMESTAMP";
                var zone = type.Oid is TypeOids.TimeTz or TypeOids.TimestampTz ? " WITH TIME ZONE" : "";
                return number < 0 ? (-1, new SqlError("22023", $"{word}({number}){zone} precision must not be negative")) : (Math.Min(number, 6), null);
            default:
                return number < 1
                    ? (-1, new SqlError("22023", $"dimensions for type {type.Name} must be at least 1"))
                    : number > (type.Name == "sparsevec" ? 1_000_000_000 : 16000)
                        ? (-1, new SqlError("22023", $"dimensions for type {type.Name} cannot exceed {(type.Name == "sparsevec" ? 1_000_000_000 : 16000)}"))
                        : (number, null);
        }
    }

    private static (int Modifier, SqlError? Error) Length(string name, int number, int maximum, int header)
    {
        if (number < 1)
        {
            return (-1, new SqlError("22023", $"length for type {name} must be at least 1"));
        }

        return number > maximum ? (-1, new SqlError("22023", $"length for type {name} cannot exceed {maximum}")) : (number + header, null);
    }

    private static (int Modifier, SqlError? Error) PackNumeric(List<int> numbers)
    {
        if (numbers.Count > 2)
        {
            return (-1, new SqlError("22023", "invalid NUMERIC type modifier"));
        }

        var scale = numbers.Count == 2 ? numbers[1] : 0;
        if (numbers[0] is < 1 or > 1000)
        {
            return (-1, new SqlError("22023", $"NUMERIC precision {numbers[0]} must be between 1 and 1000"));
        }

        return scale is < -1000 or > 1000
            ? (-1, new SqlError("22023", $"NUMERIC scale {scale} must be between -1000 and 1000"))
            : (((numbers[0] << 16) | (scale & 0x7FF)) + 4, null);
    }

    private static (int Modifier, string? Written, SqlError? Error) Interval(SqlTypeName name)
    {
        var precision = -1;
        if (name.Modifiers is [ConstantExpr constant])
        {
            if (!int.TryParse(constant.Text, CultureInfo.InvariantCulture, out precision) || precision < 0)
            {
                return (-1, null, new SqlError("22023", $"INTERVAL({constant.Text}) precision must not be negative") { Position = name.Location });
            }

            precision = Math.Min(precision, 6);
        }

        return (TypeFormat.PackInterval(name.IntervalFields, precision), null, null);
    }
}
