using Plumbline.Audit.Configuration;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Reports.Diff;

/// <summary>How much a difference between two sources matters where nothing else is known than what differs; as the drift rules judge it.</summary>
public static class ChangeSeverity
{
    /// <summary>The severity of a change.</summary>
    public static Severity Of(SchemaChange change) => change.Kind switch
    {
        ChangeKind.AddTable or ChangeKind.AddColumn or ChangeKind.RenameTable or ChangeKind.RenameColumn => Severity.Critical,
        ChangeKind.DropTable or ChangeKind.AlterColumnType or ChangeKind.AlterColumnNullability => Severity.High,
        ChangeKind.DropColumn => change.FromObject is Column column && DriftFacts.NeedsValue(column) ? Severity.High : Severity.Medium,
        ChangeKind.AddPrimaryKey or ChangeKind.DropPrimaryKey or ChangeKind.AlterPrimaryKey => Severity.High,
        ChangeKind.AddUnique or ChangeKind.DropUnique or ChangeKind.AlterUnique => Severity.High,
        ChangeKind.AddForeignKey or ChangeKind.DropForeignKey => Severity.High,
        ChangeKind.AlterForeignKey => DriftFacts.DiffersInActionsOnly(change) ? Severity.Medium : Severity.High,
        ChangeKind.AddEnum or ChangeKind.DropEnum or ChangeKind.RenameEnum or ChangeKind.AddEnumValue or ChangeKind.DropEnumValue or ChangeKind.RenameEnumValue => Severity.High,
        ChangeKind.AddPolicy or ChangeKind.DropPolicy or ChangeKind.AlterPolicy or ChangeKind.AlterRls => Severity.High,
        ChangeKind.AlterEnumOrder or ChangeKind.AddComment or ChangeKind.DropComment or ChangeKind.AlterComment => Severity.Info,
        ChangeKind.RenameIndex or ChangeKind.RenameConstraint or ChangeKind.AlterColumnCollation or ChangeKind.AlterOwner or ChangeKind.AlterStorage or ChangeKind.AlterConstraintState => Severity.Low,
        ChangeKind.AddSequence or ChangeKind.DropSequence or ChangeKind.AlterSequence => Severity.Low,
        _ => Severity.Medium,
    };
}
