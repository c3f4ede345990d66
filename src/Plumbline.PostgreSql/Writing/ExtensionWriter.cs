using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes extensions.</summary>
internal static class ExtensionWriter
{
    internal static string Create(Extension extension)
    {
        var schema = extension.Schema is { } name ? $" SCHEMA {SqlIdentifier.Quote(name)}" : "";
        var version = extension.Version is { } number ? $" VERSION {SqlLiteral.Quote(number)}" : "";
        return $"CREATE EXTENSION IF NOT EXISTS {SqlIdentifier.Quote(extension.Name)}{(schema + version is "" ? "" : " WITH")}{schema}{version}";
    }
}
