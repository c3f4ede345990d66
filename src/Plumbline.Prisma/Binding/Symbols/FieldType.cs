namespace Plumbline.Prisma.Binding.Symbols;

/// <summary>The types that Prisma knows by itself.</summary>
public enum ScalarType
{
    /// <summary><c>String</c>.</summary>
    String,

    /// <summary><c>Boolean</c>.</summary>
    Boolean,

    /// <summary><c>Int</c>.</summary>
    Int,

    /// <summary><c>BigInt</c>.</summary>
    BigInt,

    /// <summary><c>Float</c>.</summary>
    Float,

    /// <summary><c>Decimal</c>.</summary>
    Decimal,

    /// <summary><c>DateTime</c>.</summary>
    DateTime,

    /// <summary><c>Json</c>.</summary>
    Json,

    /// <summary><c>Bytes</c>.</summary>
    Bytes,
}

/// <summary>The type of a field, without its arity.</summary>
public abstract record FieldType
{
    private protected FieldType()
    {
    }
}

/// <summary>One of Prisma's own types.</summary>
/// <param name="Scalar">Which.</param>
public sealed record ScalarFieldType(ScalarType Scalar) : FieldType;

/// <summary>An enum.</summary>
/// <param name="Enum">Which.</param>
public sealed record EnumFieldType(PrismaEnum Enum) : FieldType;

/// <summary>A model or view: the field is a relation.</summary>
/// <param name="Model">Which.</param>
public sealed record ModelFieldType(Model Model) : FieldType;

/// <summary>A composite type, which PostgreSQL has none of.</summary>
/// <param name="CompositeType">Which.</param>
public sealed record CompositeFieldType(CompositeType CompositeType) : FieldType;

/// <summary>A type of the database that Prisma has no word for.</summary>
/// <param name="Name">What is in <c>Unsupported("…")</c>.</param>
public sealed record UnsupportedFieldType(string Name) : FieldType;

/// <summary>A type that the schema does not have. A diagnostic says so.</summary>
/// <param name="Name">The name that is written; empty where none is.</param>
public sealed record UnknownFieldType(string Name) : FieldType;
