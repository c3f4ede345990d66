using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>What the database holds and a Prisma schema has no words for: one line for each kind.</summary>
internal sealed class InvisibleToPrismaRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/invisible-to-prisma",
        Title = "The migrations create objects that a Prisma schema cannot express",
        Severity = Severity.Info,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        What = """
            CHECK constraints, policies, triggers, functions, views, partial and expression indexes, extensions, comments, grants and other objects of the migrations
            that a Prisma schema cannot express, and objects in schemas that the datasource does not list. They are counted by kind and are not drift.
            """,
        Why = """
            Prisma's own drift check ignores them, a database created by `prisma db push` lacks them, and the schema does not show its readers that they exist.
            """,
        Bad = """
            ```sql
            ALTER TABLE "User" ADD CONSTRAINT "adult" CHECK ("age" >= 18);
            ```
            """,
        Good = """
            ```prisma
            model User {
              id  Int @id
              /// At least 18: CHECK constraint "adult".
              age Int
            }
            ```
            """,
        Fix = "Nothing needs to be done. A comment in the schema can tell its readers about them.",
        WhenOff = "When everyone who works with the schema knows what exists only in the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Drift is not { } drift)
            return;

        // What Prisma sees in other words, as a default or as key columns, is another rule's.
        var seen = GeneratedColumns.Find(drift).Concat(IncludedColumns.Find(drift)).Select(c => c.Subject).ToHashSet();
        var hidden = drift.NotVisible.Where(i => i.Holder == ComparisonSide.From && Words(i.Feature) is not null &&
            !(i.Feature is SchemaFeature.GeneratedColumn or SchemaFeature.IndexDetail or SchemaFeature.UniqueConstraintForm && seen.Contains(i.Subject)));
        foreach (var kind in hidden.GroupBy(i => i.Feature).OrderBy(g => g.Key.Name(), StringComparer.Ordinal))
        {
            var items = kind.ToList();
            var (one, many) = Words(kind.Key)!.Value;
            var what = Plural.Of(items.Count, one, many);
            sink.Report(new Observation
            {
                Title = $"{what} {(items.Count == 1 ? "is" : "are")} invisible to Prisma",
                Message = $"The migrations create what a Prisma schema cannot express: {Listing(items)}.",
                Impact = items.Count == 1 ? "Prisma's drift check ignores it, and a database created by prisma db push lacks it." : "Prisma's drift check ignores them, and a database created by prisma db push lacks them.",
                Recommendation = "Nothing needs to be done. A comment in the schema can tell its readers.",
                Project = project.Name,
                Subject = items.Count == 1 ? items[0].Subject : new Subject(SubjectKind.Database, project.Name),
                Found = what,
                Locations =
                    [.. items.Select(i => i.Object?.Location).OfType<SourceLocation>().Distinct().Select(l => new FindingLocation(LocationRole.Migration, l))],
                Discriminator = kind.Key.Name(),
            });
        }
    }

    private static string Listing(List<NotVisibleItem> items)
    {
        const int Named = 8;
        var names = items.Select(NameOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return names.Count <= Named ? string.Join(", ", names) : $"{string.Join(", ", names.Take(Named))} and {names.Count - Named} more";
    }

    // The schema may shorten a name otherwise than PostgreSQL does.
    private static string NameOf(NotVisibleItem item) => item.Object switch
    {
        Index index => (item.Subject with { Name = index.Name }).ToString(),
        Constraint constraint => (item.Subject with { Name = constraint.Name }).ToString(),
        _ => item.Subject.ToString(),
    };

    // What a kind is called, in the singular and the plural; null for kinds in which no reader is interested.
    private static (string One, string Many)? Words(SchemaFeature feature) => feature switch
    {
        SchemaFeature.PartialIndex => ("partial index", "partial indexes"),
        SchemaFeature.ExpressionIndex => ("expression index", "expression indexes"),
        SchemaFeature.IndexDetail => ("index option", "index options"),
        SchemaFeature.UniqueConstraintForm => ("unique constraint in place of a unique index", "unique constraints in place of unique indexes"),
        SchemaFeature.ForeignKeyDetail => ("foreign key option", "foreign key options"),
        SchemaFeature.Check => ("CHECK constraint", "CHECK constraints"),
        SchemaFeature.Exclusion => ("EXCLUDE constraint", "EXCLUDE constraints"),
        SchemaFeature.ConstraintState => ("state of a constraint or trigger", "states of constraints or triggers"),
        SchemaFeature.ListNullability => ("difference in the nullability of a list column", "differences in the nullability of list columns"),
        SchemaFeature.GeneratedColumn => ("generated column", "generated columns"),
        SchemaFeature.Collation => ("column with a collation", "columns with a collation"),
        SchemaFeature.CompositeType => ("composite type", "composite types"),
        SchemaFeature.RangeType => ("range type", "range types"),
        SchemaFeature.Domain => ("domain", "domains"),
        SchemaFeature.Sequence => ("sequence", "sequences"),
        SchemaFeature.View => ("view", "views"),
        SchemaFeature.ViewDefinition => ("view definition", "view definitions"),
        SchemaFeature.MaterializedView => ("materialized view", "materialized views"),
        SchemaFeature.Function => ("function", "functions"),
        SchemaFeature.Trigger => ("trigger", "triggers"),
        SchemaFeature.Rule => ("rewrite rule", "rewrite rules"),
        SchemaFeature.Policy => ("policy", "policies"),
        SchemaFeature.RowSecurity => ("table with row-level security", "tables with row-level security"),
        SchemaFeature.Extension => ("extension", "extensions"),
        SchemaFeature.Comment => ("comment", "comments"),
        SchemaFeature.Grant => ("set of grants", "sets of grants"),
        SchemaFeature.Partition => ("partition or partitioned table", "partitions or partitioned tables"),
        SchemaFeature.Storage => ("storage setting", "storage settings"),
        SchemaFeature.Publication => ("publication", "publications"),
        SchemaFeature.ForeignNamespace => ("object in a schema that the datasource does not list", "objects in schemas that the datasource does not list"),
        _ => null,
    };
}
