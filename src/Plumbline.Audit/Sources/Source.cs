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

    /// <summary>Of SQL: the statements that were not understood, or whose effect cannot be known.</summary>
    public ImmutableArray<Diagnostic> Notes { get; init; } = [];

    /// <summary>Of SQL: the replay of it; null for everything else.</summary>
    internal ReplayResult? Replay { get; init; }

    /// <summary>The tables and enums that somebody else creates, as its project's <c>prisma.config.*</c> lists them; they are compared on neither side.</summary>
    internal ExternalObjects External { get; init; } = ExternalObjects.None;

    /// <summary>The texts that it was read from, sorted by path.</summary>
    public ImmutableArray<SourceText> Texts { get; init; } = [];
}
