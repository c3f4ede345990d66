using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Files;

namespace Plumbline.Audit.Reports.Document;

/// <summary>Turns an audit into the document that a person reads: what was read, one section for each finding, and last the verdict.</summary>
public sealed class AuditDocument
{
    private const int ShownProjects = 8;
    private const int ShownIncomplete = 5;
    private const int ShownRules = 3;
    private static readonly ImmutableArray<Severity> Severities = [Severity.Critical, Severity.High, Severity.Medium, Severity.Low, Severity.Info];
    private readonly AuditResult _result;
    private readonly AuditDocumentOptions _options;

    private AuditDocument(AuditResult result, AuditDocumentOptions options)
    {
        _result = result;
        _options = options;
    }

    /// <summary>The document of an audit.</summary>
    public static ReportDocument Of(AuditResult result, AuditDocumentOptions options) => new AuditDocument(result, options).Build();

    private ReportDocument Build()
    {
        var listed = _result.Findings.Where(IsListed).Select(finding => FindingSection.Of(finding, _options.IsVerbose));
        return new ReportDocument(_options.IsQuiet ? [] : [.. Header()], [.. listed], [.. Closing()]);
    }

    private bool IsListed(Finding finding) => _options.IsVerbose || (finding.Severity >= _options.LowestListed && !IsNote(finding));

    // What a migration did that is applied everywhere can no longer be changed.
    private static bool IsNote(Finding finding) => finding.Severity == Severity.Info && finding.Cause?.Kind == CauseKind.AppliedMigrations;

    private IEnumerable<ReportBlock> Header()
    {
        var projects = _result.Repository.Projects;
        foreach (var project in projects.Take(_options.IsVerbose ? int.MaxValue : ShownProjects))
        {
            var migrations = project.History is { } history ? $"{Plural.Of(history.Migrations.Length, "migration", "migrations")} in {RelativePath.Shown(history.Path)}" : "no migrations";
            var copy = project.CopyOf is { } original ? $" (the same as {original})" : "";
            yield return new ReportText($"Read {project.Name}: {(project.SchemaPath is { } schema ? RelativePath.Shown(schema) : "no schema")}{copy}, {migrations}, Prisma {project.PrismaVersion.Major}");
        }

        if (!_options.IsVerbose && projects.Length > ShownProjects)
            yield return new ReportText($"and {Plural.Of(projects.Length - ShownProjects, "more project", "more projects")}; --verbose lists them", ReportTone.Faint);

        var server = _result.Repository.PostgreSqlVersionEvidence ?? "no version found in the repository; plumb.yaml can set it with \"postgres\"";
        yield return new ReportText($"Assuming PostgreSQL {_result.Repository.PostgreSqlVersion} ({server})", ReportTone.Faint);
        if (_result.Repository.Platform == Platform.Supabase)
        {
            var evidence = _result.Repository.PlatformEvidence is { } text ? $" ({text})" : "";
            yield return new ReportText($"Assuming Supabase's built-in schemas, roles and functions exist{evidence}", ReportTone.Faint);
        }

        if (_result.Repository.NestedRepositories is { IsEmpty: false } nested)
            yield return new ReportText($"Skipped because {(nested.Length == 1 ? "it is a separate repository" : "they are separate repositories")}: {string.Join(", ", nested)}", ReportTone.Faint);

        if (!_options.IsVerbose)
            yield break;

        foreach (var dialect in _result.OtherSqlFiles.GroupBy(file => file.Dialect).OrderBy(dialect => dialect.Key, StringComparer.Ordinal))
        {
            yield return new ReportText(
                $"Skipped because {(dialect.Count() == 1 ? "it is" : "they are")} written for {dialect.Key}: {string.Join(", ", dialect.Select(file => file.Path))}", ReportTone.Faint);
        }
    }

    private IEnumerable<ReportBlock> Closing()
    {
        var collapsed = _options.IsQuiet ? [] : _result.Findings.Where(finding => !IsListed(finding) && !IsNote(finding)).ToList();
        foreach (var severity in collapsed.GroupBy(finding => finding.Severity))
            yield return new ReportText($"{Plural.Of(severity.Count(), $"{severity.Key.Name()} finding", $"{severity.Key.Name()} findings")}: {ByRule(severity)}", Severity: severity.Key);

        var notes = _options.IsQuiet || _options.IsVerbose ? [] : _result.Findings.Where(IsNote).ToList();
        if (notes.Count > 0)
            yield return new ReportText($"{Plural.Of(notes.Count, "note", "notes")} on applied migrations: {ByRule(notes)}", ReportTone.Faint);

        if (!_options.IsQuiet)
        {
            foreach (var block in NotChecked())
                yield return block;
        }

        yield return new ReportText(VerdictText(), Severity: SeverityOf(_result.Readiness.Verdict));
        if (!_options.IsQuiet && Next(collapsed.Count + notes.Count) is { } next)
            yield return new ReportText(next, ReportTone.Advice);
    }

    private IEnumerable<ReportBlock> NotChecked()
    {
        var shown = _options.IsVerbose ? int.MaxValue : ShownIncomplete;
        foreach (var incomplete in _result.Incomplete.OrderByDescending(item => item.WasAskedFor).Take(shown))
            yield return new ReportText($"Not checked: {incomplete.What}{(char.IsUpper(incomplete.Why[0]) ? ". " : "; ")}{incomplete.Why}", ReportTone.Faint);

        if (_result.Incomplete.Length > shown)
            yield return new ReportText($"and {_result.Incomplete.Length - shown} more not checked; --verbose lists them", ReportTone.Faint);
    }

    private string VerdictText()
    {
        var counts = Severities
            .Where(severity => _result.Count(severity) > 0)
            .Select(severity => $"{_result.Count(severity)} {severity.Name()}")
            .ToList();
        var verdict = _result.Readiness.Verdict switch
        {
            Verdict.Ready => "READY",
            Verdict.ReadyWithWarnings => "READY, WITH WARNINGS",
            Verdict.Unknown => "UNKNOWN",
            _ => "NOT READY",
        };
        var found = counts.Count == 0 ? "no findings" : string.Join(", ", counts);
        var suppressed = _result.Suppressed > 0 ? $" · {_result.Suppressed} suppressed" : "";
        var accepted = _result.Accepted > 0 ? $" · {_result.Accepted} accepted by {BaselineFile.FileName}" : "";
        return $"{verdict}: {found} · {Plural.Of(_result.Verified.Length, "check passed", "checks passed")}{suppressed}{accepted}";
    }

    private string? Next(int hidden)
    {
        var path = _options.Path.Contains(' ', StringComparison.Ordinal) ? $"\"{_options.Path}\"" : _options.Path;
        var audit = path == "." ? "plumb audit" : $"plumb audit {path}";
        if (_result.Findings.FirstOrDefault(IsListed) is { } first)
            return $"Next: plumb explain {first.Rule}{(hidden > 0 ? $"; {audit} --verbose lists the rest" : "")}";

        return hidden > 0 ? $"Next: {audit} --verbose" : null;
    }

    private static Severity? SeverityOf(Verdict verdict) => verdict switch
    {
        Verdict.NotReady => Severity.Critical,
        Verdict.Ready => null,
        _ => Severity.Medium,
    };

    private static string ByRule(IEnumerable<Finding> findings)
    {
        var rules = findings.GroupBy(f => f.Rule, StringComparer.Ordinal).OrderByDescending(g => g.Count()).Select(g => g.Count() == 1 ? g.Key : $"{g.Key} ({g.Count()})").ToList();
        return string.Join(", ", rules.Take(ShownRules)) + (rules.Count > ShownRules ? $", and {Plural.Of(rules.Count - ShownRules, "more rule", "more rules")}" : "");
    }
}
