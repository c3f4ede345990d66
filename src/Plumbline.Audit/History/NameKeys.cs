using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.Audit.History;

/// <summary>The names by which two mentions of an object are taken for the same: without the schema where that is the one of the connection.</summary>
/// <param name="defaultSchema">The schema of names that are written without one.</param>
internal sealed class NameKeys(string defaultSchema)
{
    /// <summary>The schema of temporary tables.</summary>
    public const string Temporary = "pg_temp";

    /// <summary>The schema of a name, written or not.</summary>
    public string SchemaOf(QualifiedName name) => name.Schema ?? defaultSchema;

    /// <summary>The key of a name as it is written.</summary>
    public string Of(QualifiedName name) => Of(name.Schema, name.Name);

    /// <summary>The key of a name.</summary>
    /// <param name="schema">Its schema; null where none is written.</param>
    /// <param name="name">The name.</param>
    public string Of(string? schema, string name) => schema is null or Temporary || schema == defaultSchema ? name : $"{schema}.{name}";
}
