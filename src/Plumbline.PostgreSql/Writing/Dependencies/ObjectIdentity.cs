using System.Runtime.CompilerServices;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Dependencies;

/// <summary>One object of a schema, distinguished by identity. A partition may share the very columns of its table, so a member is one only with its parent.</summary>
internal readonly struct ObjectIdentity(SchemaObject item, NamedObject? parent) : IEquatable<ObjectIdentity>
{
    private readonly SchemaObject _item = item;
    private readonly NamedObject? _parent = parent;

    /// <inheritdoc/>
    public bool Equals(ObjectIdentity other) => ReferenceEquals(_item, other._item) && ReferenceEquals(_parent, other._parent);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ObjectIdentity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(_item), _parent is null ? 0 : RuntimeHelpers.GetHashCode(_parent));
}
