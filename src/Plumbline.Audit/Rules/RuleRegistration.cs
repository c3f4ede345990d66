using System.Collections.Immutable;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules;

/// <summary>What one rule wants to see, and how it words findings over several of its observations.</summary>
internal sealed class RuleRegistration
{
    /// <summary>What looks at the repository as a whole.</summary>
    public Action<RepositoryFacts, ObservationSink>? Repository { get; private set; }

    /// <summary>What looks at each project that has what the rule needs.</summary>
    public Action<ProjectFacts, ObservationSink>? Project { get; private set; }

    /// <summary>What looks at each live database that was asked for and reached; once where several projects share it.</summary>
    public Action<LiveFacts, ObservationSink>? Database { get; private set; }

    /// <summary>The changes from the migrations to the schema that the rule owns.</summary>
    public ImmutableArray<ChangeSelector> Changes { get; private set; } = [];

    /// <summary>The changes from the migrations to a live database that the rule owns.</summary>
    public ImmutableArray<ChangeSelector> LiveChanges { get; private set; } = [];

    /// <summary>What describes a change that leads from the migrations to the schema; null where a Prisma schema cannot express it.</summary>
    public Func<SchemaChange, ProjectFacts, DriftText?>? Describe { get; private set; }

    /// <summary>What describes a column of a table that only a file beside the migrations creates.</summary>
    public Func<SchemaChange, ProjectFacts, DriftText?>? DescribeStray { get; private set; }

    /// <summary>What records where schema and migrations of a project agree.</summary>
    public Action<Agreements, string, ObservationSink>? Agreement { get; private set; }

    /// <summary>What looks at each statement of the migrations.</summary>
    public StatementCheck? Statement { get; private set; }

    /// <summary>What looks at each database URL of the repository.</summary>
    public UrlCheck? Url { get; private set; }

    /// <summary>What looks at each suppression when it is known what it suppressed.</summary>
    public Action<Suppression, SuppressionUse, ObservationSink>? Suppression { get; private set; }

    /// <summary>What words a finding over several observations of this rule; null for the engine's words.</summary>
    public Func<ImmutableArray<ReportedObservation>, FindingText?>? Wording { get; private set; }

    /// <summary>Looks at the repository as a whole.</summary>
    public void OnRepository(Action<RepositoryFacts, ObservationSink> check) => Repository = check;

    /// <summary>Looks at each project that has what the rule needs.</summary>
    public void OnProject(Action<ProjectFacts, ObservationSink> check) => Project = check;

    /// <summary>Looks at each live database.</summary>
    public void OnDatabase(Action<LiveFacts, ObservationSink> check) => Database = check;

    /// <summary>Owns kinds of changes.</summary>
    /// <param name="changes">The kinds; each has exactly one owner among all rules.</param>
    /// <param name="describe">Describes a change from the migrations to the schema; null where a Prisma schema cannot express these kinds.</param>
    public void OnChange(ImmutableArray<ChangeSelector> changes, Func<SchemaChange, ProjectFacts, DriftText?>? describe = null) => OnChange(changes, changes, describe);

    /// <summary>Owns kinds of changes that mean something else in a live database: what is added there is extra, what the schema adds is missing.</summary>
    /// <param name="changes">The kinds from the migrations to the schema.</param>
    /// <param name="liveChanges">The kinds from the migrations to a live database.</param>
    /// <param name="describe">Describes a change from the migrations to the schema.</param>
    public void OnChange(
        ImmutableArray<ChangeSelector> changes, ImmutableArray<ChangeSelector> liveChanges, Func<SchemaChange, ProjectFacts, DriftText?>? describe)
    {
        Changes = changes;
        LiveChanges = liveChanges;
        Describe = describe;
    }

    /// <summary>Looks at the columns of tables that only a file beside the migrations creates.</summary>
    public void OnStrayColumn(Func<SchemaChange, ProjectFacts, DriftText?> describe) => DescribeStray = describe;

    /// <summary>Records where schema and migrations of a project agree.</summary>
    /// <param name="verify">Receives the agreements and the name of the project.</param>
    public void OnAgreement(Action<Agreements, string, ObservationSink> verify) => Agreement = verify;

    /// <summary>Looks at each statement of the migrations.</summary>
    public void OnStatement(StatementCheck check) => Statement = check;

    /// <summary>Looks at each database URL of the repository.</summary>
    public void OnUrl(UrlCheck check) => Url = check;

    /// <summary>Looks at each suppression.</summary>
    public void OnSuppression(Action<Suppression, SuppressionUse, ObservationSink> check) => Suppression = check;

    /// <summary>Words findings over several observations of this rule that have one cause; null leaves a finding to the engine's words.</summary>
    public void Word(Func<ImmutableArray<ReportedObservation>, FindingText?> wording) => Wording = wording;
}

/// <summary>How a rule looks at statements that do harm on a database in use: they lose data, break the running application or hold locks.</summary>
/// <param name="Look">Finds the harmful parts of a statement, given all statements of the history.</param>
/// <param name="Impact">What follows from such a statement.</param>
/// <param name="Recommendation">What to write instead.</param>
internal sealed record StatementCheck(Func<MigrationStatement, MigrationStatements, IEnumerable<StatementHit>> Look, string Impact, string Recommendation)
{
    /// <summary>With how many rows of the table the harm begins; null where rows do not matter.</summary>
    public long? HarmBegins { get; init; }

    /// <summary>Whether it follows from the way in which Prisma runs a file, and says nothing about a history that a program of the team's own runs.</summary>
    public bool FollowsFromPrisma { get; init; }

    /// <summary>How much work it is to write it otherwise.</summary>
    public Effort Effort { get; init; }
}

/// <summary>A harmful part of a statement.</summary>
/// <param name="What">What it does, as a sentence without a period: <c>The column users.name is dropped</c>.</param>
/// <param name="Subject">What it does it to.</param>
/// <param name="Place">Where it is.</param>
internal sealed record StatementHit(string What, Subject Subject, Plumbline.Schema.Text.SourceLocation Place);

/// <summary>How a rule looks at database URLs. URLs with the same cause form one finding. Nothing that it reports holds a password.</summary>
/// <param name="CauseOf">What is wrong with a URL, as a text that is the same for all URLs with one cause; null where nothing is.</param>
/// <param name="Describe">Describes it; project, subject, places and cause are filled in.</param>
internal sealed record UrlCheck(
    Func<ConnectionCandidate, DatabaseUrl, RepositoryFacts, string?> CauseOf, Func<ConnectionCandidate, DatabaseUrl, RepositoryFacts, Observation> Describe);

/// <summary>What a suppression did in this run.</summary>
/// <param name="Suppressed">How many observations it suppressed.</param>
/// <param name="Rule">The rule that it names; null where there is none of that name.</param>
/// <param name="RuleRan">Whether that rule ran.</param>
internal sealed record SuppressionUse(int Suppressed, RuleDescriptor? Rule, bool RuleRan);
