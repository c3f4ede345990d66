using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes range types. PostgreSQL documentation, "CREATE TYPE", "Range Types".</summary>
internal static class RangeTypeWriter
{
    internal static string Create(RangeType type) =>
        $"CREATE TYPE {SqlIdentifier.Quote(type.Name)} AS RANGE ({string.Join(", ", [$"subtype = {SqlType.Of(type.Subtype)}", .. type.Options.Select(o => $"{o.Name} = {o.Value}")])})";
}
