using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes storage parameters and options.</summary>
internal static class StorageParameters
{
    /// <summary>What follows a statement: <c> WITH (fillfactor=70)</c>; nothing where there are none.</summary>
    internal static string With(ImmutableArray<StorageParameter> parameters) => parameters.Length == 0 ? "" : $" WITH ({List(parameters)})";

    internal static string List(ImmutableArray<StorageParameter> parameters) => string.Join(", ", parameters.Select(p => $"{Name(p.Name)}={Value(p.Value)}"));

    internal static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(Name));

    /// <summary>A parameter of the TOAST table has its prefix.</summary>
    private static string Name(string name) => string.Join('.', name.Split('.').Select(SqlIdentifier.Quote));

    private static string Value(string value) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || value is "on" or "off" or "true" or "false" or "auto" or "none"
            ? value
            : SqlLiteral.Quote(value);
}
