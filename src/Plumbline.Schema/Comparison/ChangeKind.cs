namespace Plumbline.Schema.Comparison;

/// <summary>What differs between two schemas. The names are those of <c>plumb diff --format json</c> (<see cref="KebabCase"/>).</summary>
public enum ChangeKind
{
    /// <summary>FROM lacks a schema that TO has.</summary>
    AddSchema,

    /// <summary>FROM lacks a table that TO has.</summary>
    AddTable,

    /// <summary>FROM lacks a column that TO has.</summary>
    AddColumn,

    /// <summary>FROM lacks a primary key that TO has.</summary>
    AddPrimaryKey,

    /// <summary>FROM lacks a unique constraint, or a unique index over whole columns that TO has.</summary>
    AddUnique,

    /// <summary>FROM lacks an index that TO has.</summary>
    AddIndex,

    /// <summary>FROM lacks a foreign key that TO has.</summary>
    AddForeignKey,

    /// <summary>FROM lacks a CHECK constraint that TO has.</summary>
    AddCheck,

    /// <summary>FROM lacks an EXCLUDE constraint that TO has.</summary>
    AddExclusion,

    /// <summary>FROM lacks an enum type that TO has.</summary>
    AddEnum,

    /// <summary>FROM lacks a value of an enum that TO has.</summary>
    AddEnumValue,

    /// <summary>FROM lacks a composite or range type that TO has.</summary>
    AddType,

    /// <summary>FROM lacks a domain that TO has.</summary>
    AddDomain,

    /// <summary>FROM lacks a policy that TO has.</summary>
    AddPolicy,

    /// <summary>FROM lacks a trigger that TO has.</summary>
    AddTrigger,

    /// <summary>FROM lacks a function, procedure or aggregate that TO has.</summary>
    AddFunction,

    /// <summary>FROM lacks a view or materialized view that TO has.</summary>
    AddView,

    /// <summary>FROM lacks a sequence that belongs to no column that TO has.</summary>
    AddSequence,

    /// <summary>FROM lacks an extension that TO has.</summary>
    AddExtension,

    /// <summary>FROM lacks a comment that TO has.</summary>
    AddComment,

    /// <summary>FROM lacks privileges of an object that TO has.</summary>
    AddGrant,

    /// <summary>FROM lacks a partition that TO has.</summary>
    AddPartition,

    /// <summary>FROM lacks a rewrite rule that TO has.</summary>
    AddRule,

    /// <summary>FROM lacks a publication that TO has.</summary>
    AddPublication,

    /// <summary>FROM has a schema that TO lacks.</summary>
    DropSchema,

    /// <summary>FROM has a table that TO lacks.</summary>
    DropTable,

    /// <summary>FROM has a column that TO lacks.</summary>
    DropColumn,

    /// <summary>FROM has a primary key that TO lacks.</summary>
    DropPrimaryKey,

    /// <summary>FROM has a unique constraint, or a unique index over whole columns that TO lacks.</summary>
    DropUnique,

    /// <summary>FROM has an index that TO lacks.</summary>
    DropIndex,

    /// <summary>FROM has a foreign key that TO lacks.</summary>
    DropForeignKey,

    /// <summary>FROM has a CHECK constraint that TO lacks.</summary>
    DropCheck,

    /// <summary>FROM has an EXCLUDE constraint that TO lacks.</summary>
    DropExclusion,

    /// <summary>FROM has an enum type that TO lacks.</summary>
    DropEnum,

    /// <summary>FROM has a value of an enum that TO lacks.</summary>
    DropEnumValue,

    /// <summary>FROM has a composite or range type that TO lacks.</summary>
    DropType,

    /// <summary>FROM has a domain that TO lacks.</summary>
    DropDomain,

    /// <summary>FROM has a policy that TO lacks.</summary>
    DropPolicy,

    /// <summary>FROM has a trigger that TO lacks.</summary>
    DropTrigger,

    /// <summary>FROM has a function, procedure or aggregate that TO lacks.</summary>
    DropFunction,

    /// <summary>FROM has a view or materialized view that TO lacks.</summary>
    DropView,

    /// <summary>FROM has a sequence that belongs to no column that TO lacks.</summary>
    DropSequence,

    /// <summary>FROM has an extension that TO lacks.</summary>
    DropExtension,

    /// <summary>FROM has a comment that TO lacks.</summary>
    DropComment,

    /// <summary>FROM has privileges of an object that TO lacks.</summary>
    DropGrant,

    /// <summary>FROM has a partition that TO lacks.</summary>
    DropPartition,

    /// <summary>FROM has a rewrite rule that TO lacks.</summary>
    DropRule,

    /// <summary>FROM has a publication that TO lacks.</summary>
    DropPublication,

    /// <summary>A table has another name; of tables, columns, enums and values a guess with a confidence.</summary>
    RenameTable,

    /// <summary>A column has another name; of tables, columns, enums and values a guess with a confidence.</summary>
    RenameColumn,

    /// <summary>An index has another name; of tables, columns, enums and values a guess with a confidence.</summary>
    RenameIndex,

    /// <summary>A constraint has another name; of tables, columns, enums and values a guess with a confidence.</summary>
    RenameConstraint,

    /// <summary>An enum type has another name; of tables, columns, enums and values a guess with a confidence.</summary>
    RenameEnum,

    /// <summary>A value of an enum has another name; of tables, columns, enums and values a guess with a confidence.</summary>
    RenameEnumValue,

    /// <summary>Another type of a column.</summary>
    AlterColumnType,

    /// <summary>NOT NULL on one side only of a column.</summary>
    AlterColumnNullability,

    /// <summary>Another DEFAULT of a column.</summary>
    AlterColumnDefault,

    /// <summary>Another identity of a column.</summary>
    AlterColumnIdentity,

    /// <summary>Another generation expression of a column.</summary>
    AlterColumnGenerated,

    /// <summary>Another collation of a column.</summary>
    AlterColumnCollation,

    /// <summary>Both have a primary key of that name, defined otherwise.</summary>
    AlterPrimaryKey,

    /// <summary>Both have a unique constraint, or a unique index over whole columns of that name, defined otherwise.</summary>
    AlterUnique,

    /// <summary>Both have an index of that name, defined otherwise.</summary>
    AlterIndex,

    /// <summary>Both have a foreign key of that name, defined otherwise.</summary>
    AlterForeignKey,

    /// <summary>Both have a CHECK constraint of that name, defined otherwise.</summary>
    AlterCheck,

    /// <summary>The values of an enum stand in another order.</summary>
    AlterEnumOrder,

    /// <summary>Both have a composite or range type of that name, defined otherwise.</summary>
    AlterType,

    /// <summary>Both have a domain of that name, defined otherwise.</summary>
    AlterDomain,

    /// <summary>Both have a policy of that name, defined otherwise.</summary>
    AlterPolicy,

    /// <summary>Both have a trigger of that name, defined otherwise.</summary>
    AlterTrigger,

    /// <summary>Both have a function, procedure or aggregate of that name, defined otherwise.</summary>
    AlterFunction,

    /// <summary>Both have a view or materialized view of that name, defined otherwise.</summary>
    AlterView,

    /// <summary>Both have a sequence that belongs to no column of that name, defined otherwise.</summary>
    AlterSequence,

    /// <summary>Both have an extension of that name, defined otherwise.</summary>
    AlterExtension,

    /// <summary>Both have a comment of that name, defined otherwise.</summary>
    AlterComment,

    /// <summary>Row-level security is switched otherwise.</summary>
    AlterRls,

    /// <summary>An object has another owner.</summary>
    AlterOwner,

    /// <summary>Both have privileges of an object of that name, defined otherwise.</summary>
    AlterGrant,

    /// <summary>A table is partitioned, or attached, or inherits otherwise.</summary>
    AlterPartition,

    /// <summary>Storage parameters, persistence, replica identity, clustering, or a column's storage, compression or statistics differ.</summary>
    AlterStorage,

    /// <summary>A constraint is deferrable, validated or enforced otherwise, or a trigger or rule is enabled otherwise.</summary>
    AlterConstraintState,

    /// <summary>Both have a publication of that name, defined otherwise.</summary>
    AlterPublication,
}
