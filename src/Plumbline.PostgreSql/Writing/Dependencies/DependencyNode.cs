using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Dependencies;

/// <summary>One object of a <see cref="DependencyGraph"/>.</summary>
/// <param name="Key">What names it.</param>
/// <param name="Item">The object; of a default its column or domain, of a link the child.</param>
/// <param name="Parent">The table, view or domain that it is a member of; null where it is none.</param>
internal sealed record DependencyNode(ObjectKey Key, SchemaObject Item, NamedObject? Parent)
{
    /// <summary>The key of what it goes with: of a member its table, view or domain, of a default its column; null for other objects.</summary>
    internal ObjectKey? Owner { get; init; }

    /// <summary>What it cannot be without: PostgreSQL refuses to drop one of these while it is there, and to make it before they are.</summary>
    internal HashSet<ObjectKey> Needs { get; init; } = [];

    /// <summary>What the body of a function names. PostgreSQL looks at it when the function runs.</summary>
    internal HashSet<ObjectKey> Names { get; init; } = [];
}
