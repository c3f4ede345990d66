using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Tables whose columns follow another convention than the columns of most tables.</summary>
internal sealed class ColumnNameRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/column-name",
        Title = "Columns follow different naming conventions in different tables",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Tables whose columns of more than one word are all in one convention, while most tables use another one. Tables that mix conventions are left to `naming/inconsistent-mapping`. All of them are one finding.",
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

        var byStyle = project.OwnModels
            .Select(m => (Model: m, Style: StyleOf(m)))
            .Where(m => m.Style is not null)
            .GroupBy(m => m.Style!.Value, m => m.Model)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key)
            .ToArray();
        if (byStyle.Length < 2 || byStyle[0].Count() < 3)
            return;

        var convention = byStyle[0].Key.Name();
        var cause = new Cause(
            CauseKind.Convention, $"naming/column-name {byStyle[0].Key}", $"{byStyle[0].Count()} of {byStyle.Sum(g => g.Count())} tables have their columns in {convention}");
        foreach (var (style, model) in byStyle.Skip(1).SelectMany(g => g.Select(m => (g.Key, m))).OrderBy(m => m.m.Ordinal))
        {
            sink.Report(new Observation
            {
                Title = $"The columns of {model.DatabaseName} are named in {style.Name()}, not in {convention}",
                Message = $"{cause.Text}.",
                Impact = "SQL written by hand has to use, and quote, a different spelling for these columns.",
                Recommendation = "Rename the columns in a migration and set @map; the client's API does not change.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Table, model.DatabaseName, project.SchemaOf(model.SchemaName), model.DatabaseName, model.Name),
                Expected = convention,
                Found = style.Name(),
                Locations = [new FindingLocation(LocationRole.Schema, model.Location)],
                Cause = cause,
            });
        }
    }

    // The one convention of a table's columns of several words; null where there are fewer than two such columns, or a mixture.
    private static NameStyle? StyleOf(Model model)
    {
        NameStyle[] styles =
            [.. model.ScalarFields.Select(f => NameStyles.Of(f.DatabaseName)).Where(s => s is NameStyle.Snake or NameStyle.Camel or NameStyle.Pascal)];
        return styles.Length >= 2 && styles.Distinct().Count() == 1 ? styles[0] : null;
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations) => new(
        $"{observations.Length} tables have columns that are not named in {observations[0].Observation.Expected}",
        observations[0].Observation.Message,
        observations[0].Observation.Impact,
        observations[0].Observation.Recommendation);
}
