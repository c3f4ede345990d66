using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Schemas;

/// <summary>A schema that Prisma refuses, with Prisma's message.</summary>
internal sealed class InvalidRule : Rule
{
    private const int Named = 8;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "schema/invalid",
        Title = "Prisma refuses the schema",
        Severity = Severity.Critical,
        Needs = [RuleNeed.Schema],
        What = """
            Every error that `prisma validate` would report, with its message and place, and schema files that cannot be read as text. Errors of some versions only are reported for projects on
            those versions: keys of views from 6.13, URLs in the datasource from 7.0. The version is taken from the lock file, or else from `package.json`.
            """,
        Why = "Prisma can neither generate a client nor create a migration from a schema that it refuses. Plumbline still reads and audits the rest of the schema.",
        Bad = """
            ```prisma
            model Post {
              id     Int  @id
              author User @relation(fields: [authorId], references: [id])
            }
            ```
            """,
        Good = """
            ```prisma
            model Post {
              id       Int  @id
              author   User @relation(fields: [authorId], references: [id])
              authorId Int
            }

            model User {
              id    Int    @id
              posts Post[]
            }
            ```
            """,
        Fix = "Correct the error that the message names; `prisma validate` reports the same one.",
        WhenOff = "Never.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        foreach (var file in project.Project.SchemaFiles)
        {
            if (file.Problem is { } problem)
                sink.Report(Unread(project, problem, isLost: file.Text is null));
        }

        // What the rest of a schema names may be in a file that could not be read; its syntax is wrong all the same.
        IEnumerable<Diagnostic> errors = project.Prisma is not { } prisma ? [] : project.HasUnreadSchema ? prisma.Files.SelectMany(file => file.Diagnostics) : prisma.Diagnostics;
        foreach (var error in errors.Where(d => d.Severity == DiagnosticSeverity.Error && d.Code != ReadingBudget.Code))
        {
            sink.Report(new Observation
            {
                Title = FirstLine(error.Message),
                Message = OtherLines(error.Message) is { Length: > 0 } more ? more : $"Prisma refuses {error.Location.Path}.",
                Impact = "prisma generate, prisma validate and prisma migrate dev fail with this schema.",
                Recommendation = error.Hint ?? "Correct the error that the message names.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.File, error.Location.Path),
                Locations = [new FindingLocation(LocationRole.Schema, error.Location)],
                Discriminator = error.Message,
                Cause = new Cause(CauseKind.InvalidSchema, error.Location.Path, $"Prisma refuses {error.Location.Path}"),
            });
        }
    }

    private static Observation Unread(ProjectFacts project, Diagnostic problem, bool isLost) => new()
    {
        Title = isLost ? $"{problem.Location.Path} cannot be read" : $"{problem.Location.Path} is not UTF-8 text",
        Message = problem.Message,
        Impact = isLost ? "Nothing in the file is checked." : "Prisma reads schemas as UTF-8, so it reads something else than the file says.",
        Recommendation = ReadingAdvice.Of(problem, "schema"),
        Project = project.Name,
        Subject = new Subject(SubjectKind.File, problem.Location.Path),
        Locations = [new FindingLocation(LocationRole.Schema, problem.Location)],
        Discriminator = problem.Message,
    };

    private static FindingText Word(ImmutableArray<ReportedObservation> observations)
    {
        var gravest = observations[0].Observation;
        return new FindingText(
            $"Prisma refuses {gravest.Subject.Name}: {Plural.Of(observations.Length, "error", "errors")}",
            string.Join("; ", observations.Take(Named).Select(o => o.Observation.Title)) + (observations.Length > Named ? $"; and {observations.Length - Named} more" : "") + ".",
            gravest.Impact,
            "Correct these errors; prisma validate reports the same ones.");
    }

    private static string FirstLine(string message)
    {
        var end = message.AsSpan().IndexOfAny('\r', '\n');
        return (end < 0 ? message : message[..end]).TrimEnd().TrimEnd('.', ':');
    }

    private static string OtherLines(string message)
    {
        var end = message.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? "" : message[end..].Trim();
    }
}
