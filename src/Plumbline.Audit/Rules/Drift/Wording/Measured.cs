using Plumbline.Audit.Facts;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>For which versions of Prisma it is known what the engine writes: the oldest one that can be asked is 6.6.</summary>
internal static class Measured
{
    private static readonly Version First = new(6, 6);

    /// <summary>A sentence behind another one, with a space before it, where the project uses an older version; else empty.</summary>
    public static string Note(ProjectFacts project)
    {
        var version = project.Project.PrismaVersion;
        return new Version(version.Major, version.Minor) < First ? $" This was measured for Prisma 6.6 and later; the project uses Prisma {version.Major}.{version.Minor}." : "";
    }
}
