using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules;

/// <summary>
/// A rule about statements that do harm on a database in use: they lose data, break the running application or hold locks. In a
/// migration that is known to be pending each is a finding. In migrations that are applied everywhere it is history, not advice:
/// all of them together are one note.
/// </summary>
internal abstract class LoadRule : ProjectRule
{
    /// <summary>What follows from such a statement.</summary>
    protected abstract string Impact { get; }

    /// <summary>What to write instead.</summary>
    protected abstract string Recommendation { get; }

    /// <summary>
    /// With how many rows of the table its harm begins: below, where a live database is at hand that has counted them, it is of little
    /// severity. Null where the harm has nothing to do with rows.
    /// </summary>
    protected virtual long? HarmBegins => null;

    /// <summary>How much work that is.</summary>
    protected virtual Effort Effort => Effort.Small;

    /// <summary>The harmful parts of a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="statements">All statements of the history.</param>
    protected abstract IEnumerable<LoadHit> Look(MigrationStatement statement, MigrationStatements statements);

    /// <inheritdoc/>
    protected sealed override void Check(ProjectFacts project, FindingCollector findings)
    {
        var applied = new List<(MigrationStatement Statement, LoadHit Hit)>();
        foreach (var statement in project.Statements.All)
        {
            foreach (var hit in Look(statement, project.Statements))
            {
                if (!statement.IsPending)
                {
                    applied.Add((statement, hit));
                    continue;
                }

                var table = TableOf(hit.Subject);
                if (table is not null && project.RowFacts?.Has(table) == false && project.Statements.IsMadeWhilePending(statement, table))
                    continue;

                var small = table is not null && project.RowFacts?.Of(table) is { } rows && rows < HarmBegins ? rows : (long?)null;
                findings.Add(new FindingDraft
                {
                    Severity = small is null || Descriptor.Severity < Severity.Low ? null : Severity.Low,
                    Title = hit.What,
                    Message = $"{statement.Migration.Name}: {hit.What}.{Rows(small)}",
                    Impact = Impact,
                    Recommendation = Recommendation,
                    Project = project.Name,
                    Subject = hit.Subject,
                    Locations = [new FindingLocation(LocationRole.Migration, hit.Place)],
                    Discriminator = statement.Migration.Name,
                    Effort = Effort,
                });
            }
        }

        if (applied.Count == 0)
            return;

        var migrations = applied.Select(a => a.Statement.Migration.Name).Distinct(StringComparer.Ordinal).Count();
        findings.Add(new FindingDraft
        {
            Severity = Severity.Info,
            Title = $"{Descriptor.Title}: {applied.Count} {(applied.Count == 1 ? "place" : "places")} in {migrations} {(migrations == 1 ? "migration" : "migrations")}",
            Message = $"{applied[0].Hit.What}{(applied.Count > 1 ? ", for example" : "")}. For migrations that are applied everywhere this is history; --since REV judges those that came after a revision.",
            Impact = Impact,
            Recommendation = "Nothing needs to be done about applied migrations. For the next one: " + char.ToLowerInvariant(Recommendation[0])
                + Recommendation[1..],
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, applied[0].Statement.Migration.Name),
            Locations = [.. applied.Select(a => new FindingLocation(LocationRole.Migration, a.Hit.Place))],
        });
    }

    private static ObjectName? TableOf(Subject subject) =>
        (subject.Kind == SubjectKind.Table ? subject.Name : subject.Table) is { } table ? new ObjectName(subject.Schema ?? "public", table) : null;

    private static string Rows(long? rows) => rows switch
    {
        null => "",
        0 => " The table of the live database is empty.",
        1 => " The table of the live database has one row.",
        _ => string.Create(CultureInfo.InvariantCulture, $" The table of the live database has only about {rows} rows."),
    };
}

/// <summary>A harmful part of a statement.</summary>
/// <param name="What">What it does, as a sentence without a period: <c>The column users.name is dropped</c>.</param>
/// <param name="Subject">What it does it to.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record LoadHit(string What, Subject Subject, SourceLocation Place);
