using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A script that changes a database by <c>prisma db push</c> although there are migrations.</summary>
internal sealed class DbPushInScriptRule : Rule
{
    // Throw-away databases are what "db push" is for.
    private static readonly string[] ThrowAway = ["test", "e2e", "ci", "local", "mock", "preview", "playground", "prototype"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/db-push-in-script",
        Title = "A script changes the database past the migrations",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository, RuleNeed.Migrations],
        What = "Scripts and CI steps that run `prisma db push` in a repository with migrations. Scripts whose names speak of tests or of throw-away databases are left alone.",
        Why = "`db push` brings a database to the schema without a migration. What it changes is missing from the history, so the next database that is built from the migrations lacks it.",
        Bad = """
            ```json
            { "scripts": { "deploy": "prisma db push && node server.js", "db:migrate": "prisma migrate dev" } }
            ```
            """,
        Good = """
            ```json
            { "scripts": { "deploy": "prisma migrate deploy && node server.js", "db:migrate": "prisma migrate dev" } }
            ```
            """,
        Fix = "Run `prisma migrate deploy` where databases are to keep their data, and `prisma migrate dev` while developing.",
        WhenOff = "When the script is known to reach prototypes only.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        if (!context.Projects.Any(p => p.Project.History is { Migrations.IsEmpty: false }))
            return;

        foreach (var group in context.Commands.Scripts.Where(s => s.Command.RunsPrisma("db", "push") && !IsThrowAway(s.Script.Name)).GroupBy(s => s.Package))
        {
            ScriptCommand[] scripts = [.. group.DistinctBy(s => s.Script)];
            var names = string.Join(", ", scripts.Select(s => s.Script.Name));
            sink.Report(new Observation
            {
                // A script that only offers the command harms nobody until someone types it.
                Severity = scripts.All(s => s.Script.Name is "db:push" or "prisma:push" or "prisma:db:push" or "push") ? Severity.Low : null,
                Title = $"{group.Key.File.Path} runs prisma db push ({names})",
                Message = string.Join(" ", scripts.Select(s => $"{s.Script.Name}: {s.Script.Command}.")),
                Impact = "What db push changes is in no migration: a database that is built from the history lacks it.",
                Recommendation = "Use prisma migrate dev while developing and prisma migrate deploy elsewhere; keep db push for throw-away databases.",
                Project = context.ProjectOf(group.Key)?.Name,
                Subject = new Subject(SubjectKind.Package, group.Key.Name ?? group.Key.File.Path),
                Locations = [.. scripts.Select(s => new FindingLocation(LocationRole.Configuration, s.Script.Location))],
            });
        }

        foreach (var group in context.Commands.Ci.Where(c => c.Command.RunsPrisma("db", "push") && !IsThrowAway(c.File.Name)).GroupBy(c => c.File))
        {
            sink.Report(new Observation
            {
                Severity = Severity.Low,
                Title = $"{group.Key.Path} runs prisma db push",
                Message = "The workflow brings its database to the schema without running the migrations.",
                Impact = "What the tests run on is not what the migrations build, and drift between the two stays unseen.",
                Recommendation = "Run prisma migrate deploy there, so that the migrations are tried with every change.",
                Project = null,
                Subject = new Subject(SubjectKind.File, group.Key.Path),
                Locations = [.. group.Select(c => new FindingLocation(LocationRole.Configuration, c.Place))],
            });
        }
    }

    private static bool IsThrowAway(string name) =>
        name.Split([':', '-', '_', '.', '/']).Any(part => ThrowAway.Contains(part, StringComparer.OrdinalIgnoreCase));
}
