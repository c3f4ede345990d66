using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Schema.Comparison;

namespace Plumbline.Cli.Terminal;

/// <summary>An audit as a person wants to read it: the findings, the gravest first, each with its places, its meaning and its fix; then the verdict and what to
/// do next.</summary>
internal sealed class AuditPage
{
    private static readonly ImmutableArray<Severity> Severities = [Severity.Critical, Severity.High, Severity.Medium, Severity.Low, Severity.Info];

    // What matters little is told in one line each, and not without end.
    private const int BriefFindingsOfRule = 5;

    private readonly TerminalPage _page;
    private readonly AuditResult _result;
    private readonly bool _isVerbose;
    private readonly bool _isQuiet;

    private AuditPage(AuditResult result, TerminalPage page, bool isVerbose, bool isQuiet)
    {
        _result = result;
        _page = page;
        _isVerbose = isVerbose;
        _isQuiet = isQuiet;
    }

    /// <summary>Writes an audit.</summary>
    public static void Write(AuditResult result, TerminalPage page, bool isVerbose, bool isQuiet) => new AuditPage(result, page, isVerbose, isQuiet).Write();

    private void Write()
    {
        if (!_isQuiet)
        {
            WriteHeader();
        }

        var block = new FindingBlock(_page, _result.Repository, _isVerbose);
        foreach (var severity in Severities)
        {
            var isBrief = severity <= Severity.Low && !_isVerbose;
            if (_isQuiet && isBrief)
            {
                continue;
            }

            foreach (var area in _result.Findings.Where(finding => finding.Severity == severity).GroupBy(finding => finding.Area).OrderBy(area => area.Key, StringComparer.Ordinal))
            {
                WriteHeading(severity, area.Key, area.Count());
                if (isBrief)
                {
                    WriteBrief(area);
                }
                else
                {
                    foreach (var finding in area)
                    {
                        block.Write(finding);
                    }
                }
            }
        }

        WriteSummary();
        if (!_isQuiet)
        {
            WriteNext();
        }
    }

    private void WriteHeader()
    {
        foreach (var project in _result.Repository.Projects)
        {
            var migrations = project.History is { } history ? $"{Counted(history.Migrations.Length, "migration")} in {history.Path}" : "no migrations";
            _page.Write(project.Name, Styles.Strong).WriteLine(
                $"  {project.SchemaPath ?? "no schema"} · {migrations} · Prisma {project.PrismaVersion.Major}", Styles.Faint);
        }

        if (_result.Repository.Platform == Platform.Supabase)
        {
            _page.WriteLine($"Supabase's schemas, roles and functions are taken as given (seen in {_result.Repository.PlatformEvidence}).", Styles.Faint);
        }

        if (_result.Repository.PostgreSqlVersionEvidence is { } evidence)
        {
            _page.WriteLine($"PostgreSQL {_result.Repository.PostgreSqlVersion} is taken as the server ({evidence}).", Styles.Faint);
        }

        foreach (var nested in _result.Repository.NestedRepositories)
        {
            _page.WriteLine($"{nested} is a repository of its own and was left out.", Styles.Faint);
        }

        if (_isVerbose)
        {
            WriteOtherSqlFiles();
        }

        _page.WriteLine();
    }

    private void WriteOtherSqlFiles()
    {
        foreach (var dialect in _result.OtherSqlFiles.GroupBy(file => file.Dialect).OrderBy(dialect => dialect.Key, StringComparer.Ordinal))
        {
            _page.WriteLine($"{Counted(dialect.Count(), "SQL file")} for {dialect.Key}, left alone:", Styles.Faint);
            foreach (var file in dialect)
            {
                _page.WriteLine("  " + file.Path, Styles.Path);
            }
        }
    }

    private void WriteHeading(Severity severity, string area, int count)
    {
        var title = $"{severity.Name()} · {area} ";
        var number = $" {count}";
        var rule = new string('─', Math.Max(3, Math.Min(_page.Width, 100) - title.Length - number.Length - 3));
        _page.Write("── ", Styles.Frame).Write(title, Styles.Of(severity)).Write(rule, Styles.Frame).WriteLine(number, Styles.Frame).WriteLine();
    }

    private void WriteBrief(IEnumerable<Finding> findings)
    {
        foreach (var rule in findings.GroupBy(finding => finding.Rule))
        {
            var all = rule.ToList();
            _page.Write("  ").WriteLine(rule.Key, Styles.Of(all[0].Severity));
            foreach (var finding in all.Take(BriefFindingsOfRule))
            {
                _page.Write("    " + finding.Title);
                _page.WriteLine(finding.Locations.IsEmpty ? "" : $"  {finding.Locations[0].Place}", Styles.Path);
            }

            if (all.Count > BriefFindingsOfRule)
            {
                _page.WriteLine($"    and {all.Count - BriefFindingsOfRule} more", Styles.Faint);
            }
        }

        _page.WriteLine();
    }

    private void WriteSummary()
    {
        var (name, style) = _result.Readiness.Verdict switch
        {
            Verdict.Ready => ("READY", Styles.Good),
            Verdict.ReadyWithWarnings => ("READY, WITH WARNINGS", Styles.Changed),
            Verdict.Unknown => ("UNKNOWN", Styles.Changed),
            _ => ("NOT READY", Styles.Of(Severity.Critical)),
        };
        _page.Write(name, style).Write("  ");
        var present = Severities.Where(severity => _result.Count(severity) > 0).ToList();
        for (var i = 0; i < present.Count; i++)
        {
            _page.Write(i == 0 ? "" : ", ").Write($"{_result.Count(present[i])} {present[i].Name()}", Styles.Of(present[i]));
        }

        _page.Write(present.Count == 0 ? "no findings" : "");
        _page.Write(
            $" · {Counted(_result.Verified.Length, "fact")} verified",
            Styles.Faint).WriteLine(_result.Suppressed > 0 ? $" · {_result.Suppressed} suppressed" : "", Styles.Faint);
    }

    private void WriteNext()
    {
        if (_result.Readiness.Verdict is Verdict.Unknown)
        {
            foreach (var reason in _result.Readiness.Reasons)
            {
                _page.WriteProse(reason, "  ", "  ");
            }
        }

        foreach (var incomplete in _result.Incomplete)
        {
            _page.WriteProse($"Not checked: {incomplete.What}: {incomplete.Why}", "  ", "  ", Styles.Faint);
        }

        if (_result.Findings is not [var first, ..])
        {
            return;
        }

        _page.WriteLine();
        if (first.Severity >= Severity.Medium)
        {
            _page.Write("Next: ", Styles.Advice).Write(first.Severity >= Severity.High ? "mend what is critical and high first. " : "look at what is medium. ");
            _page.Write($"plumb explain {first.Rule}", Styles.Strong).WriteLine(" says why it matters.");
        }

        if (!_isVerbose && _result.Findings.Any(finding => finding.Severity <= Severity.Low))
        {
            _page.Write("plumb audit --verbose", Styles.Strong).WriteLine(" shows everything with its places.", Styles.Faint);
        }
    }

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
