using System.Text;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Names longer than PostgreSQL keeps.</summary>
internal sealed class NameTruncatedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/name-truncated",
        Title = "A name is longer than PostgreSQL's limit",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "Names in CREATE and ADD CONSTRAINT statements that are longer than 63 bytes, which PostgreSQL truncates without an error. Not reported: objects that a later migration renames or drops, objects with a different name in the schema, which are reported as drift, and tables, columns and enums with the same name in the schema (`drift/name-too-long`).",
        Why = "The object gets a different name than the one in the migration. Later statements that use the full name still work, because it is truncated again. A tool that looks up the full name does not find the object, and two long names with the same start collide.",
        Bad = "```sql\nCREATE TABLE \"a\" (\"b\" TEXT);\nCREATE INDEX \"customer_subscription_invoice_line_items_created_at_status_amount_idx\" ON \"a\"(\"b\");\n```",
        Good = "```sql\nCREATE TABLE \"a\" (\"b\" TEXT);\nCREATE INDEX \"invoice_line_items_created_at_idx\" ON \"a\"(\"b\");\n```",
        Fix = "Choose a shorter name, and set it in the schema with `map:`. Leave applied migrations as they are.",
        WhenOff = "When nothing looks up the objects by name.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        HashSet<string>? standing = null;
        HashSet<string?>? different = null;
        HashSet<string>? inSchema = null;
        foreach (var statement in project.Statements.AsRun)
        {
            foreach (var (kind, name) in NewNames.Of(statement))
            {
                if (name.Uncut is not { } full)
                    continue;

                // Objects that a later migration renames or drops need no advice, and drift reports the others that the schema names differently or at full length.
                standing ??= NamesIn(project.Final?.Schema);
                different ??= [.. (project.Drift?.Changes ?? []).Select(c => (c.FromObject as NamedObject)?.Name.Name ?? c.From)];
                inSchema ??= [.. TruncatedNames.Find(project).Select(n => n.Full)];
                if (standing?.Contains(name.Name) == false || different.Contains(name.Name) || inSchema.Contains(full))
                    continue;

                sink.Report(Observe(kind, name, full, statement, project));
            }
        }
    }

    private static Observation Observe(SubjectKind kind, Identifier name, string full, MigrationStatement statement, ProjectFacts project) => new()
    {
        Title = $"{full} is truncated to {name.Name}",
        Message = $"The name has {Encoding.UTF8.GetByteCount(full)} bytes; PostgreSQL's limit is 63.",
        Impact = "The object gets a different name than the one in the migration, and it can collide with another long name.",
        Recommendation = statement.IsPending
            ? "Choose a shorter name, and set it in the schema with map:."
            : "Nothing needs to be done about applied migrations. For the next one: choose a shorter name, and set it in the schema with map:.",
        Project = project.Name,
        Subject = new Subject(kind, name.Name),
        Locations = [new FindingLocation(LocationRole.Migration, statement.LocationOf(name.Span))],
        Evidence = new Evidence { IsApplied = !statement.IsPending },
        Cause = statement.IsPending ? null : new Cause(CauseKind.AppliedMigrations, "migration/name-truncated", "The migrations are assumed to be applied everywhere"),
    };

    // The names that anything has after all migrations.
    private static HashSet<string>? NamesIn(DatabaseSchema? schema) => schema is null ? null :
    [
        .. schema.Tables.SelectMany(MembersOf),
        .. schema.Views.Select(v => v.Name.Name),
        .. schema.Enums.Select(e => e.Name.Name),
        .. schema.CompositeTypes.Select(t => t.Name.Name),
        .. schema.RangeTypes.Select(t => t.Name.Name),
    ];

    private static IEnumerable<string> MembersOf(Table table) =>
    [
        table.Name.Name,
        .. table.Columns.Select(c => c.Name),
        .. table.PrimaryKey is { } key ? [key.Name] : Array.Empty<string>(),
        .. table.UniqueConstraints.Select(c => c.Name),
        .. table.ForeignKeys.Select(c => c.Name),
        .. table.Checks.Select(c => c.Name),
        .. table.Exclusions.Select(c => c.Name),
        .. table.Indexes.Select(i => i.Name),
        .. table.Triggers.Select(t => t.Name),
        .. table.Policies.Select(p => p.Name),
    ];
}
