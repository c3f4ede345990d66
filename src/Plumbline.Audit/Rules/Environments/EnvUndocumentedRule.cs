using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Comparison;
using Plumbline.TypeScript.Configuration;

namespace Plumbline.Audit.Rules.Environments;

/// <summary>No template or document mentions a variable that the schema needs.</summary>
internal sealed class EnvUndocumentedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "environment/env-undocumented",
        Title = "A variable that Prisma needs is not documented",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema, RuleNeed.Repository],
        What = """
            Variables of `url`, `directUrl` and `shadowDatabaseUrl` (in the schema, or in `prisma.config.ts`) that no environment file, template,
            Docker Compose file, deployment file or Markdown document of the repository mentions. Where one of several variables is enough, one must
            be documented.
            """,
        Why = "New developers learn about the variable only from an error (P1012, environment variable not found).",
        Bad = """
            ```prisma
            datasource db {
              provider  = "postgresql"
              url       = env("DATABASE_URL")
              directUrl = env("DIRECT_URL") // .env.example has DATABASE_URL only
            }
            ```
            """,
        Good = """
            ```sh
            # .env.example
            DATABASE_URL=postgresql://app:app@localhost:5432/shop
            DIRECT_URL=postgresql://app:app@localhost:5432/shop
            ```
            """,
        Fix = "Add the variable to `.env.example`, with a value that works locally, or a comment that explains it.",
        WhenOff = "When a tool that knows the variables sets up the environment.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        foreach (var project in context.Connections.Projects)
        {
            foreach (var references in (ReadOnlySpan<System.Collections.Immutable.ImmutableArray<UrlReference>>)[project.Url, project.DirectUrl, project.ShadowUrl])
            {
                var variables = references.Select(reference => reference.Variable).OfType<string>().ToList();
                if (variables.Count != references.Length || variables.Count == 0 || IsAssumed(project, references) ||
                    variables.Any(variable => IsDocumented(variable, context)))
                    continue;

                sink.Report(new Observation
                {
                    Title = $"{variables[0]} is not documented",
                    Message = $"{references[0].Location.Path} reads a database URL from {string.Join(" or ", variables)}; no template, environment file or document of the repository mentions it.",
                    Impact = "New developers learn about the variable only from an error (P1012).",
                    Recommendation = $"Add {variables[0]} to .env.example, with a comment that explains it.",
                    Project = project.Project.Name,
                    Subject = new Subject(SubjectKind.Environment, variables[0]),
                    Locations = [new FindingLocation(
                        PrismaConfigFile.IsConfig(references[0].Location.Path) ? LocationRole.Configuration : LocationRole.Schema, references[0].Location)],
                });
            }
        }
    }

    // Where nothing names a variable, the default was assumed.
    private static bool IsAssumed(ProjectConnection project, System.Collections.Immutable.ImmutableArray<UrlReference> references) =>
        references == project.Url && project.SchemaUrl.IsEmpty && project.Config is not { Url.IsEmpty: false };

    private static bool IsDocumented(string variable, RepositoryFacts context)
    {
        if (context.Connections.Candidates.Any(candidate => candidate.Variable == variable &&
            candidate.Origin is not (ConnectionOrigin.Code or ConnectionOrigin.PrismaConfig or ConnectionOrigin.PrismaSchema)))
            return true;

        foreach (var file in context.Connections.EnvironmentFiles)
        {
            if (Mentions(file.File, variable))
                return true;
        }

        foreach (var file in context.Repository.Files)
        {
            var isDocument = file.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || file.Name.EndsWith(".mdx", StringComparison.OrdinalIgnoreCase);
            if ((isDocument || ConnectionFiles.IsCompose(file.Path) || ConnectionFiles.IsDeployment(file.Path)) && Mentions(file, variable))
                return true;
        }

        return false;
    }

    // The name as a whole word: DATABASE_URL is no mention of SHADOW_DATABASE_URL, nor the other way round. A file that could not be read may mention it.
    private static bool Mentions(WorkspaceFile file, string variable)
    {
        if (file.Text is not { } text)
            return true;

        for (var at = text.Text.IndexOf(variable, StringComparison.Ordinal); at >= 0; at = text.Text.IndexOf(variable, at + 1, StringComparison.Ordinal))
        {
            var end = at + variable.Length;
            if ((at == 0 || !IsWord(text.Text[at - 1])) && (end == text.Text.Length || !IsWord(text.Text[end])))
                return true;
        }

        return false;

        static bool IsWord(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
    }
}
