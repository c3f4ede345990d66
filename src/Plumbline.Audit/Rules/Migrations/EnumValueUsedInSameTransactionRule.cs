using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A migration that adds an enum value and uses it, which PostgreSQL refuses within one transaction.</summary>
internal sealed class EnumValueUsedInSameTransactionRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/enum-value-used-in-same-transaction",
        Title = "An enum value is used in the migration that adds it",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = """
            Migrations that add a value to an enum and use it in a later statement. The body of a function that is only defined does not count. Where
            a deployment would reach the statement, `migration/deploy-only-error` reports it instead.
            """,
        Why = "PostgreSQL refuses to use an enum value in the transaction that adds it (55P04), and Prisma runs a file as one transaction. On an empty table the statement may succeed, and then fail in production.",
        Bad = """
            ```sql
            ALTER TYPE "Role" ADD VALUE 'OWNER';
            UPDATE "users" SET "role" = 'OWNER' WHERE "is_owner";
            ```
            """,
        Good = """
            ```sql
            -- one migration
            ALTER TYPE "Role" ADD VALUE 'OWNER';
            -- the next migration
            UPDATE "users" SET "role" = 'OWNER' WHERE "is_owner";
            ```
            """,
        Fix = "Add the value in one migration and use it in the next.",
        WhenOff = "When Prisma never runs the migrations. Where `migration/own-runner` recognizes a program that runs them, the rule is already silent.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.OwnRunner is not null)
            return;

        var judged = (project.AsDeployed?.Outcomes ?? [])
            .Where(o => o.Kind is OutcomeKind.Refused or OutcomeKind.Done)
            .Select(o => (o.Location.Path, o.Span.Start))
            .ToHashSet();
        var added = new List<EnumValue>();
        MigrationStatement? previous = null;
        foreach (var statement in project.Statements.AsRun)
        {
            // A commit ends the transaction too, and the value is there.
            if (!ReferenceEquals(statement.Migration, previous?.Migration) || statement.Syntax is TransactionStatement { Kind: TransactionKind.Commit })
                added.Clear();

            previous = statement;
            if (statement.Syntax is AlterEnumStatement { OldValue: null } alter)
            {
                // IF NOT EXISTS adds nothing where the value is there.
                if (statement.Did(ObjectChangeKind.Create, ObjectKind.EnumValue, alter.Name.Name, alter.NewValue.Text))
                    added.Add(new EnumValue(alter, statement.LocationOf(alter)));

                continue;
            }

            if (added.Count == 0)
                continue;

            // The body of a function that is only defined here runs later, in another transaction.
            var literals = project.Statements.Effects.Of(statement)?.LiteralsWhenRun();
            if (judged.Contains((statement.Text.Path, statement.Syntax.Span.Start)) || added.Find(a => literals?.Contains(a.Label) == true) is not { } used)
                continue;

            sink.Report(new Observation
            {
                Title = $"{statement.Migration.Name} uses the enum value {used.Label} that it adds",
                Message = $"The value is added to {used.Syntax.Name} in the same file, which Prisma sends as one string and PostgreSQL runs as one transaction.",
                Impact = "The deployment fails here with 55P04.",
                Recommendation = "Add the value in one migration and use it in the next.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.EnumValue, used.Label, project.SchemaOf(used.Syntax.Name.Schema), used.Syntax.Name.Name),
                Locations = [new FindingLocation(LocationRole.Migration, statement.LocationOf(statement.Syntax)), new FindingLocation(LocationRole.Migration, used.Place)],
                Discriminator = statement.Migration.Name,
            });
        }
    }

    private sealed record EnumValue(AlterEnumStatement Syntax, SourceLocation Place)
    {
        public string Label => Syntax.NewValue.Text;
    }
}
