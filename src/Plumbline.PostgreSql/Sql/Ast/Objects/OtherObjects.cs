using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Objects;

/// <summary>CREATE EXTENSION.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="IfNotExists">Whether IF NOT EXISTS is written.</param>
/// <param name="Schema">SCHEMA; null where it is not written.</param>
/// <param name="Version">VERSION; null where it is not written.</param>
/// <param name="IsCascade">CASCADE.</param>
public sealed record CreateExtensionStatement(TextSpan Span, Identifier Name, bool IfNotExists, Identifier? Schema, string? Version, bool IsCascade)
    : SqlStatement(Span);

/// <summary>ALTER EXTENSION … UPDATE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">The extension.</param>
/// <param name="Version">TO; null where it is not written.</param>
public sealed record AlterExtensionUpdateStatement(TextSpan Span, Identifier Name, string? Version) : SqlStatement(Span);

/// <summary>ALTER EXTENSION … ADD or DROP object.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">The extension.</param>
/// <param name="IsDrop">DROP.</param>
/// <param name="Object">The object.</param>
public sealed record AlterExtensionContentsStatement(TextSpan Span, Identifier Name, bool IsDrop, ObjectReference Object) : SqlStatement(Span);

/// <summary>CREATE OPERATOR, COLLATION, TEXT SEARCH …: objects that a list of options defines.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Kind">What is made.</param>
/// <param name="Name">Its name; null for an operator.</param>
/// <param name="Operator">The operator; null for anything else.</param>
/// <param name="IfNotExists">Whether IF NOT EXISTS is written.</param>
/// <param name="Options">Its definition; for <c>COLLATION … FROM</c> one option <c>from</c>.</param>
public sealed record CreateDefinedObjectStatement(
    TextSpan Span, SqlObjectKind Kind, QualifiedName? Name, OperatorName? Operator, bool IfNotExists, ImmutableArray<DefinitionOption> Options)
    : SqlStatement(Span);

/// <summary>ALTER TEXT SEARCH CONFIGURATION … MAPPING.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">The configuration.</param>
/// <param name="Action"><c>ADD</c>, <c>ALTER</c>, <c>REPLACE</c> or <c>DROP</c>.</param>
/// <param name="TokenTypes">FOR these; empty where it is not written.</param>
/// <param name="Dictionaries">WITH these; for REPLACE the old one and the new one.</param>
/// <param name="IfExists">IF EXISTS of DROP.</param>
public sealed record AlterTextSearchConfigurationStatement(
    TextSpan Span, QualifiedName Name, string Action, ImmutableArray<Identifier> TokenTypes, ImmutableArray<QualifiedName> Dictionaries, bool IfExists)
    : SqlStatement(Span);

/// <summary>CREATE CAST.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Source">Source type.</param>
/// <param name="Target">Target type.</param>
/// <param name="Function">WITH FUNCTION; null for WITHOUT FUNCTION and WITH INOUT.</param>
/// <param name="IsInOut">WITH INOUT.</param>
/// <param name="Context"><c>EXPLICIT</c>, <c>ASSIGNMENT</c> or <c>IMPLICIT</c>.</param>
public sealed record CreateCastStatement(TextSpan Span, SqlTypeName Source, SqlTypeName Target, ObjectReference? Function, bool IsInOut, string Context)
    : SqlStatement(Span);

/// <summary>CREATE OPERATOR CLASS or FAMILY, or ALTER OPERATOR FAMILY … ADD or DROP.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Kind">Operator class or family.</param>
/// <param name="Name">Its name.</param>
/// <param name="AccessMethod">USING.</param>
/// <param name="IsAlter">Whether it is ALTER.</param>
/// <param name="IsDefault">DEFAULT.</param>
/// <param name="Type">FOR TYPE; null where it is not written.</param>
/// <param name="Family">FAMILY; null where it is not written.</param>
/// <param name="Items">Its operators, functions and storage type, as written.</param>
public sealed record OperatorClassStatement(
    TextSpan Span,
    SqlObjectKind Kind,
    QualifiedName Name,
    Identifier AccessMethod,
    bool IsAlter,
    bool IsDefault,
    SqlTypeName? Type,
    QualifiedName? Family,
    ImmutableArray<DefinitionOption> Items) : SqlStatement(Span);

/// <summary>CREATE of an object that the replay only needs to know by name: CONVERSION, LANGUAGE, TRANSFORM, ACCESS METHOD, FOREIGN DATA WRAPPER, SERVER,
/// USER MAPPING, TABLESPACE, DATABASE, SUBSCRIPTION.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Object">What is made.</param>
/// <param name="OrReplace">OR REPLACE.</param>
/// <param name="IfNotExists">Whether IF NOT EXISTS is written.</param>
/// <param name="Options">What is said about it.</param>
public sealed record CreateOtherObjectStatement(
    TextSpan Span, ObjectReference Object, bool OrReplace, bool IfNotExists, ImmutableArray<DefinitionOption> Options) : SqlStatement(Span);

/// <summary>ALTER of an object that the replay only needs to know by name, with options.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Object">What is altered.</param>
/// <param name="Options">What is said about it.</param>
public sealed record AlterOtherObjectStatement(TextSpan Span, ObjectReference Object, ImmutableArray<DefinitionOption> Options) : SqlStatement(Span);

/// <summary>IMPORT FOREIGN SCHEMA.</summary>
/// <param name="Span">The whole.</param>
/// <param name="RemoteSchema">The remote schema.</param>
/// <param name="Server">The server.</param>
/// <param name="LocalSchema">INTO.</param>
/// <param name="IsExcept">Whether the tables are those left out.</param>
/// <param name="Tables">LIMIT TO or EXCEPT these.</param>
public sealed record ImportForeignSchemaStatement(
    TextSpan Span, Identifier RemoteSchema, Identifier Server, Identifier LocalSchema, bool IsExcept, ImmutableArray<QualifiedName> Tables)
    : SqlStatement(Span);

/// <summary>CREATE PUBLICATION.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="AllTables">FOR ALL TABLES.</param>
/// <param name="Objects">FOR these.</param>
/// <param name="Options">WITH (…).</param>
public sealed record CreatePublicationStatement(
    TextSpan Span, Identifier Name, bool AllTables, ImmutableArray<PublicationObjectSpec> Objects, ImmutableArray<DefinitionOption> Options) : SqlStatement(Span);

/// <summary>ALTER PUBLICATION. (RENAME and OWNER TO are statements of their own.)</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">The publication.</param>
/// <param name="Action"><c>ADD</c>, <c>DROP</c> or <c>SET</c>.</param>
/// <param name="Objects">These objects.</param>
/// <param name="Options">SET (…).</param>
public sealed record AlterPublicationStatement(
    TextSpan Span, Identifier Name, string Action, ImmutableArray<PublicationObjectSpec> Objects, ImmutableArray<DefinitionOption> Options) : SqlStatement(Span);

/// <summary>A table or schema of a publication.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Table">The table; null for a schema.</param>
/// <param name="IsOnly">Whether ONLY is written.</param>
/// <param name="Columns">The columns; empty for all.</param>
/// <param name="Where">WHERE; null where it is not written.</param>
/// <param name="Schema">The schema of TABLES IN SCHEMA; null for a table, and for CURRENT_SCHEMA.</param>
public sealed record PublicationObjectSpec(
    TextSpan Span, QualifiedName? Table, bool IsOnly, ImmutableArray<Identifier> Columns, SqlExpr? Where, Identifier? Schema) : SqlNode(Span);
