using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Migrations;

/// <summary>A program of the team's own that runs the migrations in place of <c>prisma migrate</c>.</summary>
/// <param name="Sign">What shows it.</param>
/// <param name="Text">The sign as it is written: <c>/* SCHEMA_NAME_SENTINEL */</c>, <c>migration.ts</c>.</param>
/// <param name="Location">Where the sign stands: in a migration, the migration itself, or the code.</param>
/// <param name="Code">The code that knows the sign; null where none was found.</param>
/// <param name="Count">The number of migrations that show it; of a program that runs them all, all of them.</param>
public sealed record OwnRunner(OwnRunnerSign Sign, string Text, SourceLocation Location, SourceLocation? Code, int Count)
{
    internal Lazy<ImmutableHashSet<string>> LazyTables { get; init; } = new(ImmutableHashSet<string>.Empty);

    /// <summary>The names of the tables that the program creates by itself, such as the one in which it records what it applied.</summary>
    public ImmutableHashSet<string> Tables => LazyTables.Value;
}

/// <summary>What shows that the migrations are run by a program of the team's own.</summary>
public enum OwnRunnerSign
{
    /// <summary>A placeholder in the SQL, which the program fills before it sends the statement.</summary>
    Placeholder,

    /// <summary>A comment that tells the program how to run what follows.</summary>
    Sentinel,

    /// <summary>Migrations that are code: <c>migration.ts</c>.</summary>
    Code,

    /// <summary>Code that reads the files of the migrations and sends their text to the database, in a repository that never runs <c>prisma migrate</c>.</summary>
    Program,
}
