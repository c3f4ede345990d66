namespace Plumbline.Schema.Model;

/// <summary>The type of a column, argument or domain, in PostgreSQL's canonical spelling (<c>format_type</c>).</summary>
/// <param name="Name">
/// The type's name without modifiers and without array brackets. Built-in types by the name that <c>format_type</c> prints
/// (<c>integer</c>, <c>character varying</c>, <c>timestamp without time zone</c>), others by their own, unquoted. Only <c>"char"</c> has its quotes, since <c>char</c> is <c>character(1)</c>.
/// </param>
/// <param name="Schema">Schema of a type that is not built in; null for those of <c>pg_catalog</c>.</param>
/// <param name="Modifiers">What is in the parentheses, such as <c>3</c> or <c>65,30</c>; for intervals with fields the fields too; null where nothing
/// does.</param>
/// <param name="IsArray">Whether it is an array. PostgreSQL keeps neither the number of dimensions nor their sizes.</param>
public sealed record ColumnType(string Name, string? Schema = null, string? Modifiers = null, bool IsArray = false)
{
    /// <summary>The name as an <see cref="ObjectName"/>; built-in types are in <c>pg_catalog</c>.</summary>
    public ObjectName QualifiedName => new(Schema ?? "pg_catalog", Name);

    /// <summary>The type as <c>format_type</c> prints it with an empty search path, less the quotes of names.</summary>
    public override string ToString()
    {
        var brackets = IsArray ? "[]" : "";
        var name = Schema is null ? Name : $"{Schema}.{Name}";
        if (Modifiers is null)
        {
            return name + brackets;
        }

        // timestamp(3) without time zone: the modifier stands in the middle of the name.
        foreach (var (prefix, suffix) in (ReadOnlySpan<(string, string)>)[("timestamp", " without time zone"), ("timestamp", " with time zone"), ("time", " without time zone"), ("time", " with time zone")])
        {
            if (Schema is null && Name == prefix + suffix)
            {
                return $"{prefix}({Modifiers}){suffix}{brackets}";
            }
        }

        if (Schema is null && Name == "interval" && !char.IsAsciiDigit(Modifiers[0]))
        {
            return $"{name} {Modifiers}{brackets}";
        }

        return $"{name}({Modifiers}){brackets}";
    }
}
