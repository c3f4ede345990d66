using System.Collections.Immutable;
using Plumbline.Audit.Configuration;

namespace Plumbline.Audit.Rules;

/// <summary>What a rule is, and its documentation; <c>plumb explain</c> and the pages under <c>docs/rules</c> print it.</summary>
public sealed record RuleDescriptor
{
    /// <summary>Its name: the area, a slash, and the class's name in kebab case.</summary>
    public required string Name { get; init; }

    /// <summary>The part of the name before the slash.</summary>
    public string Area => Name[..Name.IndexOf('/')];

    /// <summary>What it finds, as one line without a period at its end.</summary>
    public required string Title { get; init; }

    /// <summary>The severity of its findings where the evidence says nothing else.</summary>
    public required Severity Severity { get; init; }

    /// <summary>What it reads.</summary>
    public required ImmutableArray<RuleNeed> Needs { get; init; }

    /// <summary>The rules that it speaks for where both report the same subject.</summary>
    public ImmutableArray<string> Supersedes { get; init; } = [];

    /// <summary>Whether its findings come with a fix.</summary>
    public bool HasFix { get; init; }

    /// <summary>What it checks, in Markdown.</summary>
    public required string What { get; init; }

    /// <summary>Why that matters, in Markdown.</summary>
    public required string Why { get; init; }

    /// <summary>An example that it finds something in, in Markdown with fences.</summary>
    public required string Bad { get; init; }

    /// <summary>The same example, corrected, in Markdown with fences.</summary>
    public required string Good { get; init; }

    /// <summary>How to fix what it finds, in Markdown.</summary>
    public required string Fix { get; init; }

    /// <summary>When to disable it, in Markdown.</summary>
    public required string WhenOff { get; init; }
}

/// <summary>What a rule reads.</summary>
public enum RuleNeed
{
    /// <summary>A Prisma schema.</summary>
    Schema,

    /// <summary>The migrations, or the database that they make.</summary>
    Migrations,

    /// <summary>The files of the repository: package.json, scripts, CI, stray SQL.</summary>
    Repository,

    /// <summary>A live database.</summary>
    Database,

    /// <summary>The application's code.</summary>
    Code,
}
