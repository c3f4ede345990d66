using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Tables;

/// <summary>ALTER TABLE and its kin that share its actions.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Kind">The kind of object named: table, foreign table, index, view, materialized view, sequence or type (composite).</param>
/// <param name="Name">The object.</param>
/// <param name="IfExists">Whether IF EXISTS is written.</param>
/// <param name="IsOnly">Whether ONLY is written.</param>
/// <param name="Actions">What is done, in its order.</param>
public sealed record AlterTableStatement(
    TextSpan Span, SqlObjectKind Kind, QualifiedName Name, bool IfExists, bool IsOnly, ImmutableArray<AlterTableAction> Actions) : SqlStatement(Span);

/// <summary>One action of ALTER TABLE.</summary>
/// <param name="Span">Its place in the text.</param>
public abstract record AlterTableAction(TextSpan Span) : SqlNode(Span);

/// <summary>ADD COLUMN; ADD ATTRIBUTE of a composite type.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Column">The column.</param>
/// <param name="IfNotExists">Whether IF NOT EXISTS is written.</param>
/// <param name="IsCascade">CASCADE, of ADD ATTRIBUTE.</param>
public sealed record AddColumnAction(TextSpan Span, ColumnDefinition Column, bool IfNotExists, bool IsCascade = false) : AlterTableAction(Span);

/// <summary>DROP COLUMN; DROP ATTRIBUTE of a composite type.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Column">The column.</param>
/// <param name="IfExists">Whether IF EXISTS is written.</param>
/// <param name="IsCascade">CASCADE.</param>
public sealed record DropColumnAction(TextSpan Span, Identifier Column, bool IfExists, bool IsCascade) : AlterTableAction(Span);

/// <summary>ALTER COLUMN … SET DEFAULT, or DROP DEFAULT.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Column">The column.</param>
/// <param name="Value">The new default; null for DROP DEFAULT.</param>
public sealed record SetDefaultAction(TextSpan Span, Identifier Column, SqlExpr? Value) : AlterTableAction(Span);

/// <summary>ALTER COLUMN … SET NOT NULL, or DROP NOT NULL.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Column">The column.</param>
/// <param name="IsNotNull">SET; else DROP.</param>
public sealed record SetNotNullAction(TextSpan Span, Identifier Column, bool IsNotNull) : AlterTableAction(Span);

/// <summary>ALTER COLUMN … TYPE; ALTER ATTRIBUTE … TYPE of a composite type.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Column">The column.</param>
/// <param name="Type">The new type.</param>
/// <param name="Collation">COLLATE; null where it is not written.</param>
/// <param name="Using">USING; null where it is not written.</param>
/// <param name="IsCascade">CASCADE, of ALTER ATTRIBUTE.</param>
public sealed record SetTypeAction(TextSpan Span, Identifier Column, SqlTypeName Type, QualifiedName? Collation, SqlExpr? Using, bool IsCascade = false)
    : AlterTableAction(Span);

/// <summary>ALTER COLUMN … SET EXPRESSION AS (…) (PostgreSQL 17), or DROP EXPRESSION.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Column">The column.</param>
/// <param name="Value">The new expression; null for DROP EXPRESSION.</param>
/// <param name="IfExists">IF EXISTS of DROP EXPRESSION.</param>
public sealed record SetExpressionAction(TextSpan Span, Identifier Column, SqlExpr? Value, bool IfExists) : AlterTableAction(Span);

/// <summary>ALTER COLUMN … ADD GENERATED … AS IDENTITY.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Column">The column.</param>
/// <param name="Identity">The identity.</param>
public sealed record AddIdentityAction(TextSpan Span, Identifier Column, IdentityDefinition Identity) : AlterTableAction(Span);

/// <summary>ALTER COLUMN … SET GENERATED, SET sequence option, RESTART.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Column">The column.</param>
/// <param name="Options">What is set; <c>generated</c> has the value <c>always</c> or <c>by default</c>.</param>
public sealed record SetIdentityAction(TextSpan Span, Identifier Column, ImmutableArray<DefinitionOption> Options) : AlterTableAction(Span);

/// <summary>ALTER COLUMN … DROP IDENTITY.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Column">The column.</param>
/// <param name="IfExists">Whether IF EXISTS is written.</param>
public sealed record DropIdentityAction(TextSpan Span, Identifier Column, bool IfExists) : AlterTableAction(Span);

/// <summary>ALTER COLUMN … SET STATISTICS.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Column">The column's name; null where its number is written.</param>
/// <param name="Number">The column's number; null where its name is written.</param>
/// <param name="Target">The target; null for DEFAULT.</param>
public sealed record SetStatisticsAction(TextSpan Span, Identifier? Column, int? Number, int? Target) : AlterTableAction(Span);

/// <summary>ALTER COLUMN … SET STORAGE.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Column">The column.</param>
/// <param name="Storage">The storage, as written.</param>
public sealed record SetStorageAction(TextSpan Span, Identifier Column, string Storage) : AlterTableAction(Span);

/// <summary>ALTER COLUMN … SET COMPRESSION.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Column">The column.</param>
/// <param name="Compression">The method, as written.</param>
public sealed record SetCompressionAction(TextSpan Span, Identifier Column, string Compression) : AlterTableAction(Span);

/// <summary>ALTER COLUMN … SET (…), RESET (…), OPTIONS (…).</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Column">The column.</param>
/// <param name="Kind">Which.</param>
/// <param name="Options">The options.</param>
public sealed record ColumnOptionsAction(TextSpan Span, Identifier Column, OptionsKind Kind, ImmutableArray<DefinitionOption> Options) : AlterTableAction(Span);

/// <summary>SET (…), RESET (…), OPTIONS (…) of the object itself.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Kind">Which.</param>
/// <param name="Options">The options.</param>
public sealed record RelationOptionsAction(TextSpan Span, OptionsKind Kind, ImmutableArray<DefinitionOption> Options) : AlterTableAction(Span);

/// <summary>What is done with options.</summary>
public enum OptionsKind
{
    /// <summary>SET.</summary>
    Set,

    /// <summary>RESET.</summary>
    Reset,

    /// <summary>OPTIONS of a foreign table.</summary>
    Foreign,
}

/// <summary>ADD constraint.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Constraint">The constraint.</param>
public sealed record AddConstraintAction(TextSpan Span, ConstraintDefinition Constraint) : AlterTableAction(Span);

/// <summary>ALTER CONSTRAINT.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Constraint">The constraint.</param>
/// <param name="IsDeferrable">DEFERRABLE; null where it is not written.</param>
/// <param name="IsInitiallyDeferred">INITIALLY DEFERRED; null where it is not written.</param>
/// <param name="IsEnforced">ENFORCED; null where it is not written.</param>
/// <param name="Inherit">INHERIT or NO INHERIT; null where neither is written.</param>
public sealed record AlterConstraintAction(
    TextSpan Span, Identifier Constraint, bool? IsDeferrable, bool? IsInitiallyDeferred, bool? IsEnforced, bool? Inherit) : AlterTableAction(Span);

/// <summary>VALIDATE CONSTRAINT.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Constraint">The constraint.</param>
public sealed record ValidateConstraintAction(TextSpan Span, Identifier Constraint) : AlterTableAction(Span);

/// <summary>DROP CONSTRAINT.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Constraint">The constraint.</param>
/// <param name="IfExists">Whether IF EXISTS is written.</param>
/// <param name="IsCascade">CASCADE.</param>
public sealed record DropConstraintAction(TextSpan Span, Identifier Constraint, bool IfExists, bool IsCascade) : AlterTableAction(Span);

/// <summary>ENABLE or DISABLE a trigger or rule.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="IsRule">RULE; else TRIGGER.</param>
/// <param name="Mode"><c>ENABLE</c>, <c>DISABLE</c>, <c>ENABLE ALWAYS</c> or <c>ENABLE REPLICA</c>.</param>
/// <param name="Name">Its name; null where <paramref name="Group"/> is written.</param>
/// <param name="Group"><c>ALL</c> or <c>USER</c>; null where a name is written.</param>
public sealed record EnableTriggerAction(TextSpan Span, bool IsRule, string Mode, Identifier? Name, string? Group) : AlterTableAction(Span);

/// <summary>ENABLE, DISABLE, FORCE, NO FORCE ROW LEVEL SECURITY.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Mode"><c>ENABLE</c>, <c>DISABLE</c>, <c>FORCE</c> or <c>NO FORCE</c>.</param>
public sealed record RowSecurityAction(TextSpan Span, string Mode) : AlterTableAction(Span);

/// <summary>CLUSTER ON, or SET WITHOUT CLUSTER.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Index">The index; null for SET WITHOUT CLUSTER.</param>
public sealed record ClusterOnAction(TextSpan Span, Identifier? Index) : AlterTableAction(Span);

/// <summary>SET LOGGED, SET UNLOGGED, SET WITHOUT OIDS.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Mode"><c>LOGGED</c>, <c>UNLOGGED</c> or <c>WITHOUT OIDS</c>.</param>
public sealed record SetLoggedAction(TextSpan Span, string Mode) : AlterTableAction(Span);

/// <summary>SET ACCESS METHOD.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Method">The method; null for DEFAULT.</param>
public sealed record SetAccessMethodAction(TextSpan Span, Identifier? Method) : AlterTableAction(Span);

/// <summary>SET TABLESPACE.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Tablespace">The tablespace.</param>
public sealed record SetTablespaceAction(TextSpan Span, Identifier Tablespace) : AlterTableAction(Span);

/// <summary>INHERIT or NO INHERIT.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Parent">The parent.</param>
/// <param name="IsRemoved">NO INHERIT.</param>
public sealed record InheritAction(TextSpan Span, QualifiedName Parent, bool IsRemoved) : AlterTableAction(Span);

/// <summary>OF type, or NOT OF.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Type">The type; null for NOT OF.</param>
public sealed record OfTypeAction(TextSpan Span, QualifiedName? Type) : AlterTableAction(Span);

/// <summary>OWNER TO.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Owner">The new owner.</param>
public sealed record OwnerToAction(TextSpan Span, RoleSpec Owner) : AlterTableAction(Span);

/// <summary>REPLICA IDENTITY.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Mode"><c>DEFAULT</c>, <c>FULL</c>, <c>NOTHING</c> or <c>INDEX</c>.</param>
/// <param name="Index">The index of USING INDEX; else null.</param>
public sealed record ReplicaIdentityAction(TextSpan Span, string Mode, Identifier? Index) : AlterTableAction(Span);

/// <summary>ATTACH PARTITION.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Bound">Its bounds; null for an index's partition.</param>
public sealed record AttachPartitionAction(TextSpan Span, QualifiedName Partition, PartitionBound? Bound) : AlterTableAction(Span);

/// <summary>DETACH PARTITION.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Partition">The partition.</param>
/// <param name="IsConcurrent">CONCURRENTLY.</param>
/// <param name="IsFinalize">FINALIZE.</param>
public sealed record DetachPartitionAction(TextSpan Span, QualifiedName Partition, bool IsConcurrent, bool IsFinalize) : AlterTableAction(Span);
