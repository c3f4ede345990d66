using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Tables whose columns follow another convention than those of the other tables.</summary>
internal sealed class ColumnNameRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/column-name",
        Title = "Columns are not named alike from table to table",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Tables whose columns of more than one word are all in one convention, while most tables use another. Tables with a mixture are `naming/inconsistent-mapping`'s matter. All of them are one finding.",
        Why = "Joins across such tables need a look at the schema for each column.",
        Bad = """
            ```prisma
            model A {
              id     Int @id
              userId Int @map("user_id")
            }
            model B {
              id     Int @id
              userId Int
            }
            ```
            """,
        Good = """
            ```prisma
            model B {
              id     Int @id
              userId Int @map("user_id")
            }
            ```
            """,
        Fix = "Rename the columns in a migration and add `@map`.",
        WhenOff = "When the tables belong to a library that prescribes their columns.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma)
            return;

        var byStyle = prisma.Models
            .Select(m => (Model: m, Style: StyleOf(m)))
            .Where(m => m.Style is not null)
            .GroupBy(m => m.Style!.Value, m => m.Model)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key)
            .ToArray();
        if (byStyle.Length < 2 || byStyle[0].Count() < 3)
            return;

        Model[] others = [.. byStyle.Skip(1).SelectMany(g => g).OrderBy(m => m.Ordinal)];
        sink.Report(new Observation
        {
            Title = $"The columns of {others.Length} {(others.Length == 1 ? "table" : "tables")} are not in {byStyle[0].Key.Name()} as those of the other {byStyle[0].Count()}",
            Message = $"Columns in another convention: {string.Join(", ", others.Take(20).Select(m => $"{m.DatabaseName} ({StyleOf(m)!.Value.Name()})"))}{(others.Length > 20 ? ", …" : "")}.",
            Impact = "SQL written by hand has to look up, and quote, the spelling of each column.",
            Recommendation = "Choose one convention; to change a column rename it in a migration and set @map, which leaves the client's API as it is.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Table, others[0].DatabaseName, others[0].SchemaName ?? "public", others[0].DatabaseName, others[0].Name),
            Expected = byStyle[0].Key.Name(),
            Found = StyleOf(others[0])!.Value.Name(),
            Locations = [.. others.Select(m => new FindingLocation(LocationRole.Schema, m.Location))],
        });
    }

    // The one convention of a table's columns of several words; null where there are fewer than two such columns, or a mixture.
    private static NameStyle? StyleOf(Model model)
    {
        NameStyle[] styles =
            [.. model.ScalarFields.Select(f => NameStyles.Of(f.DatabaseName)).Where(s => s is NameStyle.Snake or NameStyle.Camel or NameStyle.Pascal)];
        return styles.Length >= 2 && styles.Distinct().Count() == 1 ? styles[0] : null;
    }
}
