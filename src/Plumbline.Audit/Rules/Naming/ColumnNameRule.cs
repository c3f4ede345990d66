using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Tables whose columns follow another convention than most columns.</summary>
internal sealed class ColumnNameRule : Rule
{
    // One column is a slip, no convention of its table.
    private const int FewestColumns = 2;
    private const int FewestTables = 3;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/column-name",
        Title = "Columns follow different naming conventions in different tables",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Tables with columns of more than one word, none of which follows the convention of most such columns of the schema. A column that many tables spell alike, such as `created_at`, follows a convention of its own and is not counted. Tables that mix conventions are left to `naming/inconsistent-mapping`. All of them are one finding.",
        Why = "For joins across such tables, developers have to look up the spelling of each column.",
        Bad = """
            ```prisma
            model A {
              id        Int      @id
              createdAt DateTime @map("created_at")
              updatedAt DateTime @map("updated_at")
            }
            model B {
              id        Int      @id
              createdAt DateTime @map("created_at")
              updatedAt DateTime @map("updated_at")
            }
            model C {
              id        Int      @id
              createdAt DateTime @map("created_at")
              updatedAt DateTime @map("updated_at")
            }
            model D {
              id        Int      @id
              createdAt DateTime
              updatedAt DateTime
            }
            ```
            """,
        Good = """
            ```prisma
            model A {
              id        Int      @id
              createdAt DateTime @map("created_at")
              updatedAt DateTime @map("updated_at")
            }
            model B {
              id        Int      @id
              createdAt DateTime @map("created_at")
              updatedAt DateTime @map("updated_at")
            }
            model C {
              id        Int      @id
              createdAt DateTime @map("created_at")
              updatedAt DateTime @map("updated_at")
            }
            model D {
              id        Int      @id
              createdAt DateTime @map("created_at")
              updatedAt DateTime @map("updated_at")
            }
            ```
            """,
        Fix = "Rename the columns in a migration and add `@map`.",
        WhenOff = "When the tables belong to a library that prescribes their columns.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is null)
            return;

        Column[] columns = [.. project.OwnModels.SelectMany(ColumnsOf)];
        var counts = columns.CountBy(c => c.Style).OrderByDescending(c => c.Value).ThenBy(c => c.Key).ToArray();
        if (counts.Length < 2)
            return;

        var (prevailing, following) = counts[0];
        if (following * 2 <= columns.Length)
            return;

        var common = CommonNames(columns, project.OwnModels.Count());
        var convention = prevailing.Name();
        var cause = new Cause(
            CauseKind.Convention, $"naming/column-name {prevailing}", $"{following} of the {columns.Length} columns of more than one word are named in {convention}");
        string[] exempt = [.. common.Where(name => NameStyles.Of(name) != prevailing).Order(StringComparer.Ordinal)];
        var message = exempt.Length == 0 ? $"{cause.Text}." : $"{cause.Text}. Columns that many tables spell alike are not reported: {NameList.Of([.. exempt])}.";
        foreach (var table in columns.GroupBy(c => c.Model))
        {
            if (table.Any(c => c.Style == prevailing))
                continue;

            Column[] others = [.. table.Where(c => !common.Contains(c.Name))];
            if (others.Length < FewestColumns || others.DistinctBy(c => c.Style).Count() != 1)
                continue;

            var model = table.Key;
            sink.Report(new Observation
            {
                Title = $"The columns of {model.DatabaseName} are named in {others[0].Style.Name()}, not in {convention}",
                Message = message,
                Impact = "SQL written by hand has to use a different spelling for these columns.",
                Recommendation = "Rename the columns in a migration and set @map. The API of Prisma Client does not change, but SQL and other programs that name the columns do.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Table, model.DatabaseName, model.SchemaName ?? "public", model.DatabaseName, model.Name),
                Expected = convention,
                Found = others[0].Style.Name(),
                Locations = [new FindingLocation(LocationRole.Schema, model.Location)],
                Cause = cause,
            });
        }
    }

    // A name that a third of all tables have, in this spelling more often than in others: to write it otherwise in one table would break what the schema does everywhere.
    private static HashSet<string> CommonNames(Column[] columns, int tables) =>
    [
        .. columns.GroupBy(c => NameWords.ToSnake(c.Name), StringComparer.Ordinal)
            .Select(spellings => spellings.CountBy(c => c.Name).MaxBy(s => s.Value))
            .Where(spelling => spelling.Value >= FewestTables && spelling.Value * 3 >= tables)
            .Select(spelling => spelling.Key),
    ];

    private static IEnumerable<Column> ColumnsOf(Model model) =>
        from field in model.ScalarFields
        let style = NameStyles.Of(field.DatabaseName)
        where style is NameStyle.Snake or NameStyle.Camel or NameStyle.Pascal
        select new Column(model, field.DatabaseName, style);

    private static FindingText Word(ImmutableArray<ReportedObservation> observations)
    {
        var first = observations[0].Observation;
        string[] styles = [.. observations.Select(o => o.Observation.Found!).Distinct(StringComparer.Ordinal)];
        var tables = NameList.Of([.. observations.Select(o => o.Observation.Subject.Name)]);
        return new FindingText(
            $"The columns of {observations.Length} tables are {(styles is [var style] ? $"named in {style}, not in {first.Expected}" : $"not named in {first.Expected}")}: {tables}",
            first.Message,
            first.Impact,
            first.Recommendation);
    }

    // A column of more than one word.
    private sealed record Column(Model Model, string Name, NameStyle Style);
}
