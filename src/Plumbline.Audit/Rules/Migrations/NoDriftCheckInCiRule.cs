using System.Text.RegularExpressions;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>No job of continuous integration compares the schema with the migrations.</summary>
internal sealed partial class NoDriftCheckInCiRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/no-drift-check-in-ci",
        Title = "No CI job compares the schema with the migrations",
        Severity = Severity.Low,
        Needs = [RuleNeed.Repository, RuleNeed.Migrations],
        What = """
            Repositories whose CI files never run `prisma migrate diff`, `migrate status`, `migrate dev` or Plumbline, whether directly, through a script of a `package.json`, or
            through a program of the repository. A step or script with `drift` in its name counts as such a check, and so does `prisma migrate deploy` followed by a `diff`.
            """,
        Why = "A schema that changes without a migration works on the developer's machine and fails after deployment. A check in CI finds it in the pull request that causes it.",
        Bad = """
            ```yaml
            steps:
              - run: npm ci
              - run: npx prisma generate
              - run: npm test
            ```
            """,
        Good = """
            ```yaml
            steps:
              - run: npm ci
              - run: npx prisma migrate diff --from-migrations prisma/migrations --to-schema prisma/schema.prisma --exit-code
              - run: npm test
            ```
            """,
        Fix = "Add a step that runs `plumb audit --area drift --fail-on low`, or `prisma migrate diff --exit-code` with a shadow database.",
        WhenOff = "When drift is checked elsewhere, such as before a release.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        var commands = context.Commands;
        if (commands.CiFilesFound.IsEmpty || !commands.IsWhole ||
            !context.Projects.Any(p => p.Project is { SchemaPath: not null, History.Migrations.IsEmpty: false }) ||
            ChecksDrift(context))
        {
            return;
        }

        var file = commands.CiFilesFound.FirstOrDefault(f => commands.Ci.Any(c => c.File == f &&
            c.Command.PrismaArguments is not null)) ?? commands.CiFilesFound.FirstOrDefault(f => Mentions(f, "prisma")) ??
            commands.CiFilesFound.FirstOrDefault(f => Mentions(f, "postgres")) ?? commands.CiFilesFound[0];
        sink.Report(new Observation
        {
            Title = "No CI job compares the schema with the migrations",
            Message =
                $"{(commands.CiFilesFound.Length == 1 ? $"{file.Path} does not run" : $"None of the {commands.CiFilesFound.Length} CI files runs")} prisma migrate diff, migrate status, migrate dev or plumb, directly or through a script.",
            Impact = "A schema change without a migration may be noticed only after deployment.",
            Recommendation = "Add a step that runs \"plumb audit --area drift --fail-on low\" on every change.",
            Project = null,
            Subject = new Subject(SubjectKind.File, file.Path),
            Locations = [new FindingLocation(LocationRole.Configuration, SourceLocation.StartOf(file.Path))],
        });
    }

    private static bool Mentions(WorkspaceFile file, string word) => file.Text?.Text.Contains(word, StringComparison.Ordinal) is true;

    private static bool ChecksDrift(RepositoryFacts context)
    {
        var programs = new Programs(context.Repository);
        return context.Commands.CiFilesFound.Any(file => ChecksDrift(context.Commands.ReachedBy(file), context.Commands, programs));
    }

    private static bool ChecksDrift(IEnumerable<SimpleCommand> reached, RepositoryCommands commands, Programs programs)
    {
        var deploys = false;
        foreach (var command in reached)
        {
            if (IsCheck(command, commands) || (deploys && IsDiff(command)) || command.Words.Any(programs.CheckDrift))
                return true;

            deploys |= command.RunsPrisma("migrate", "deploy") || HasPair(command, "deploy");
        }

        return false;
    }

    // Scripts pass arguments on ("pnpm run prisma migrate diff"), so prisma itself may be on a different line.
    private static bool IsCheck(SimpleCommand command, RepositoryCommands commands) =>
        command.RunsPrisma("migrate", "dev") || HasPair(command, "diff") || HasPair(command, "status") || RepositoryCommands.RunsPlumbline(command) ||
        commands.Names(command, "drift");

    private static bool HasPair(SimpleCommand command, string subcommand)
    {
        for (var i = 0; i + 1 < command.Words.Length; i++)
        {
            if (command.Words[i] == "migrate" && command.Words[i + 1] == subcommand)
                return true;
        }

        return false;
    }

    private static bool IsDiff(SimpleCommand command) =>
        (command.Words.Contains("--exit-code") && command.Words.Contains("diff")) || command.Words[0] == "diff" || command.RunsPrisma("db", "pull") || command.Words.Any(word => word.EndsWith(":diff", StringComparison.Ordinal));

    [GeneratedRegex("""migrate["',\s]+(?:diff|status)\b|\bplumb["',\s]+(?:audit|diff|status)\b""", RegexOptions.CultureInvariant)]
    private static partial Regex DriftCommand();

    // The programs of the repository, each looked for and read once, however many commands name it.
    private sealed class Programs(Repository repository)
    {
        private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);
        private readonly Lazy<ILookup<string, WorkspaceFile>> _byName = new(() => repository.Files.Where(f => IsProgram(f.Path)).ToLookup(f => f.Name, StringComparer.Ordinal));

        /// <summary>Whether a word names a program that compares the schema with the migrations.</summary>
        public bool CheckDrift(string word)
        {
            if (!IsProgram(word))
                return false;

            if (!_known.TryGetValue(word, out var checks))
            {
                var name = word.TrimStart('.', '/');
                var end = "/" + name;
                var file = repository.Find(name) ?? _byName.Value[name[(name.LastIndexOf('/') + 1)..]].FirstOrDefault(f => f.Path.EndsWith(end, StringComparison.Ordinal));
                _known.Add(word, checks = file is not null && (file.Text is not { } text || DriftCommand().IsMatch(text.Text)));
            }

            return checks;
        }

        private static bool IsProgram(string path) => RepositoryCommands.ProgramEndings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal));
    }
}
