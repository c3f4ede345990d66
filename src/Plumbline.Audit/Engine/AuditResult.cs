using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Views;
using Plumbline.Audit.Workspace;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Engine;

/// <summary>All that an audit has to say.</summary>
public sealed record AuditResult
{
    /// <summary>The workspace that was audited.</summary>
    public required Repository Repository { get; init; }

    /// <summary>The verdict with its reasons.</summary>
    public required Readiness Readiness { get; init; }

    /// <summary>The findings, the most severe first; in the same order for the same input.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>What was checked and holds, sorted by check and subject.</summary>
    public required ImmutableArray<VerifiedFact> Verified { get; init; }

    /// <summary>What was not, or not wholly, checked.</summary>
    public required ImmutableArray<Incomplete> Incomplete { get; init; }

    /// <summary>The tables that reports show beside the findings; built when a report asks for them.</summary>
    public AuditViews Views => LazyViews.Value;

    internal Lazy<AuditViews> LazyViews { get; init; } = new(AuditViews.Empty);

    /// <summary>The SQL files that are written for another database, sorted by path: recognised, and left alone.</summary>
    public ImmutableArray<OtherSqlFile> OtherSqlFiles { get => LazyOtherSqlFiles.Value; init => LazyOtherSqlFiles = new(value); }

    internal Lazy<ImmutableArray<OtherSqlFile>> LazyOtherSqlFiles { get; init; } = new([]);

    /// <summary>The schemas that were computed, of the projects' Prisma schemas, migrations and databases.</summary>
    public ImmutableArray<DatabaseSchema> Schemas { get; init; } = [];

    /// <summary>Number of findings that a suppression in the files silenced.</summary>
    public int Suppressed { get; init; }

    /// <summary>Number of occurrences that the baseline accepts.</summary>
    public int Accepted { get; init; }

    /// <summary>Number of findings of a severity.</summary>
    public int Count(Severity severity) => Findings.Count(f => f.Severity == severity);
}

/// <summary>An SQL file that is written for another database.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Dialect">The database.</param>
public sealed record OtherSqlFile(string Path, string Dialect);
