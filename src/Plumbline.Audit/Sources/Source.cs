using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Sources;

/// <summary>A source that was read: a schema, and what its reader had to say.</summary>
public sealed record Source
{
    /// <summary>The source as it was named.</summary>
    public required string Name { get; init; }

    /// <summary>Its form.</summary>
    public required SourceForm Form { get; init; }

    /// <summary>What it says, as far as it could be read.</summary>
    public required DatabaseSchema Schema { get; init; }

    /// <summary>What is wrong with it: what Prisma would refuse, what could not be read.</summary>
    public ImmutableArray<Diagnostic> Errors { get; init; } = [];

    /// <summary>Of SQL: the statements that PostgreSQL would refuse, after which the replay went on.</summary>
    public ImmutableArray<Diagnostic> Refusals { get; init; } = [];

    /// <summary>
    /// Whether it is not what its form should be: it has errors, or it is an SQL script of which PostgreSQL refuses a statement. Migrations of which a statement is refused are
    /// still a history.
    /// </summary>
    public bool IsWrong => !Errors.IsEmpty || (Form is SourceForm.Sql or SourceForm.Document && !Refusals.IsEmpty);

    /// <summary>Whether nothing of it is known, since PostgreSQL refuses every statement.</summary>
    public bool IsRefusedWhole => !Refusals.IsEmpty && Replay?.Outcomes.Any(outcome => outcome.Kind == OutcomeKind.Done) == false;

    /// <summary>That two sources do not differ, as far as they could be read.</summary>
    public static string WithoutDifferences(Source from, Source to) =>
        from.IsWrong || to.IsWrong || from.IsRefusedWhole || to.IsRefusedWhole ? "No differences in what could be read." : "No differences.";

    /// <summary>Of SQL: the statements that were not understood, or whose effect cannot be known.</summary>
    public ImmutableArray<Diagnostic> Notes { get; init; } = [];

    /// <summary>Of SQL: the replay of it; null for everything else.</summary>
    internal ReplayResult? Replay { get; init; }

    /// <summary>The tables and enums that somebody else creates, as its project's <c>prisma.config.*</c> lists them; they are compared on neither side.</summary>
    internal ExternalObjects External { get; init; } = ExternalObjects.None;

    /// <summary>The texts that it was read from, sorted by path.</summary>
    public ImmutableArray<SourceText> Texts { get; init; } = [];
}
