using System.Text;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;

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
        What = "Names in CREATE and ADD CONSTRAINT statements that are longer than 63 bytes, which PostgreSQL truncates without an error.",
        Why = "The object gets a different name than the one in the migration. Later statements that use the full name still work, because it is truncated again. A tool that looks up the full name does not find the object, and two long names with the same start collide.",
        Bad = "```sql\nCREATE INDEX \"customer_subscription_invoice_line_items_created_at_status_amount_idx\" ON \"a\"(\"b\");\n```",
        Good = "```sql\nCREATE INDEX \"invoice_line_items_created_at_idx\" ON \"a\"(\"b\");\n```",
        Fix = "Choose a shorter name, and set it in the schema with `map:`.",
        WhenOff = "When nothing looks up the objects by name.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        foreach (var statement in project.Statements.All)
        {
            foreach (var (kind, name) in NewNames(statement))
            {
                if (name.Uncut is not { } full)
                    continue;

                sink.Report(new Observation
                {
                    // What is applied is named as it is named; only a new migration can still choose.
                    Severity = statement.IsPending ? null : Severity.Low,
                    Title = $"{full} is truncated to {name.Name}",
                    Message = $"The name has {Encoding.UTF8.GetByteCount(full)} bytes; PostgreSQL's limit is 63.",
                    Impact = "The object gets a different name than the one in the migration, and it can collide with another long name.",
                    Recommendation = "Choose a shorter name, and set it in the schema with map:.",
                    Project = project.Name,
                    Subject = new Subject(kind, name.Name),
                    Locations = [new FindingLocation(LocationRole.Migration, statement.Text.LocationOf(name.Span))],
                });
            }
        }
    }

    private static IEnumerable<(SubjectKind Kind, Identifier Name)> NewNames(MigrationStatement statement)
    {
        switch (statement.Syntax)
        {
            case CreateTableStatement create:
                yield return (SubjectKind.Table, create.Name.Parts[^1]);
                foreach (var element in create.Elements.OfType<ConstraintDefinition>())
                {
                    if (element.Name is { } constraint)
                        yield return (SubjectKind.Constraint, constraint);
                }

                break;
            case CreateIndexStatement { Name: { } index }:
                yield return (SubjectKind.Index, index);
                break;
            case CreateTypeStatement type:
                yield return (SubjectKind.Type, type.Name.Parts[^1]);
                break;
            case CreateTriggerStatement trigger:
                yield return (SubjectKind.Trigger, trigger.Name);
                break;
            case CreatePolicyStatement policy:
                yield return (SubjectKind.Policy, policy.Name);
                break;
            case RenameStatement rename:
                yield return (SubjectKind.Table, rename.NewName);
                break;
        }

        foreach (var (_, action) in statement.TableActions)
        {
            if (action is AddConstraintAction { Constraint.Name: { } constraint })
                yield return (SubjectKind.Constraint, constraint);
        }

        foreach (var (_, column) in statement.NewColumns)
            yield return (SubjectKind.Column, column.Name);
    }
}
