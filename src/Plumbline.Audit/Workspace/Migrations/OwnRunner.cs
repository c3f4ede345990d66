using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Migrations;

/// <summary>A program of the team's own that runs the migrations in place of <c>prisma migrate</c>.</summary>
/// <param name="Sign">What shows it.</param>
/// <param name="Text">The sign as it is written: <c>/* SCHEMA_NAME_SENTINEL */</c>, <c>migration.ts</c>.</param>
/// <param name="Location">Where the sign stands: in a migration, or the migration itself.</param>
/// <param name="Code">The code that knows the sign; null where none was found.</param>
/// <param name="Count">The number of migrations that show it.</param>
public sealed record OwnRunner(OwnRunnerSign Sign, string Text, SourceLocation Location, SourceLocation? Code, int Count);

/// <summary>What shows that the migrations are run by a program of the team's own.</summary>
public enum OwnRunnerSign
{
    /// <summary>A placeholder in the SQL, which the program fills before it sends the statement.</summary>
    Placeholder,

    /// <summary>A comment that tells the program how to run what follows.</summary>
    Sentinel,

    /// <summary>Migrations that are code: <c>migration.ts</c>.</summary>
    Code,
}
