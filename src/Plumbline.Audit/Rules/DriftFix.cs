using Plumbline.Schema;

namespace Plumbline.Audit;

/// <summary>What mends a difference between schema and migrations: the statements of a new migration that makes the database as the schema has it.</summary>
internal static class DriftFix
{
    /// <summary>The fix of a change from the migrations to the schema; null where none can be written.</summary>
    public static FindingFix? For(SchemaChange change) => null;

    /// <summary>Whether the statements for a change can be run without looking at the rows first.</summary>
    public static FixKind KindOf(SchemaChange change) => change.Kind switch
    {
        ChangeKind.AddColumn when change.ToObject is Column { IsNullable: false, Default: null, Identity: IdentityKind.None, Generated: null } => FixKind.NeedsBackfill,
        ChangeKind.AlterColumnNullability when change.ToObject is Column { IsNullable: false } => FixKind.NeedsBackfill,

        // Rows may stand against the new rule.
        ChangeKind.AddPrimaryKey or ChangeKind.AlterPrimaryKey or ChangeKind.AddUnique or ChangeKind.AlterUnique => FixKind.NeedsBackfill,
        ChangeKind.AddForeignKey or ChangeKind.AddCheck or ChangeKind.AddExclusion => FixKind.NeedsBackfill,
        ChangeKind.AlterForeignKey when !DriftFacts.DiffersInActionsOnly(change) => FixKind.NeedsBackfill,
        ChangeKind.AlterColumnType or ChangeKind.DropEnumValue => FixKind.NeedsBackfill,
        ChangeKind.DropTable or ChangeKind.DropColumn or ChangeKind.DropSchema or ChangeKind.DropEnum => FixKind.Destructive,
        _ => FixKind.Safe,
    };
}
