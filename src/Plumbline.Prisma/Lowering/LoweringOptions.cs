namespace Plumbline.Prisma.Lowering;

/// <summary>What beside the schema decides how Prisma would create it.</summary>
public sealed record LoweringOptions
{
    /// <summary>The newest Prisma.</summary>
    public static LoweringOptions Default { get; } = new();

    /// <summary>
    /// The Prisma that creates the database. Before 6.0 the table of an implicit many-to-many relation has a unique index, since then it has a primary key.
    /// </summary>
    public Version PrismaVersion { get; init; } = new(7, 0);

    /// <summary>The database schema of everything that names no other: <c>?schema=NAME</c> of the URL.</summary>
    public string DefaultSchema { get; init; } = "public";
}
