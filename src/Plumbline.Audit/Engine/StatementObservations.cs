using System.Globalization;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.Audit.Rules;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Engine;

/// <summary>Shows a rule the statements of a project's migrations.</summary>
internal static class StatementObservations
{
    /// <summary>Reports what the rule says of them: of pending migrations each by itself, of applied ones all together as history.</summary>
    public static void Report(string ruleName, StatementCheck check, ProjectFacts project, ObservationSink sink)
    {
        if (check.FollowsFromPrisma && project.OwnRunner is not null)
            return;

        foreach (var statement in project.Statements.AsRun)
        {
            if (project.IsFilledByRunner(statement.Text, statement.Caller))
                continue;

            foreach (var hit in check.Look(statement, project.Statements))
            {
                var table = TableOf(hit.Subject, project);
                if (statement.IsPending && table is not null && project.RowFacts?.Has(table) is not true && project.Statements.IsMadeWhilePending(statement, table))
                    continue;

                sink.Report(Observe(ruleName, check, statement, hit, table, project));
            }
        }
    }

    private static Observation Observe(string ruleName, StatementCheck check, MigrationStatement statement, StatementHit hit, ObjectName? table, ProjectFacts project)
    {
        var rows = statement.IsPending && table is not null && check.HarmBegins is not null ? project.RowFacts?.Of(table) : null;
        var evidence = new Evidence { IsApplied = !statement.IsPending, Rows = rows, HarmBegins = check.HarmBegins };
        return new Observation
        {
            Title = hit.What,
            Message = $"The statement is in the migration {statement.Migration.Name}.{(evidence.IsHarmless ? RowsText(rows!.Value) : "")}",
            Impact = check.Impact,
            Recommendation = statement.IsPending
                ? check.Recommendation
                : $"Nothing needs to be done about applied migrations. For the next one: {char.ToLowerInvariant(check.Recommendation[0])}{check.Recommendation[1..]}",
            Project = project.Name,
            Subject = hit.Subject,
            Locations = [new FindingLocation(LocationRole.Migration, hit.Place)],
            Evidence = evidence,
            Cause = statement.IsPending ? null : new Cause(CauseKind.AppliedMigrations, ruleName, "The migrations are assumed to be applied everywhere"),
            Effort = check.Effort,
        };
    }

    private static ObjectName? TableOf(Subject subject, ProjectFacts project) =>
        (subject.Kind == SubjectKind.Table ? subject.Name : subject.Table) is { } table ? new ObjectName(project.SchemaOf(subject.Schema), table) : null;

    private static string RowsText(long rows) => rows switch
    {
        0 => " In the live database, the table is empty.",
        1 => " In the live database, the table has one row.",
        _ => string.Create(CultureInfo.InvariantCulture, $" In the live database, the table has only about {rows} rows."),
    };
}
