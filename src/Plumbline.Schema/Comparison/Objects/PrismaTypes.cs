using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Types that differ in a database and that Prisma takes for equal. Measured with its schema engine, 6.6 to 7.10.</summary>
internal static class PrismaTypes
{
    /// <summary>Whether Prisma sees no difference between a type of a database and one of a Prisma schema.</summary>
    internal static bool AreEqual(ComparisonBuilder builder, ColumnType from, ColumnType to)
    {
        if (builder.From.Source == SourceKind.Prisma == (builder.To.Source == SourceKind.Prisma))
        {
            return false;
        }

        var isFromPrisma = builder.From.Source == SourceKind.Prisma;
        var (schema, database) = isFromPrisma ? (from, to) : (to, from);
        var domains = isFromPrisma ? builder.To.Domains : builder.From.Domains;

        // A domain is its base type.
        for (var i = 0; i <= domains.Length && domains.FirstOrDefault(d => d.Name == database.QualifiedName) is { } domain; i++)
        {
            database = domain.BaseType with { IsArray = database.IsArray || domain.BaseType.IsArray };
        }

        if (TypeEquality.AreEqual(isFromPrisma ? schema : database, isFromPrisma ? database : schema, builder.Renames, schemaIsUnknown: true))
        {
            return true;
        }

        // @db.Timestamp, @db.Time and the like without a precision equal any precision.
        var (left, right) = (TypeEquality.Canonical(schema), TypeEquality.Canonical(database));
        return schema.Modifiers is null && left.Schema is null && left.Name.StartsWith("time", StringComparison.Ordinal) && left with { Modifiers = null } == right with { Modifiers = null };
    }
}
