using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Upkeep;

/// <summary>Preview features that are no longer preview features in the project's version of Prisma.</summary>
internal sealed class PreviewFeatureGoneRule : Rule
{
    private const string Available = "generally available";

    private static readonly Dictionary<string, (int Major, int Minor, string What)> Ended = new Dictionary<string, (int, int, string)>
    {
        ["createMany"] = (2, 20, Available),
        ["groupBy"] = (2, 20, Available),
        ["orderByRelation"] = (2, 21, Available),
        ["selectRelationCount"] = (3, 0, Available),
        ["orderByAggregateGroup"] = (3, 0, Available),
        ["filterJson"] = (3, 0, Available),
        ["referentialActions"] = (3, 0, Available),
        ["nApi"] = (3, 0, Available),
        ["microsoftSqlServer"] = (3, 0, Available),
        ["namedConstraints"] = (3, 0, Available),
        ["mongoDb"] = (3, 12, Available),
        ["extendedIndexes"] = (4, 0, Available),
        ["dataProxy"] = (4, 0, Available),
        ["cockroachdb"] = (3, 14, Available),
        ["improvedQueryRaw"] = (4, 0, Available),
        ["filteredRelationCount"] = (4, 16, Available),
        ["orderByNulls"] = (4, 16, Available),
        ["interactiveTransactions"] = (4, 7, Available),
        ["referentialIntegrity"] = (4, 8, Available),
        ["clientExtensions"] = (4, 16, Available),
        ["extendedWhereUnique"] = (5, 0, Available),
        ["fieldReference"] = (5, 0, Available),
        ["jsonProtocol"] = (5, 0, Available),
        ["fullTextIndex"] = (6, 0, Available),
        ["tracing"] = (6, 1, Available),
        ["omitApi"] = (6, 2, Available),
        ["multiSchema"] = (6, 13, Available),
        ["prismaSchemaFolder"] = (6, 7, Available),
        ["driverAdapters"] = (6, 16, Available),
        ["queryCompiler"] = (6, 16, Available),
        ["metrics"] = (7, 0, "withdrawn"),
    };

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "upkeep/preview-feature-gone",
        Title = "A preview feature has ended",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Names in `previewFeatures` that are generally available, or were withdrawn, in the version of Prisma that the project uses.",
        Why = "They do nothing, every run of Prisma prints a warning about them, and a later version may refuse them.",
        Bad = """
            ```prisma
            generator client {
              provider        = "prisma-client-js"
              previewFeatures = ["multiSchema"]
            }
            ```
            """,
        Good = """
            ```prisma
            generator client {
              provider = "prisma-client-js"
            }
            ```
            """,
        Fix = "Remove the name from the list.",
        WhenOff = "When several versions of Prisma read the schema.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma)
            return;

        if (project.Project.PrismaVersion is not { Location: not null } version)
            return;

        foreach (var generator in prisma.Generators)
        {
            foreach (var feature in generator.PreviewFeatures)
            {
                if (!Ended.TryGetValue(feature, out var end) || (version.Major, version.Minor).CompareTo((end.Major, end.Minor)) < 0)
                    continue;

                sink.Report(new Observation
                {
                    Title = $"The preview feature {feature} has been {end.What} since Prisma {end.Major}.{end.Minor}",
                    Message = $"The generator {generator.Name} lists it, and the project uses Prisma {version.Text}.",
                    Impact = "The entry does nothing, and Prisma prints a warning.",
                    Recommendation = $"Remove {feature} from previewFeatures.",
                    Project = project.Name,
                    Subject = new Subject(SubjectKind.File, generator.Source.Path),
                    Found = feature,
                    Discriminator = $"{generator.Name} {feature}",
                    Locations = [new FindingLocation(LocationRole.Schema, generator.Location)],
                });
            }
        }
    }
}
