using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A script that runs <c>prisma db push</c> in a repository with migrations.</summary>
internal sealed class DbPushInScriptRule : Rule
{
    // "db push" is meant for throwaway databases.
    private static readonly string[] ThrowAway = ["test", "tests", "e2e", "ci", "local", "mock", "preview", "playground", "prototype", "integration", "preintegration"];

    // Scripts that run against databases with data to keep. npm runs the last four automatically.
    private static readonly string[] Deploying =
        ["deploy", "deployment", "release", "prod", "production", "start", "serve", "build", "vercel", "heroku", "docker", "postinstall", "prestart", "postbuild", "prebuild"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/db-push-in-script",
        Title = "A script changes the database without a migration",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository, RuleNeed.Migrations],
        What = """
            Scripts and CI steps that run `prisma db push` in a repository with migrations. Medium where a build, start or deploy step runs it, directly or through another script; low
            for development scripts and CI jobs. Scripts for tests and for throwaway databases are ignored.
            """,
        Why = "`db push` makes a database match the schema without a migration. The change is missing from the history, so the next database that is built from the migrations lacks it.",
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
        Fix = "Run `prisma migrate deploy` in build and deploy steps, and `prisma migrate dev` during development.",
        WhenOff = "When the scripts are used only for prototypes.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        if (!context.Projects.Any(p => p.Project.History is { Migrations.IsEmpty: false }))
            return;

        foreach (var group in context.Commands.Scripts.Where(s => s.Command.RunsPrisma("db", "push") && !Has(s.Script.Name, ThrowAway)).GroupBy(s => s.Package))
        {
            ScriptCommand[] scripts = [.. group.DistinctBy(s => s.Script)];
            string[] deploying = [.. scripts.Select(s => DeployingStep(s, context)).OfType<string>().Distinct(StringComparer.Ordinal)];
            sink.Report(new Observation
            {
                Severity = deploying.Length > 0 ? null : Severity.Low,
                Title = deploying.Length > 0
                    ? $"{group.Key.File.Path} deploys schema changes with prisma db push ({string.Join(", ", deploying)})"
                    : scripts.Length == 1
                    ? $"The script {scripts[0].Script.Name} in {group.Key.File.Path} runs prisma db push although there are migrations"
                    : $"{group.Key.File.Path} has scripts that run prisma db push although there are migrations ({string.Join(", ", scripts.Select(s => s.Script.Name))})",
                Message = string.Join(" ", scripts.Select(s => $"{s.Script.Name}: {s.Script.Command}.")),
                Impact = deploying.Length > 0
                    ? "Deployed databases get changes that are in no migration, so databases built from the migrations lack them."
                    : "A developer's database can have changes that are in no migration.",
                Recommendation = deploying.Length > 0
                    ? "Run prisma migrate deploy there."
                    : "Use prisma migrate dev during development, and keep db push for prototypes.",
                Project = context.ProjectOf(group.Key)?.Name,
                Subject = new Subject(SubjectKind.Package, group.Key.Name ?? group.Key.File.Path),
                Locations = [.. scripts.Select(s => new FindingLocation(LocationRole.Configuration, s.Script.Location))],
            });
        }

        foreach (var group in context.Commands.Ci.Where(c => c.Command.RunsPrisma("db", "push") && !Has(c.File.Name, ThrowAway)).GroupBy(c => c.File))
        {
            var isDeployment = Has(group.Key.Name, ["deploy", "release", "production", "prod", "publish"]) && !Has(group.Key.Name, ["check", "checks"]);
            sink.Report(new Observation
            {
                Severity = isDeployment ? null : Severity.Low,
                Title = $"{group.Key.Path} runs prisma db push instead of the migrations",
                Message = "The job makes its database match the schema without running a migration.",
                Impact = isDeployment
                    ? "Deployed databases get changes that are in no migration."
                    : "The tests run on a database that can differ from the one that the migrations create, and nobody notices.",
                Recommendation = "Run prisma migrate deploy there, so that every change also tests the migrations.",
                Project = null,
                Subject = new Subject(SubjectKind.File, group.Key.Path),
                Locations = [.. group.Select(c => new FindingLocation(LocationRole.Configuration, c.Place))],
            });
        }
    }

    // The build or deploy step that runs a script: itself, or one of its package that calls it.
    private static string? DeployingStep(ScriptCommand script, RepositoryFacts context)
    {
        if (Has(script.Script.Name, Deploying) && !Has(script.Script.Name, ["dev"]))
            return script.Script.Name;

        return context.Commands.Scripts
            .Where(s => s.Package == script.Package && s.Script != script.Script && s.Command.Words.Contains(script.Script.Name) && Has(s.Script.Name, Deploying) &&
                !Has(s.Script.Name, ThrowAway) && !Has(s.Script.Name, ["dev"]))
            .Select(s => s.Script.Name)
            .FirstOrDefault();
    }

    private static bool Has(string name, string[] words) => name.Split([':', '-', '_', '.', '/']).Any(part => words.Contains(part, StringComparer.OrdinalIgnoreCase));
}
