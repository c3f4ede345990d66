using Plumbline.PostgreSql.Expressions;

namespace Plumbline.PostgreSql.Replay.Objects;

/// <summary>An object, or a column of one.</summary>
/// <param name="Object">The object.</param>
/// <param name="Column">The column's number; 0 for the whole object.</param>
internal sealed record ObjectAddress(CatalogObject Object, short Column = 0);

/// <summary>A row of <c>pg_depend</c>.</summary>
/// <param name="dependent">What depends.</param>
/// <param name="referenced">What it depends on.</param>
/// <param name="kind">How.</param>
/// <param name="member">The object of an extension that is really meant, where <paramref name="referenced"/> is one; else null.</param>
internal sealed class Dependency(ObjectAddress dependent, ObjectAddress referenced, DependencyType kind, ObjectDependency? member = null)
{
    /// <summary>What depends.</summary>
    public ObjectAddress Dependent { get; } = dependent;

    /// <summary>What it depends on.</summary>
    public ObjectAddress Referenced { get; } = referenced;

    /// <summary>How.</summary>
    public DependencyType Kind { get; } = kind;

    /// <summary>The object of an extension that is really meant; else null.</summary>
    public ObjectDependency? Member { get; } = member;
}

/// <summary>The kinds of dependency. PostgreSQL documentation, "System Catalogs: pg_depend".</summary>
internal enum DependencyType
{
    /// <summary>The dependent may be dropped alone; dropping the other needs CASCADE.</summary>
    Normal,

    /// <summary>The dependent goes with the other, and may be dropped alone.</summary>
    Auto,

    /// <summary>The dependent is part of the other, and may not be dropped alone.</summary>
    Internal,

    /// <summary>As <see cref="Internal"/>, where either of two owners is enough to go.</summary>
    Partition,
}
