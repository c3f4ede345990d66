using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.History;

/// <summary>The names that a statement gives to what it makes.</summary>
internal static class NewNames
{
    /// <summary>The names of a statement, each with the kind of thing that has it.</summary>
    public static IEnumerable<(SubjectKind Kind, Identifier Name)> Of(MigrationStatement statement)
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

        foreach (var column in statement.DefinedColumns)
            yield return (SubjectKind.Column, column.Name);
    }
}
