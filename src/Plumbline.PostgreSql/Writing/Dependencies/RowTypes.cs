using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Dependencies;

/// <summary>The row types of tables. PostgreSQL documentation, "Composite Types": with a table comes a type of its name.</summary>
public static class RowTypes
{
    /// <summary>The functions that take or return rows of a table: without <c>CASCADE</c> PostgreSQL refuses to drop it as long as they exist.</summary>
    /// <param name="schema">The schema that has them.</param>
    /// <param name="table">The table.</param>
    public static ImmutableArray<Function> UsersOf(DatabaseSchema schema, ObjectName table)
    {
        var key = ObjectKey.Of(ObjectKind.Table, table);
        var lookup = new ObjectLookup(schema);
        return [.. schema.Functions.Where(f => TypesOf(f, lookup).Contains(key))];
    }

    private static IEnumerable<ObjectKey> TypesOf(Function function, ObjectLookup lookup) =>
        function.Arguments.SelectMany(a => lookup.Type(a.Type)).Concat(function.Returns is { } returns ? lookup.NamedTypes(TextReferences.Read(returns)) : []);
}
