using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Migration folders whose names make them run where nobody expects it.</summary>
internal sealed class MalformedNameRule : Rule
{
    private const string Copy = "copy";
    private const string Space = "space";
    private const string NoTimestamp = "no-timestamp";
    private const string Order = "order";
    private const int DigitsOfDate = 8;
    private const char FirstDigitOfTimestamp = '2';

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/malformed-name",
        Title = "A migration folder does not follow Prisma's naming",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations],
        What = """
            Migration folders whose names make them run where nobody expects it: copies of other folders, names with a space, names without a number at the
            beginning, and numbers that do not sort in numeric order (`100_c` runs before `20_b`). Names that Prisma itself
            writes or prescribes (`20250101120000_`, `0_init`) and other numbers that sort correctly are not reported. Folders with the same problem share one finding.
            """,
        Why = """
            Prisma runs every folder, whatever its name, in the order of the names, compared as text. A folder without a timestamp runs after all others, and a copy runs a
            second time.
            """,
        Bad = """
            ```
            migrations/20250101120000_add_users copy/
            migrations/init/
            ```
            """,
        Good = """
            ```
            migrations/20250101120000_add_users/
            ```
            """,
        Fix = "Rename the folder if it is not applied anywhere yet; remove it if it is a forgotten copy. If it is applied, keep the name: `_prisma_migrations` refers to it.",
        WhenOff = "When the folders are applied everywhere.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Project.History is not { } history || project.OwnRunner is not null)
            return;

        // Only what is numbered by other means than a timestamp can run before a lower number: mostly nothing is.
        ImmutableArray<MigrationFolder> numbered = [.. history.Migrations.Where(m => DigitsOf(m.Name) > 0 && NumberOf(m.Name).Length < DigitsOfDate)];
        foreach (var migration in history.Migrations)
        {
            if (Fault(migration, history.Migrations, numbered) is not var (kind, title, message, impact, recommendation))
                continue;

            sink.Report(new Observation
            {
                Title = title,
                Message = message,
                Impact = impact,
                Recommendation = recommendation,
                Project = project.Name,
                Subject = new Subject(SubjectKind.Migration, migration.Name),
                Expected = kind == NoTimestamp ? "yyyyMMddHHmmss_name" : null,
                Locations = [new FindingLocation(LocationRole.Migration, migration.Place)],
                Cause = new Cause(CauseKind.Convention, kind, "Prisma runs the folders in the order of their names, compared as text"),
            });
        }
    }

    // What is wrong with a name; null where it only looks unlike Prisma's and runs where its author expects.
    private static (string Kind, string Title, string Message, string Impact, string Recommendation)? Fault(
        MigrationFolder migration, ImmutableArray<MigrationFolder> all, ImmutableArray<MigrationFolder> numbered)
    {
        var quoted = $"\"{migration.Name}\"";
        if (OriginalOf(migration, all) is { } original)
        {
            return (
                Copy,
                $"The migration folder {quoted} is a copy of \"{original.Name}\"",
                "Both have the same migration.sql.",
                "Prisma runs the copy too, as a migration of its own.",
                "Remove the copy. If it is applied already, keep it: _prisma_migrations refers to it.");
        }

        if (migration.Name.Contains(' '))
        {
            return (
                Space,
                $"The name of the migration folder {quoted} contains a space",
                "Prisma never writes one; file managers do when they copy a folder.",
                "Prisma runs the folder like any other. Commands such as migrate resolve need its name in quotes.",
                "If the folder is a forgotten copy that is not applied anywhere yet, remove it. Otherwise keep the name: _prisma_migrations refers to it.");
        }

        if (!char.IsAsciiDigit(migration.Name[0]))
        {
            return (
                NoTimestamp,
                $"The migration folder {quoted} does not begin with a timestamp",
                "Prisma runs the folders in the order of their names, compared as text.",
                "It runs after every migration that begins with a timestamp, including those added later.",
                "Rename the folder if it is not applied anywhere yet. If it is, keep the name: _prisma_migrations refers to it.");
        }

        if (RunsTooEarly(migration, numbered) is { } lower)
        {
            return (
                Order,
                $"The migration folder {quoted} runs before \"{lower.Name}\", whose number is lower",
                "Prisma runs the folders in the order of their names, compared as text.",
                "A migration that needs what one with a lower number creates fails on a new database.",
                HowToGoOn(all));
        }

        return null;
    }

    // A timestamp runs before every folder whose name begins with a higher digit.
    private static string HowToGoOn(ImmutableArray<MigrationFolder> all)
    {
        var last = all.Select(m => m.Name).Where(name => char.IsAsciiDigit(name[0])).Max(StringComparer.Ordinal)!;
        var timestamp = last[0] < FirstDigitOfTimestamp || NumberOf(last).Length >= DigitsOfDate ? "a timestamp, as prisma migrate dev does, or with " : "";
        return $"Begin the names of new migrations with {timestamp}numbers of equal length that come after \"{last}\". Keep the names of applied migrations.";
    }

    private static MigrationFolder? OriginalOf(MigrationFolder migration, ImmutableArray<MigrationFolder> all) =>
        migration.Script?.Text is not { } script ? null : all.FirstOrDefault(other =>
            other.Name.Length < migration.Name.Length && migration.Name.StartsWith(other.Name, StringComparison.Ordinal) && other.Script?.Text?.Text == script.Text);

    // The first folder that runs later though its number is lower. What has eight digits or more is a date: two of them are not compared as numbers.
    private static MigrationFolder? RunsTooEarly(MigrationFolder migration, ImmutableArray<MigrationFolder> numbered) => numbered.FirstOrDefault(other =>
        string.CompareOrdinal(other.Name, migration.Name) > 0 && IsLower(NumberOf(other.Name), NumberOf(migration.Name)));

    private static int DigitsOf(string name) => name.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : name.Length;

    private static string NumberOf(string name) => name[..DigitsOf(name)].TrimStart('0');

    private static bool IsLower(string left, string right) => left.Length != right.Length ? left.Length < right.Length : string.CompareOrdinal(left, right) < 0;

    private static FindingText Word(ImmutableArray<ReportedObservation> observations)
    {
        var (count, first) = (observations.Length, observations[0].Observation);
        var title = first.Cause!.Key switch
        {
            Copy => $"{count} migration folders are copies of others",
            Space => $"The names of {count} migration folders contain spaces",
            NoTimestamp => $"{count} migration folders do not begin with a timestamp",
            _ => $"{count} migration folders run before others whose numbers are lower",
        };
        return new FindingText(title, $"{first.Cause.Text}.", first.Impact, first.Recommendation);
    }
}
