using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A view or materialized view in the place of a model's table.</summary>
internal sealed class ViewAsModelRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/view-as-model",
        Title = "A model is backed by a view",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        What = "Models for which the migrations create a view or materialized view instead of a table.",
        Why = """
            Reads work. Prisma Migrate does not see views, so the next `prisma migrate dev` writes a `CREATE TABLE` for the model, which fails because the name
            exists.
            """,
        Bad = """
            ```prisma
            model Total {
              id Int @id
            }
            ```
            ```sql
            CREATE VIEW "Total" AS SELECT 1 AS "id";
            ```
            """,
        Good = """
            ```prisma
            generator client {
              provider        = "prisma-client-js"
              previewFeatures = ["views"]
            }

            view Total {
              id Int @unique
            }
            ```
            """,
        Fix = "Declare the model as `view`, with the preview feature `views`.",
        WhenOff = "When the model needs relations that a `view` cannot have.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    /// <summary>The view that has the name of a model's table; null where there is none.</summary>
    public static View? ViewOf(Table table, SchemaComparison? drift) => drift?.From.Views.FirstOrDefault(v => v.Name == table.Name);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        foreach (var change in project.Drift?.Changes ?? [])
        {
            if (change is not { Kind: ChangeKind.AddTable, ToObject: Table table } || ViewOf(table, project.Drift) is not { } view)
                continue;

            var columns = view.Columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
            var lacking = table.Columns.Where(c => !columns.Contains(c.Name)).Select(c => c.Name).ToList();
            var kind = view.IsMaterialized ? "materialized view" : "view";
            sink.Report(new Observation
            {
                Title = $"The model {table.ModelName ?? table.Name.Name} is backed by a {kind}; declare it as view",
                Message = $"The migrations create {change.Subject} as a {kind}." +
                    (lacking.Count == 0 ? " It has all columns of the model." : $" It lacks columns of the model: {NameList.Of([.. lacking.Distinct(StringComparer.Ordinal)])}."),
                Impact = project.NextMigration.Does("writes a CREATE TABLE for the model, because Prisma doesn't see views. The statement fails because the name exists."),
                Recommendation = $"Declare {table.ModelName ?? table.Name.Name} as view, with the preview feature views.",
                Project = project.Name,
                Subject = change.Subject,
                Expected = "TABLE",
                Found = view.IsMaterialized ? "MATERIALIZED VIEW" : "VIEW",
                Locations =
                [
                    .. table.Location is { } place ? new[] { new FindingLocation(LocationRole.Schema, place) } : [],
                    .. view.Location is { } made ? new[] { new FindingLocation(LocationRole.Migration, made) } : [],
                ],
                Cause = new Cause(CauseKind.CreatedOtherwise, table.Name.ToString(), $"The migrations create {change.Subject} as a {kind}"),
            });
        }
    }
}
