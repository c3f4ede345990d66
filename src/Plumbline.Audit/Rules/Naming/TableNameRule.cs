using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Tables whose mapped names break the convention of the others.</summary>
internal sealed class TableNameRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/table-name",
        Title = "Tables are not named alike",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Tables whose `@@map` names do not follow the convention of the other tables. Models without `@@map` are `naming/missing-map`'s matter. All of them are one finding.",
        Why = "Whoever writes SQL by hand has to know for each table how it is spelled, and quote those in mixed case.",
        Bad = """
            ```prisma
            model User {
              id Int @id
              @@map("users")
            }
            model BlogPost {
              id Int @id
              @@map("BlogPosts")
            }
            ```
            """,
        Good = """
            ```prisma
            model BlogPost {
              id Int @id
              @@map("blog_posts")
            }
            ```
            """,
        Fix = "Rename the table in a migration (`ALTER TABLE … RENAME TO …`) together with its `@@map`.",
        WhenOff = "When other systems read the tables by their present names.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma)
            return;

        Model[] mapped = [.. prisma.Models.Where(m => m.MappedName is not null)];
        if (NameStyles.Prevailing(prisma.Models.Select(m => m.DatabaseName)) is not { } convention)
            return;

        Model[] others = [.. mapped.Where(m => !NameStyles.Of(m.DatabaseName).Fits(convention) && NameStyles.Of(m.DatabaseName) != NameStyle.Lower)];
        if (others.Length == 0)
            return;

        sink.Report(new Observation
        {
            Title = others.Length == 1
                ? $"The table {others[0].DatabaseName} is not named in {convention.Name()} as the others"
                : $"{others.Length} tables are not named in {convention.Name()} as the others",
            Message = $"These names do not follow {convention.Name()}: {string.Join(", ", others.Select(m => m.DatabaseName))}.",
            Impact = "SQL written by hand has to remember, and quote, each table's own spelling.",
            Recommendation = "Rename the tables in a migration together with their @@map.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Table, others[0].DatabaseName, others[0].SchemaName ?? "public", others[0].DatabaseName, others[0].Name),
            Expected = convention.Name(),
            Found = NameStyles.Of(others[0].DatabaseName).Name(),
            Locations = [.. others.Select(m => new FindingLocation(LocationRole.Schema, m.Location))],
        });
    }
}
