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

    /// <summary>Whether it is the version that is installed, and not a range that begins with it.</summary>
    public bool IsExact => Location is not null && Text.Split('.') is [var major, var minor, var rest] && int.TryParse(major, out _) && int.TryParse(minor, out _) && char.IsAsciiDigit(rest[0]);

    /// <summary>The version whose checks a schema must pass; null where none is known: then only what every version refuses is an error.</summary>
    public Version? ForValidation => this switch
    {
        { Location: null } => null,

        // 6.13 alone refused unique criteria of views: a range that begins there installs a later version.
        { IsExact: false, Major: 6, Minor: 13 } => new Version(6, 14),
        _ => new Version(Major, Minor),
    };
}
