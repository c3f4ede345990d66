using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Facts;

/// <summary>Says which rule speaks of a difference between the migrations and a live database.</summary>
internal static class LiveDriftRules
{
    /// <summary>The name of the rule.</summary>
    /// <param name="change">The difference, from the migrations to the database.</param>
    public static string RuleOf(SchemaChange change) => "drift/" + change.Kind switch
    {
        ChangeKind.AddTable => "extra-table",
        ChangeKind.DropTable => "missing-table",
        ChangeKind.RenameTable => "renamed-table",
        ChangeKind.AddColumn => "extra-column",
        ChangeKind.DropColumn => "missing-column",
        ChangeKind.RenameColumn => "renamed-column",
        ChangeKind.AlterColumnType => "column-type",
        ChangeKind.AlterColumnNullability => "nullability",
        ChangeKind.AlterColumnDefault => "default",
        ChangeKind.AlterColumnIdentity => "identity",
        ChangeKind.AlterColumnGenerated => "generated",
        ChangeKind.AlterColumnCollation => "collation",
        ChangeKind.AddPrimaryKey or ChangeKind.DropPrimaryKey or ChangeKind.AlterPrimaryKey => "primary-key",
        ChangeKind.AddUnique or ChangeKind.DropUnique or ChangeKind.AlterUnique => "unique",
        ChangeKind.AddIndex or ChangeKind.DropIndex or ChangeKind.AlterIndex or ChangeKind.RenameIndex => "index",
        ChangeKind.AlterForeignKey => DriftFacts.DiffersInActionsOnly(change) ? "referential-action" : "foreign-key",
        ChangeKind.AddForeignKey or ChangeKind.DropForeignKey => "foreign-key",
        ChangeKind.AddCheck or ChangeKind.DropCheck or ChangeKind.AlterCheck or ChangeKind.AddExclusion or ChangeKind.DropExclusion => "check",
        ChangeKind.RenameConstraint => OfConstraint(change),
        ChangeKind.AddEnum or ChangeKind.DropEnum or ChangeKind.RenameEnum => "enum",
        ChangeKind.AddEnumValue or ChangeKind.DropEnumValue or ChangeKind.RenameEnumValue => "enum-value",
        ChangeKind.AlterEnumOrder => "enum-order",
        ChangeKind.AddType or ChangeKind.DropType or ChangeKind.AlterType or ChangeKind.AddDomain or ChangeKind.DropDomain or ChangeKind.AlterDomain => "type",
        ChangeKind.AddPolicy or ChangeKind.DropPolicy or ChangeKind.AlterPolicy => "policy",
        ChangeKind.AlterRls => "rls",
        ChangeKind.AddTrigger or ChangeKind.DropTrigger or ChangeKind.AlterTrigger => "trigger",
        ChangeKind.AddFunction or ChangeKind.DropFunction or ChangeKind.AlterFunction => "function",
        ChangeKind.AddView or ChangeKind.DropView or ChangeKind.AlterView => "view",
        ChangeKind.AddExtension or ChangeKind.DropExtension or ChangeKind.AlterExtension => "extension",
        ChangeKind.AddSequence or ChangeKind.DropSequence or ChangeKind.AlterSequence => "sequence",
        ChangeKind.AddComment or ChangeKind.DropComment or ChangeKind.AlterComment => "comment",
        ChangeKind.AddGrant or ChangeKind.DropGrant or ChangeKind.AlterGrant => "grant",
        ChangeKind.AlterOwner => "owner",
        ChangeKind.AddPartition or ChangeKind.DropPartition or ChangeKind.AlterPartition => "partition",
        ChangeKind.AlterConstraintState => "constraint-state",
        _ => "other-object",
    };

    private static string OfConstraint(SchemaChange change) => change.ToObject switch
    {
        KeyConstraint key when change.ToParent is Table { PrimaryKey: { } primary } && ReferenceEquals(primary, key) => "primary-key",
        ForeignKey => "foreign-key",
        CheckConstraint => "check",
        _ => "unique",
    };
}
