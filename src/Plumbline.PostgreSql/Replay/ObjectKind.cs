namespace Plumbline.PostgreSql.Replay;

/// <summary>The kinds of object that statements create, change and drop, members of objects included.</summary>
public enum ObjectKind
{
    /// <summary>A table: ordinary, partitioned or foreign.</summary>
    Table,

    /// <summary>A view.</summary>
    View,

    /// <summary>A materialized view.</summary>
    MaterializedView,

    /// <summary>An index, also one that enforces a constraint.</summary>
    Index,

    /// <summary>A sequence.</summary>
    Sequence,

    /// <summary>A column of a table or view, or an attribute of a composite type.</summary>
    Column,

    /// <summary>A PRIMARY KEY constraint.</summary>
    PrimaryKey,

    /// <summary>A UNIQUE constraint.</summary>
    Unique,

    /// <summary>A FOREIGN KEY constraint.</summary>
    ForeignKey,

    /// <summary>A CHECK constraint of a table or domain.</summary>
    Check,

    /// <summary>An EXCLUDE constraint.</summary>
    Exclusion,

    /// <summary>An enum.</summary>
    Enum,

    /// <summary>A value of an enum.</summary>
    EnumValue,

    /// <summary>A domain.</summary>
    Domain,

    /// <summary>A composite, range or base type.</summary>
    Type,

    /// <summary>A function.</summary>
    Function,

    /// <summary>A procedure.</summary>
    Procedure,

    /// <summary>An aggregate.</summary>
    Aggregate,

    /// <summary>A trigger.</summary>
    Trigger,

    /// <summary>A row-level security policy.</summary>
    Policy,

    /// <summary>A rewrite rule.</summary>
    Rule,

    /// <summary>A schema.</summary>
    Schema,

    /// <summary>An extension.</summary>
    Extension,

    /// <summary>A role.</summary>
    Role,

    /// <summary>A publication.</summary>
    Publication,

    /// <summary>Anything else: a statistics object, a cast, a foreign server …</summary>
    Other,
}

/// <summary>What the kinds of object have in common.</summary>
public static class ObjectKinds
{
    extension(ObjectKind kind)
    {
        /// <summary>Whether it is a constraint.</summary>
        public bool IsConstraint => kind is ObjectKind.PrimaryKey or ObjectKind.Unique or ObjectKind.ForeignKey or ObjectKind.Check or ObjectKind.Exclusion;

        /// <summary>Whether it has the name space of tables, in which no two have the same name.</summary>
        public bool IsRelation =>
            kind is ObjectKind.Table or ObjectKind.View or ObjectKind.MaterializedView or ObjectKind.Index or ObjectKind.Sequence;

        /// <summary>Whether it is found by the object that it belongs to and a name.</summary>
        public bool IsMember =>
            kind is ObjectKind.Column or ObjectKind.EnumValue or ObjectKind.Trigger or ObjectKind.Policy or ObjectKind.Rule || kind.IsConstraint;

        /// <summary>The word for it: <c>materialized view</c>, <c>enum-value</c>; <c>constraint</c> for every kind of constraint.</summary>
        public string Word => kind switch
        {
            ObjectKind.MaterializedView => "materialized view",
            ObjectKind.EnumValue => "enum-value",
            ObjectKind.PrimaryKey or ObjectKind.Unique or ObjectKind.ForeignKey or ObjectKind.Check or ObjectKind.Exclusion => "constraint",
            ObjectKind.Other => "object",
            _ => kind.ToString().ToLowerInvariant(),
        };
    }
}
