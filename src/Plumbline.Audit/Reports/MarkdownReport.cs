using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Reports.Document;
using Plumbline.Audit.Workspace.Files;
using static Plumbline.Audit.Reports.MarkdownText;

namespace Plumbline.Audit.Reports;

/// <summary>Writes an audit as a report for people, in Markdown. Sections for which there is no content are left out.</summary>
public sealed class MarkdownReport
{
    private const int MattersMost = 5;
    private readonly AuditResult _result;
    private readonly TextWriter _output;

    private MarkdownReport(AuditResult result, TextWriter output)
    {
        _result = result;
        _output = output;
    }

    /// <summary>Writes the report; lines end in a line feed.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="path">The path that was asked to be audited, as it was given.</param>
    /// <param name="output">Takes the text.</param>
    public static void Write(AuditResult result, string path, TextWriter output)
    {
        var report = new MarkdownReport(result, output);
        report.Line($"# Database audit of {Code(path)}");
        report.WriteSummary();
        report.WriteFindings();
        ReportViews.WriteSchema(result.Views, output);
        report.WriteIndexes();
        ReportViews.WriteMigrations(result.Views, output);
        report.WritePlan();
        report.WriteChecklist();
        report.WriteVerified();
        report.WriteIncomplete();
        ReportViews.WriteDiagrams(result.Views, output);
    }

    private void WriteSummary()
    {
        Line("\n## Executive summary\n");
        Line($"**{VerdictText(_result.Readiness.Verdict)}**\n");
        foreach (var reason in _result.Readiness.Reasons)
            Line("- " + Escape(reason));

        Line("\n| critical | high | medium | low | info | verified | suppressed |\n|---|---|---|---|---|---|---|");
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"| {_result.Count(Severity.Critical)} | {_result.Count(Severity.High)} | {_result.Count(Severity.Medium)} | {_result.Count(Severity.Low)} | {_result.Count(Severity.Info)} | {_result.Verified.Length} | {_result.Suppressed} |"));
        Line("\nAudited:\n");
        foreach (var project in _result.Repository.Projects)
            Line($"- {Escape(project.Name)}: {(project.SchemaPath is { } schema ? "schema " + Code(RelativePath.Shown(schema)) : "no schema")}, {(project.History is { } history ? "migrations " + Code(RelativePath.Shown(history.Path)) : "no migrations")}");

        var most = _result.Findings.Where(f => f.Severity > Severity.Info).Take(MattersMost).ToList();
        if (most.Count == 0)
            return;

        Line("\nMost important:\n");
        for (var i = 0; i < most.Count; i++)
            Line(string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {Escape(most[i].Title)} ({most[i].Severity.Name()}, {Place(most[i])})"));
    }

    private void WriteFindings()
    {
        if (_result.Findings.IsEmpty)
            return;

        Line("\n## Detailed findings");
        var document = new MarkdownDocument(_result.Repository, _output);
        foreach (var finding in _result.Findings)
        {
            var section = FindingSection.Of(finding);
            var facts = new ReportTable(
                ["category", "severity", "rule", "effort", "fingerprint"],
                [[finding.Area, finding.Severity.Name(), finding.Rule, finding.Effort.Name(), finding.Fingerprint]],
                LeftOut: 0);
            document.Write(section with { Blocks = [facts, .. section.Blocks] });
        }
    }

    private void WriteIndexes()
    {
        var findings = _result.Findings.Where(f => f.Area == "index" || f.Rule is "drift/index" or "drift/unique").ToList();
        if (findings.Count == 0)
            return;

        Line("\n## Index analysis\n");
        Line("| table | index | severity | what |\n|---|---|---|---|");
        foreach (var finding in findings)
            Line($"| {Escape(finding.Subject.Table ?? "")} | {Escape(finding.Subject.Name)} | {finding.Severity.Name()} | {Escape(finding.Title)} |");
    }

    private void WritePlan()
    {
        var findings = _result.Findings.Where(f => f.Severity > Severity.Info).ToList();
        if (findings.Count == 0)
            return;

        Line("\n## Refactoring plan");
        foreach (var phase in findings.GroupBy(f => f.Phase).OrderBy(g => g.Key))
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"\n### Phase {phase.Key}: {PhaseName(phase.Key)}\n"));
            Line("| what | effort | migration | risk |\n|---|---|---|---|");
            foreach (var finding in phase)
                Line($"| {Escape(finding.Title)} | {finding.Effort.Name()} | {Strategy(finding)} | {Risk(finding)} |");
        }
    }

    private void WriteChecklist()
    {
        var actions = _result.Findings.Where(f => f.Severity >= Severity.Medium).Select(f => f.Recommendation).Distinct(StringComparer.Ordinal).ToList();
        Line("\n## Recommendations\n");
        foreach (var action in actions)
            Line("- " + Escape(action));

        Line(actions.Count == 0 ? "Before deployment:\n" : "\nBefore deployment:\n");
        foreach (var finding in _result.Findings.Where(f => f.Severity >= Severity.High))
            Line($"- [ ] Fixed: {Escape(finding.Title)}");

        Line("- [ ] The migrations have been run on a copy of the database.\n- [ ] A backup exists, and restoring it was tested.");
        Line("\nAfter deployment:\n");
        Line("- [ ] `prisma migrate status` reports that all migrations are applied.\n- [ ] `plumb audit` reports nothing new.");
    }

    private void WriteVerified()
    {
        if (_result.Verified.IsEmpty)
            return;

        Line("\n## Verified\n");
        foreach (var check in _result.Verified.GroupBy(f => f.Check, StringComparer.Ordinal))
        {
            var subjects = check.Select(f => f.Subject.ToString()).Distinct(StringComparer.Ordinal).ToList();
            Line(string.Create(CultureInfo.InvariantCulture, $"- {check.Key} ({subjects.Count}): {string.Join(", ", subjects.Select(Escape))}"));
        }

        if (_result.Verified.FirstOrDefault(f => f.Order is not null) is { Order: { } order })
            Line($"\nThis holds when the migrations run in this order: {string.Join(", ", order.Select(Code))}.");
    }

    private void WriteIncomplete()
    {
        if (_result.Incomplete.IsEmpty)
            return;

        Line("\n## Not checked\n");
        foreach (var incomplete in _result.Incomplete)
            Line($"- {Escape(incomplete.What)}: {Escape(incomplete.Why)}");
    }

    private static string Place(Finding finding) => finding.Locations is [var first, ..] ? Code(first.Place.ToString()) : "no place";

    private static string VerdictText(Verdict verdict) => verdict switch
    {
        Verdict.NotReady => "Not ready to deploy.",
        Verdict.Unknown => "Unknown: something that was requested could not be checked.",
        Verdict.ReadyWithWarnings => "Ready to deploy, with warnings.",
        _ => "Ready to deploy.",
    };

    private static string PhaseName(int phase) => phase switch
    {
        1 => "fix before deployment",
        2 => "fix soon",
        3 => "fix when convenient",
        _ => "good to know",
    };

    private static string Strategy(Finding finding) => finding.Fix switch
    {
        { IsForDatabase: true, Kind: not FixKind.Destructive } => "on this database only",
        { Sql: not null, Kind: FixKind.Safe } => "one migration",
        { Sql: not null, Kind: FixKind.NeedsBackfill } => "expand, backfill, then constrain",
        { Sql: not null } => "after a backup",
        { Patch: not null } => "none: edit the file",
        _ => "written by hand",
    };

    private static string Risk(Finding finding) => finding.Fix?.Kind switch
    {
        FixKind.Safe => "low",
        FixKind.NeedsBackfill => "existing rows need a check",
        FixKind.Destructive => "data is lost",
        _ => "needs a review",
    };

    private void Line(string text)
    {
        _output.Write(text);
        _output.Write('\n');
    }
}
