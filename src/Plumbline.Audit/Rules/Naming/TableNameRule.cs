using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Mapped tables whose names do not follow the convention of most tables.</summary>
internal sealed class TableNameRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/table-name",
        Title = "Tables do not follow one naming convention",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Tables with an `@@map` name that does not follow the convention of more than half of the tables. Models without `@@map` are left to `naming/missing-map`, which uses the same convention. All of them are one finding.",
        Why = "Anyone who writes SQL by hand has to look up the spelling of each table, and quote the names in mixed case.",
        Bad = """
            ```prisma
            model User {
              id Int @id
              @@map("users")
            }
            model Team {
              id Int @id
              @@map("teams")
            }
            model OrderLine {
              id Int @id
              @@map("order_lines")
            }
            model BlogPost {
              id Int @id
              @@map("BlogPosts")
            }
            ```
            """,
        Good = """
            ```prisma
            model User {
              id Int @id
              @@map("users")
            }
            model Team {
              id Int @id
              @@map("teams")
            }
            model OrderLine {
              id Int @id
              @@map("order_lines")
            }
            model BlogPost {
              id Int @id
              @@map("blog_posts")
            }
            ```
            """,
        Fix = "Rename the table in a migration (`ALTER TABLE … RENAME TO …`) and change its `@@map`.",
        WhenOff = "When other systems read the tables by their current names.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is null || NameConvention.OfTables([.. project.OwnModels.Select(m => m.DatabaseName)]) is not { } convention)
            return;

        Model[] others = [.. project.OwnModels.Where(m => m.MappedName is not null && !NameStyles.Of(m.DatabaseName).Fits(convention.Style))];
        foreach (var model in others)
        {
            sink.Report(new Observation
            {
                Title = $"The table {model.DatabaseName} is not named in {convention.Style.Name()}",
                Message = convention.TextOfTables(others.Length, "has no @@map", "have no @@map"),
                Impact = "SQL written by hand has to use a different spelling for this table.",
                Recommendation = "Rename the table in a migration and change its @@map.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Table, model.DatabaseName, project.SchemaOf(model.SchemaName), model.DatabaseName, model.Name),
                Expected = convention.Style.Name(),
                Found = NameStyles.Of(model.DatabaseName).Name(),
                Locations = [new FindingLocation(LocationRole.Schema, model.Location)],
                Cause = new Cause(CauseKind.Convention, $"naming/table-name {convention.Style}", convention.Text("tables")),
            });
        }
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations) => new(
        $"{observations.Length} tables are not named in {observations[0].Observation.Expected}",
        observations[0].Observation.Message,
        "SQL written by hand has to use a different spelling for each of them.",
        "Rename the tables in a migration and change their @@map.");
}
