namespace Plumbline.Prisma.Syntax;

/// <summary>Prisma documentation, "Error message reference".</summary>
internal static class PrismaError
{
    /// <summary>"{full_error}": the schema is not valid.</summary>
    public const string Validation = "P1012";
}
