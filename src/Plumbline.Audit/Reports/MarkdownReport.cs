using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using static Plumbline.Audit.Reports.MarkdownText;

namespace Plumbline.Audit.Reports;

/// <summary>Writes an audit as a report for people, in Markdown. Sections for which there is no content are left out.</summary>
public sealed class MarkdownReport
{
    private const int MattersMost = 5;
    private readonly AuditResult _result;
    private readonly TextWriter _output;
    private readonly SourceExcerpts _excerpts;

    private MarkdownReport(AuditResult result, TextWriter output)
    {
        _result = result;
        _output = output;
        _excerpts = new SourceExcerpts(result.Repository);
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
            Line($"- {Escape(project.Name)}: {(project.SchemaPath is { } schema ? "schema " + Code(schema) : "no schema")}, {(project.History is { } history ? "migrations " + Code(history.Path) : "no migrations")}");

        var most = _result.Findings.Where(f => f.Severity > Severity.Info).Take(MattersMost).ToList();
        if (most.Count == 0)
            return;

        Line("\nWhat matters most:\n");
        for (var i = 0; i < most.Count; i++)
            Line(string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {Escape(most[i].Title)} ({most[i].Severity.Name()}, {Place(most[i])})"));
    }

    private void WriteFindings()
    {
        if (_result.Findings.IsEmpty)
            return;

        Line("\n## Detailed findings");
        foreach (var finding in _result.Findings)
        {
            Line($"\n### {Escape(finding.Title)}\n");
            Line($"| category | severity | rule | effort | fingerprint |\n|---|---|---|---|---|");
            Line($"| {finding.Area} | {finding.Severity.Name()} | {finding.Rule} | {finding.Effort.Name()} | {finding.Fingerprint} |\n");
            Line(Escape(finding.Message) + "\n");
            WritePlaces(finding);
            if (finding.Expected is not null || finding.Found is not null)
                Line($"Expected: {(finding.Expected is { } expected ? Code(expected) : "nothing")}. Found: {(finding.Found is { } found ? Code(found) : "nothing")}.\n");

            Line($"**Impact.** {Escape(finding.Impact)}\n");
            Line($"**Recommendation.** {Escape(finding.Recommendation)}");
            if (finding.Fix?.Sql is { } sql)
                _output.Write($"\nFix ({finding.Fix.Kind.Name()}):\n\n{Block(sql, "sql")}");

            if (finding.Fix?.Patch is { } patch)
                _output.Write($"\nIn the schema:\n\n{Block(patch, "diff")}");
        }
    }

    private void WritePlaces(Finding finding)
    {
        const int Shown = 10;
        foreach (var location in finding.Locations.Take(Shown))
            Line($"- {location.Role.Name()}: {Code(location.Place.ToString())}");

        if (finding.Locations.Length > Shown)
            Line(string.Create(CultureInfo.InvariantCulture, $"- and {finding.Locations.Length - Shown} more places"));

        if (finding.Locations is [var first, ..] && _excerpts.Of(first.Place) is { Length: > 0 } excerpt)
            _output.Write($"\n{Block(excerpt, SourceExcerpts.LanguageOf(first.Place.Path))}");

        if (!finding.Locations.IsEmpty)
            Line("");
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
            Line($"- [ ] Mended: {Escape(finding.Title)}");

        Line("- [ ] The migrations run on a copy of the database.\n- [ ] There is a backup, and it was restored once.");
        Line("\nAfter deployment:\n");
        Line("- [ ] `prisma migrate status` says that all migrations are applied.\n- [ ] `plumb audit` reports nothing new.");
    }

    private void WriteVerified()
    {
        if (_result.Verified.IsEmpty)
            return;

        Line("\n## What was verified and holds\n");
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

        Line("\n## What could not be checked\n");
        foreach (var incomplete in _result.Incomplete)
            Line($"- {Escape(incomplete.What)}: {Escape(incomplete.Why)}");
    }

    private static string Place(Finding finding) => finding.Locations is [var first, ..] ? Code(first.Place.ToString()) : "no place";

    private static string VerdictText(Verdict verdict) => verdict switch
    {
        Verdict.NotReady => "Not ready to be deployed.",
        Verdict.Unknown => "Unknown: something that was asked for could not be checked.",
        Verdict.ReadyWithWarnings => "Ready to be deployed, with warnings.",
        _ => "Ready to be deployed.",
    };

    private static string PhaseName(int phase) => phase switch
    {
        1 => "what breaks",
        2 => "what does harm in time",
        3 => "what can wait",
        _ => "what is worth knowing",
    };

    private static string Strategy(Finding finding) => finding.Fix switch
    {
        { Sql: not null, Kind: FixKind.Safe } => "one migration",
        { Sql: not null, Kind: FixKind.NeedsBackfill } => "expand, fill, then constrain",
        { Sql: not null } => "after a backup",
        { Patch: not null } => "none: the schema changes",
        _ => "by hand",
    };

    private static string Risk(Finding finding) => finding.Fix?.Kind switch
    {
        FixKind.Safe => "low",
        FixKind.NeedsBackfill => "rows must be looked at",
        FixKind.Destructive => "data is lost",
        _ => "to be judged",
    };

    private void Line(string text)
    {
        _output.Write(text);
        _output.Write('\n');
    }
}
