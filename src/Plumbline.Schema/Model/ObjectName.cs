namespace Plumbline.Schema.Model;

/// <summary>The name of an object that lives in a schema, spelled as the catalog holds it (folded and unquoted).</summary>
/// <param name="Schema">Name of its schema, such as <c>public</c>.</param>
/// <param name="Name">Its own name.</param>
public sealed record ObjectName(string Schema, string Name) : IComparable<ObjectName>
{
    /// <summary>Orders by schema, then by name, by code unit.</summary>
    public int CompareTo(ObjectName? other)
    {
        if (other is null)
        {
            return 1;
        }

        var bySchema = string.CompareOrdinal(Schema, other.Schema);
        return bySchema != 0 ? bySchema : string.CompareOrdinal(Name, other.Name);
    }

    /// <summary>Both parts with a point between them, unquoted.</summary>
    public override string ToString() => $"{Schema}.{Name}";
}
