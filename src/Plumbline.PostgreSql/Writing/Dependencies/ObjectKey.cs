using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Dependencies;

/// <summary>What names one object of a database, so that the objects of two schemas can be matched.</summary>
/// <param name="Kind">What kind of object.</param>
/// <param name="Name">Its name; of a member, that of its table, view or domain.</param>
/// <param name="Member">The member's own name; of a function, the types of its input arguments; else empty.</param>
internal sealed record ObjectKey(ObjectKind Kind, ObjectName Name, string Member = "")
{
    private const int MaximumBytes = 63;

    /// <summary>The key of an object whose names PostgreSQL cuts to 63 bytes.</summary>
    internal static ObjectKey Of(ObjectKind kind, ObjectName name, string member = "") => new(kind, Cut(name), Cut(member));

    /// <summary>The key of a function, which its argument types belong to.</summary>
    internal static ObjectKey Of(Function function, Func<ObjectName, ObjectName>? rename = null)
    {
        var types = function.Arguments.Where(a => a.Mode is ArgumentMode.In or ArgumentMode.InOut or ArgumentMode.Variadic).Select(a => a.Type)
            .Select(t => rename is null || t.Schema is null ? t : rename(t.QualifiedName) is var n ? t with { Schema = n.Schema, Name = n.Name } : t);
        return new(ObjectKind.Function, Cut(function.Name), string.Join(", ", types));
    }

    /// <summary>The key of an object that lives directly in a schema.</summary>
    internal static ObjectKey Of(NamedObject item) => item switch
    {
        Function function => Of(function),
        Table => Of(ObjectKind.Table, item.Name),
        View => Of(ObjectKind.View, item.Name),
        Sequence => Of(ObjectKind.Sequence, item.Name),
        _ => Of(ObjectKind.Type, item.Name),
    };

    private static ObjectName Cut(ObjectName name) => new(Cut(name.Schema), Cut(name.Name));

    private static string Cut(string name) => name.Length * 3 <= MaximumBytes ? name : ImplicitName.Cut(name, MaximumBytes);
}

/// <summary>The kinds of object that depend on each other. What PostgreSQL records separately (a column's default, its table's place under a parent) is
/// an object of its own, so that it can go and come alone.</summary>
internal enum ObjectKind
{
    /// <summary>An enum, domain, composite or range type.</summary>
    Type,

    /// <summary>A sequence.</summary>
    Sequence,

    /// <summary>A function, procedure or aggregate.</summary>
    Function,

    /// <summary>A table.</summary>
    Table,

    /// <summary>A column of a table.</summary>
    Column,

    /// <summary>The default or generation expression of a column, or the default of a domain.</summary>
    Default,

    /// <summary>A constraint of a table or domain.</summary>
    Constraint,

    /// <summary>An index; named by its table and its own name.</summary>
    Index,

    /// <summary>A trigger.</summary>
    Trigger,

    /// <summary>A policy.</summary>
    Policy,

    /// <summary>A rewrite rule.</summary>
    Rule,

    /// <summary>A view or materialized view.</summary>
    View,

    /// <summary>A publication.</summary>
    Publication,

    /// <summary>That a table is a partition or child of another; the member is the parent's name.</summary>
    Link,
}
