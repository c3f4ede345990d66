namespace Plumbline.Schema.Comparison;

/// <summary>What a kind of source may or may not be able to express.</summary>
public enum SchemaFeature
{
    /// <summary>Schemas (namespaces).</summary>
    Schema,

    /// <summary>Tables.</summary>
    Table,

    /// <summary>Columns.</summary>
    Column,

    /// <summary>Primary keys.</summary>
    PrimaryKey,

    /// <summary>Unique constraints and unique indexes over whole columns.</summary>
    Unique,

    /// <summary>Indexes over whole columns of all rows.</summary>
    Index,

    /// <summary>Indexes with a predicate.</summary>
    PartialIndex,

    /// <summary>Indexes with an expression.</summary>
    ExpressionIndex,

    /// <summary>INCLUDE columns, NULLS FIRST or LAST, NULLS NOT DISTINCT, collations, storage parameters and validity of an index.</summary>
    IndexDetail,

    /// <summary>Whether uniqueness is held by a constraint or by an index.</summary>
    UniqueConstraintForm,

    /// <summary>Foreign keys.</summary>
    ForeignKey,

    /// <summary>MATCH FULL and column lists of SET NULL of a foreign key.</summary>
    ForeignKeyDetail,

    /// <summary>CHECK constraints.</summary>
    Check,

    /// <summary>EXCLUDE constraints.</summary>
    Exclusion,

    /// <summary>Whether a constraint is deferrable, validated, enforced, and whether a trigger or rule is enabled.</summary>
    ConstraintState,

    /// <summary>Enum types and their values.</summary>
    Enum,

    /// <summary>NOT NULL of array columns.</summary>
    ListNullability,

    /// <summary>Generated columns.</summary>
    GeneratedColumn,

    /// <summary>Whether a number is given by a sequence or an identity, and by which kind of identity.</summary>
    IdentityForm,

    /// <summary>Collations of columns.</summary>
    Collation,

    /// <summary>Composite types.</summary>
    CompositeType,

    /// <summary>Range types.</summary>
    RangeType,

    /// <summary>Domains.</summary>
    Domain,

    /// <summary>Sequences of their own, and the details of those behind columns.</summary>
    Sequence,

    /// <summary>Names and columns of views.</summary>
    View,

    /// <summary>Queries and options of views.</summary>
    ViewDefinition,

    /// <summary>Materialized views.</summary>
    MaterializedView,

    /// <summary>Functions, procedures and aggregates.</summary>
    Function,

    /// <summary>Triggers.</summary>
    Trigger,

    /// <summary>Rewrite rules.</summary>
    Rule,

    /// <summary>Policies.</summary>
    Policy,

    /// <summary>Whether row-level security is on.</summary>
    RowSecurity,

    /// <summary>Extensions.</summary>
    Extension,

    /// <summary>Versions and schemas of extensions.</summary>
    ExtensionDetail,

    /// <summary>Comments.</summary>
    Comment,

    /// <summary>Privileges.</summary>
    Grant,

    /// <summary>Owners.</summary>
    Owner,

    /// <summary>Partitions, partition keys, inheritance and foreign tables.</summary>
    Partition,

    /// <summary>Storage parameters, persistence, replica identity, clustering, and a column's storage, compression and statistics.</summary>
    Storage,

    /// <summary>Publications.</summary>
    Publication,

    /// <summary>What lies in schemas that the source does not speak of.</summary>
    ForeignNamespace,
}
