namespace Plumbline.Schema.Comparison;

/// <summary>What kind of thing a <see cref="Subject"/> is.</summary>
public enum SubjectKind
{
    /// <summary>The database as a whole.</summary>
    Database,

    /// <summary>A schema (namespace).</summary>
    Schema,

    /// <summary>A table.</summary>
    Table,

    /// <summary>A column.</summary>
    Column,

    /// <summary>An index.</summary>
    Index,

    /// <summary>A constraint of any kind.</summary>
    Constraint,

    /// <summary>An enum type.</summary>
    Enum,

    /// <summary>A value of an enum type.</summary>
    EnumValue,

    /// <summary>A composite or range type.</summary>
    Type,

    /// <summary>A domain.</summary>
    Domain,

    /// <summary>A row-level security policy.</summary>
    Policy,

    /// <summary>A trigger.</summary>
    Trigger,

    /// <summary>A function, procedure or aggregate.</summary>
    Function,

    /// <summary>A view or materialized view.</summary>
    View,

    /// <summary>An extension.</summary>
    Extension,

    /// <summary>A sequence.</summary>
    Sequence,

    /// <summary>Privileges on an object.</summary>
    Grant,

    /// <summary>A partition of a table.</summary>
    Partition,

    /// <summary>A rewrite rule of a table or view.</summary>
    Rule,

    /// <summary>A publication for logical replication.</summary>
    Publication,

    /// <summary>A migration.</summary>
    Migration,

    /// <summary>A Prisma model.</summary>
    Model,

    /// <summary>A field of a Prisma model.</summary>
    Field,

    /// <summary>A relation of a Prisma model.</summary>
    Relation,

    /// <summary>A query in the code.</summary>
    Query,

    /// <summary>A route of the application.</summary>
    Route,

    /// <summary>A file.</summary>
    File,

    /// <summary>A package of the repository.</summary>
    Package,

    /// <summary>An environment.</summary>
    Environment,

    /// <summary>A declared invariant.</summary>
    Invariant,
}
