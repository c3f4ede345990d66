using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Statements that Prisma never writes: they must be carried along by hand when migrations are squashed or written anew.</summary>
internal sealed class HandWrittenRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/hand-written",
        Title = "Migrations contain statements that Prisma never generates",
        Severity = Severity.Info,
        Needs = [RuleNeed.Migrations],
        What = "Statements that were written by hand: DO blocks, functions, triggers, policies, views, grants, comments, CHECK constraints and data changes. All of them are one note, counted by kind.",
        Why = "They are not a mistake, but the Prisma schema does not contain them. When the migrations are squashed or generated again from the schema, they are lost.",
        Bad = "```sql\nALTER TABLE \"users\" ENABLE ROW LEVEL SECURITY;\n```",
        Good = "```sql\n-- Kept by hand: Prisma's schema can't say this.\nALTER TABLE \"users\" ENABLE ROW LEVEL SECURITY;\n```",
        Fix = "Nothing needs to be fixed. Document what is maintained by hand, and copy it when migrations are squashed.",
        WhenOff = "When everyone who edits the migrations knows.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        var hits = project.Statements.All.Select(s => (Statement: s, Kind: KindOf(s))).Where(s => s.Kind is not null).ToArray();
        if (hits.Length == 0)
            return;

        var counts = hits.CountBy(h => h.Kind!).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal);
        var first = hits.DistinctBy(h => h.Statement.Migration).ToArray();
        sink.Report(new Observation
        {
            Title = $"{Plural.Of(hits.Length, "statement", "statements")} in {Plural.Of(first.Length, "migration", "migrations")} were written by hand",
            Message = $"Prisma does not generate these: {string.Join(", ", counts.Select(c => $"{c.Value} {c.Key}"))}.",
            Impact = "They are lost when the migrations are squashed or generated again from the schema.",
            Recommendation = "Nothing needs to be fixed. Copy them by hand when migrations are squashed.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, first[0].Statement.Migration.Name),
            Locations = [.. first.Select(h => new FindingLocation(LocationRole.Migration, h.Statement.LocationOf(h.Statement.Syntax)))],
        });
    }

    private static string? KindOf(MigrationStatement statement) => statement.Syntax switch
    {
        DoStatement => "DO blocks",
        CreateFunctionStatement => "functions",
        CreateTriggerStatement or CreateEventTriggerStatement => "triggers",
        CreatePolicyStatement or AlterPolicyStatement => "policies",
        CreateViewStatement or CreateTableAsStatement { IsMaterializedView: true } => "views",
        CreateRuleStatement => "rules",
        GrantStatement or GrantRoleStatement or AlterDefaultPrivilegesStatement or CreateRoleStatement => "privileges and roles",
        CommentStatement => "comments",
        InsertStatement or UpdateStatement or DeleteStatement or MergeStatement or CopyStatement or TruncateStatement => "changes of rows",
        CreatePublicationStatement or AlterPublicationStatement => "publications",
        _ when statement.TableActions.Any(a => a.Action is RowSecurityAction) => "row-level security",
        _ when statement.TableActions.Any(a => a.Action is AddConstraintAction { Constraint: CheckDefinition or ExclusionDefinition }) => "checks",
        _ => null,
    };
}
