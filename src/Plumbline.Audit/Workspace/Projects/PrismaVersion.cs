using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>The version of Prisma that a project uses.</summary>
/// <param name="Major">Its major number.</param>
/// <param name="Minor">Its minor number.</param>
/// <param name="Text">As it is written where it was found.</param>
/// <param name="Location">Where it was found; null where the newest known version is assumed.</param>
public sealed record PrismaVersion(int Major, int Minor, string Text, SourceLocation? Location)
{
    /// <summary>The version that is assumed where a project names none.</summary>
    public static PrismaVersion Assumed { get; } = new(7, 0, "7", null);
}
