using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Objects;

/// <summary>The kinds of object that DROP, COMMENT, GRANT, ALTER … RENAME and their kin name.</summary>
public enum SqlObjectKind
{
    /// <summary>TABLE.</summary>
    Table,

    /// <summary>FOREIGN TABLE.</summary>
    ForeignTable,

    /// <summary>INDEX.</summary>
    Index,

    /// <summary>VIEW.</summary>
    View,

    /// <summary>MATERIALIZED VIEW.</summary>
    MaterializedView,

    /// <summary>SEQUENCE.</summary>
    Sequence,

    /// <summary>COLUMN.</summary>
    Column,

    /// <summary>CONSTRAINT.</summary>
    Constraint,

    /// <summary>DOMAIN CONSTRAINT.</summary>
    DomainConstraint,

    /// <summary>TYPE.</summary>
    Type,

    /// <summary>DOMAIN.</summary>
    Domain,

    /// <summary>ATTRIBUTE.</summary>
    Attribute,

    /// <summary>SCHEMA.</summary>
    Schema,

    /// <summary>DATABASE.</summary>
    Database,

    /// <summary>FUNCTION.</summary>
    Function,

    /// <summary>PROCEDURE.</summary>
    Procedure,

    /// <summary>ROUTINE.</summary>
    Routine,

    /// <summary>AGGREGATE.</summary>
    Aggregate,

    /// <summary>OPERATOR.</summary>
    Operator,

    /// <summary>OPERATOR CLASS.</summary>
    OperatorClass,

    /// <summary>OPERATOR FAMILY.</summary>
    OperatorFamily,

    /// <summary>CAST.</summary>
    Cast,

    /// <summary>COLLATION.</summary>
    Collation,

    /// <summary>CONVERSION.</summary>
    Conversion,

    /// <summary>TRIGGER.</summary>
    Trigger,

    /// <summary>EVENT TRIGGER.</summary>
    EventTrigger,

    /// <summary>RULE.</summary>
    Rule,

    /// <summary>POLICY.</summary>
    Policy,

    /// <summary>EXTENSION.</summary>
    Extension,

    /// <summary>LANGUAGE.</summary>
    Language,

    /// <summary>ROLE.</summary>
    Role,

    /// <summary>TABLESPACE.</summary>
    Tablespace,

    /// <summary>PUBLICATION.</summary>
    Publication,

    /// <summary>SUBSCRIPTION.</summary>
    Subscription,

    /// <summary>STATISTICS.</summary>
    Statistics,

    /// <summary>TEXT SEARCH PARSER.</summary>
    TextSearchParser,

    /// <summary>TEXT SEARCH DICTIONARY.</summary>
    TextSearchDictionary,

    /// <summary>TEXT SEARCH TEMPLATE.</summary>
    TextSearchTemplate,

    /// <summary>TEXT SEARCH CONFIGURATION.</summary>
    TextSearchConfiguration,

    /// <summary>TRANSFORM.</summary>
    Transform,

    /// <summary>ACCESS METHOD.</summary>
    AccessMethod,

    /// <summary>FOREIGN DATA WRAPPER.</summary>
    ForeignDataWrapper,

    /// <summary>SERVER.</summary>
    Server,

    /// <summary>USER MAPPING.</summary>
    UserMapping,

    /// <summary>LARGE OBJECT.</summary>
    LargeObject,

    /// <summary>PARAMETER.</summary>
    Parameter,
}

/// <summary>An object as DROP, COMMENT, ALTER … RENAME and their kin name it.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name; for a column the table's name followed by its own; null for casts, transforms, types' and operators' names, and user
/// mappings.</param>
public sealed record ObjectReference(TextSpan Span, SqlObjectKind Kind, QualifiedName? Name) : SqlNode(Span)
{
    /// <summary>The type or domain (also of a constraint on a domain), or the source type of a cast, or the type of a transform; else null.</summary>
    public SqlTypeName? Type { get; init; }

    /// <summary>The target type of a cast; else null.</summary>
    public SqlTypeName? TargetType { get; init; }

    /// <summary>The operator's name; else null.</summary>
    public OperatorName? Operator { get; init; }

    /// <summary>The parameters in parentheses of a function, procedure or aggregate, or the operand types of an operator (null for NONE is left out); default
    /// where no parentheses are written.</summary>
    public ImmutableArray<FunctionParameter>? Parameters { get; init; }

    /// <summary>The table of a trigger, policy, rule or constraint; else null.</summary>
    public QualifiedName? On { get; init; }

    /// <summary>The access method of an operator class or family, the language of a transform, the server of a user mapping; else null.</summary>
    public Identifier? Using { get; init; }

    /// <summary>The role of a user mapping; else null.</summary>
    public RoleSpec? Role { get; init; }

    /// <summary>Whether ONLY is written.</summary>
    public bool IsOnly { get; init; }
}

/// <summary>DROP of anything but a role, OWNED, or a column.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Kind">The kind of object.</param>
/// <param name="Objects">The objects.</param>
/// <param name="IfExists">Whether IF EXISTS is written.</param>
/// <param name="IsCascade">CASCADE.</param>
/// <param name="IsConcurrent">CONCURRENTLY, of an index.</param>
public sealed record DropStatement(
    TextSpan Span, SqlObjectKind Kind, ImmutableArray<ObjectReference> Objects, bool IfExists, bool IsCascade, bool IsConcurrent) : SqlStatement(Span);

/// <summary>ALTER … RENAME TO; RENAME COLUMN, CONSTRAINT, ATTRIBUTE. (RENAME VALUE is an <see cref="AlterEnumStatement"/>.)</summary>
/// <param name="Span">The whole.</param>
/// <param name="Object">What is altered.</param>
/// <param name="Member">The kind of member that is renamed: column, attribute, constraint; null where the object itself is.</param>
/// <param name="OldName">The member's name; null where the object itself is renamed.</param>
/// <param name="NewName">The new name.</param>
/// <param name="IfExists">Whether IF EXISTS is written.</param>
/// <param name="IsCascade">CASCADE, of an attribute.</param>
public sealed record RenameStatement(
    TextSpan Span, ObjectReference Object, SqlObjectKind? Member, Identifier? OldName, Identifier NewName, bool IfExists, bool IsCascade = false)
    : SqlStatement(Span);

/// <summary>ALTER … OWNER TO. (Of tables, views, indexes, sequences it is an <see cref="OwnerToAction"/>.)</summary>
/// <param name="Span">The whole.</param>
/// <param name="Object">What is altered.</param>
/// <param name="Owner">The new owner.</param>
public sealed record AlterOwnerStatement(TextSpan Span, ObjectReference Object, RoleSpec Owner) : SqlStatement(Span);

/// <summary>ALTER … SET SCHEMA.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Object">What is altered.</param>
/// <param name="NewSchema">The new schema.</param>
/// <param name="IfExists">Whether IF EXISTS is written.</param>
public sealed record SetSchemaStatement(TextSpan Span, ObjectReference Object, Identifier NewSchema, bool IfExists) : SqlStatement(Span);

/// <summary>ALTER … [NO] DEPENDS ON EXTENSION.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Object">What is altered.</param>
/// <param name="Extension">The extension.</param>
/// <param name="IsRemoved">NO.</param>
public sealed record DependsOnExtensionStatement(TextSpan Span, ObjectReference Object, Identifier Extension, bool IsRemoved) : SqlStatement(Span);

/// <summary>COMMENT ON.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Object">What is commented on.</param>
/// <param name="Comment">The comment; null for IS NULL.</param>
public sealed record CommentStatement(TextSpan Span, ObjectReference Object, string? Comment) : SqlStatement(Span);

/// <summary>SECURITY LABEL.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Provider">The provider; null where it is not written.</param>
/// <param name="Object">What is labelled.</param>
/// <param name="Label">The label; null for IS NULL.</param>
public sealed record SecurityLabelStatement(TextSpan Span, string? Provider, ObjectReference Object, string? Label) : SqlStatement(Span);
