using Plumbline.Prisma.Binding.Attributes;
using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>Checks of what PostgreSQL can index in which way (Prisma documentation, "Configuring the access type of indexes").</summary>
internal static class PostgreSqlIndexChecks
{
    /// <summary>Runs the checks.</summary>
    public static void Run(SchemaChecks checks, Model model)
    {
        foreach (var index in model.Indexes)
        {
            CheckXml(checks, index);
            foreach (var field in index.Fields)
            {
                if (field.OperatorClass is not { IsRaw: true } && ErrorOf(index.Algorithm ?? IndexAlgorithm.BTree, field) is { } message)
                {
                    Error(checks, index, message);
                }
            }

            if (index.Algorithm == IndexAlgorithm.SpGist && index.Fields.Length != 1)
            {
                Error(checks, index, "SpGist does not support multi-column indices.");
            }
        }
    }

    private static void Error(SchemaChecks checks, ModelIndex index, string message) =>
        checks.AttributeError(index.Model.Source, index.Syntax.Span, IndexChecks.AttributeName(index), message);

    private static void CheckXml(SchemaChecks checks, ModelIndex index)
    {
        if (index.Fields.Select(f => f.Field).FirstOrDefault(f => f.NativeType?.Name == "Xml") is { } field)
        {
            checks.Error(
                field.Source,
                field.Syntax.Span,
                index.Kind == ModelIndexKind.Unique
                    ? "Native type `Xml` cannot be unique in Postgres."
                    : "You cannot define an index on fields with native type `Xml` of Postgres.");
        }
    }

    private static string? ErrorOf(IndexAlgorithm algorithm, IndexedField indexed)
    {
        var (field, operators) = (indexed.Field, indexed.OperatorClass?.Name);
        if (operators is not null && !OperatorClasses.Supports(operators, algorithm))
        {
            return $"The given operator class `{operators}` is not supported with the `{algorithm}` index type.";
        }

        // What Prisma does not know as a type can't be wrong in an index.
        if (field.NativeType is { } native && NativeTypes.Find(native.Name) is null)
        {
            return null;
        }

        return algorithm switch
        {
            IndexAlgorithm.Gist => field.NativeType?.Name == "Inet" && operators == "InetOps" ? null : General(algorithm, field, operators),
            IndexAlgorithm.Gin => Gin(field, operators),
            IndexAlgorithm.SpGist => SpGist(field, operators),
            IndexAlgorithm.Brin => Brin(field, operators),
            _ => null,
        };
    }

    private static string? Gin(Field field, string? operators)
    {
        var isList = field.Arity == FieldArity.List;
        switch (field.NativeType?.Name, operators)
        {
            case (_, null) when isList:
            case (null, null) when IsScalar(field, ScalarType.Json):
            case ("JsonB", null or "JsonbOps" or "JsonbPathOps"):
                return null;
            case (null, "JsonbOps" or "JsonbPathOps"):
                return IsScalar(field, ScalarType.Json) ? null : PointsTo(operators, field, "Json");
            case (_, "ArrayOps"):
                return isList ? null : $"The given operator class `ArrayOps` expects the type of field `{field.Name}` to be an array.";
            default:
                return General(IndexAlgorithm.Gin, field, operators);
        }
    }

    private static string? SpGist(Field field, string? operators)
    {
        switch (field.NativeType?.Name, operators)
        {
            case ("Inet", null or "InetOps"):
            case ("Text" or "VarChar" or "Char", null or "TextOps"):
            case (null, null) when IsScalar(field, ScalarType.String):
                return null;
            case (null, "TextOps"):
                return IsScalar(field, ScalarType.String) ? null : PointsTo(operators, field, "String");
            default:
                return General(IndexAlgorithm.SpGist, field, operators);
        }
    }

    private static string? Brin(Field field, string? operators)
    {
        if (field.NativeType is { } native)
        {
            var family = FamilyOf(native.Name);
            var fits = family is not null &&
                (operators is null || (operators.StartsWith(family, StringComparison.Ordinal) && IsSuffix(operators[family.Length..])));
            return fits ? null : General(IndexAlgorithm.Brin, field, operators);
        }

        if (operators is null)
        {
            return General(IndexAlgorithm.Brin, field, operators);
        }

        ScalarType? expected = FamilyPrefix(operators) switch
        {
            "Float8" => ScalarType.Float,
            "Int4" => ScalarType.Int,
            "Int8" => ScalarType.BigInt,
            "Numeric" => ScalarType.Decimal,
            "Bytea" => ScalarType.Bytes,
            "Text" => ScalarType.String,
            "Timestamp" => ScalarType.DateTime,
            _ => null,
        };
        return expected is not { } scalar ? General(IndexAlgorithm.Brin, field, operators)
            : IsScalar(field, scalar) ? null
            : PointsTo(operators, field, scalar.ToString());
    }

    private static bool IsSuffix(string rest) => rest is "BloomOps" or "MinMaxOps" or "MinMaxMultiOps" or "InclusionOps";

    private static string FamilyPrefix(string operators)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["BloomOps", "MinMaxOps", "MinMaxMultiOps", "InclusionOps"])
        {
            if (operators.EndsWith(suffix, StringComparison.Ordinal))
            {
                return operators[..^suffix.Length];
            }
        }

        return operators;
    }

    private static string? FamilyOf(string native) => native switch
    {
        "Bit" => "Bit",
        "VarBit" => "VarBit",
        "Char" => "Bpchar",
        "Date" => "Date",
        "Real" => "Float4",
        "DoublePrecision" => "Float8",
        "Inet" => "Inet",
        "SmallInt" => "Int2",
        "Integer" => "Int4",
        "BigInt" => "Int8",
        "Decimal" => "Numeric",
        "Oid" => "Oid",
        "ByteA" => "Bytea",
        "Text" or "VarChar" => "Text",
        "Timestamp" => "Timestamp",
        "Timestamptz" => "TimestampTz",
        "Time" => "Time",
        "Timetz" => "TimeTz",
        "Uuid" => "Uuid",
        _ => null,
    };

    private static string PointsTo(string operators, Field field, string type) =>
        $"The given operator class `{operators}` points to the field `{field.Name}` that is not of {type} type.";

    private static bool IsScalar(Field field, params ReadOnlySpan<ScalarType> scalars) => field.Type is ScalarFieldType type && scalars.Contains(type.Scalar);

    private static string? General(IndexAlgorithm algorithm, Field field, string? operators) => (field.NativeType?.Name, operators) switch
    {
        ({ } native, { }) => $"The given operator class `{operators}` does not support native type `{native}` of field `{field.Name}`.",
        ({ } native, null) => $"The {algorithm} index field type `{native}` has no default operator class.",
        (null, { }) => $"The given operator class `{operators}` expects the field `{field.Name}` to define a valid native type.",
        _ => IsSupported(algorithm, field) ? null : $"The {algorithm} index type does not support the type of the field `{field.Name}`.",
    };

    private static bool IsSupported(IndexAlgorithm algorithm, Field field) => field.Type is UnsupportedFieldType || algorithm switch
    {
        IndexAlgorithm.Gist or IndexAlgorithm.SpGist => IsScalar(field, ScalarType.String),
        IndexAlgorithm.Gin => IsScalar(field, ScalarType.Json) || field.Arity == FieldArity.List,
        IndexAlgorithm.Brin => IsScalar(
            field,
            ScalarType.String, ScalarType.Bytes, ScalarType.DateTime, ScalarType.Float, ScalarType.Int, ScalarType.BigInt, ScalarType.Decimal),
        _ => true,
    };
}
