using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Dependencies;

/// <summary>The row types of tables. PostgreSQL documentation, "Composite Types": with a table comes a type of its name.</summary>
public sealed class RowTypes
{
    private readonly ILookup<ObjectKey, Function> _users;

    /// <summary>The row types of the tables of a schema.</summary>
    /// <param name="schema">The schema.</param>
    public RowTypes(DatabaseSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var lookup = new ObjectLookup(schema);
        _users = schema.Functions.SelectMany(function => TypesOf(function, lookup).Distinct().Select(type => (Type: type, Function: function))).ToLookup(use => use.Type, use => use.Function);
    }

    /// <summary>The functions that take or return rows of a table: without <c>CASCADE</c> PostgreSQL refuses to drop it as long as they exist.</summary>
    /// <param name="table">The table.</param>
    public ImmutableArray<Function> UsersOf(ObjectName table) => [.. _users[ObjectKey.Of(ObjectKind.Table, table)]];

    private static IEnumerable<ObjectKey> TypesOf(Function function, ObjectLookup lookup) =>
        function.Arguments.SelectMany(a => lookup.Type(a.Type)).Concat(function.Returns is { } returns ? lookup.NamedTypes(TextReferences.Read(returns)) : []);
}
