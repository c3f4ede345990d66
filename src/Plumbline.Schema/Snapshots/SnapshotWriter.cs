using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plumbline.Schema.Snapshots;

/// <summary>Writes snapshots: <c>{ "version": 1, "source": "sql", "schemas": [ … ], "errors": [ … ] }</c>. Equal schemas give equal bytes.</summary>
public static class SnapshotWriter
{
    /// <summary>The snapshot as JSON text, with line feeds between its lines.</summary>
    public static string Write(Snapshot snapshot)
    {
        using var stream = new MemoryStream();
        Write(snapshot, stream);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes the snapshot as UTF-8 without a byte-order mark.</summary>
    /// <exception cref="IOException">The stream could not be written.</exception>
    public static void Write(Snapshot snapshot, Stream stream)
    {
        var schema = snapshot.Schema;
        var names = new ObjectNameConverter();
        var options = SnapshotOptions.For(names, forReading: false);
        var buffer = new StreamBuffer(stream);
        using var writer = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, Snapshot.Version);
        writer.WriteString("source"u8, JsonNamingPolicy.KebabCaseLower.ConvertName(schema.Source.ToString()));
        if (schema.VisibleNamespaces is { } visible)
        {
            writer.WritePropertyName("visibleSchemas"u8);
            JsonSerializer.Serialize(writer, visible, options.Info<ImmutableArray<string>>());
        }

        writer.WriteStartArray("schemas"u8);
        foreach (var part in SnapshotSchema.Of(schema))
        {
            names.Schema = part.Name;
            JsonSerializer.Serialize(writer, part, options.Info<SnapshotSchema>());
        }

        names.Schema = null;

        writer.WriteEndArray();
        WriteList(writer, "extensions", schema.Extensions, options);
        WriteList(writer, "publications", schema.Publications, options);
        WriteList(writer, "roles", schema.Roles, options);
        if (!WriteList(writer, "errors", snapshot.Errors, options))
        {
            writer.WriteStartArray("errors"u8);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.Flush();
        buffer.Flush();
    }

    private static bool WriteList<T>(Utf8JsonWriter writer, string name, ImmutableArray<T> items, JsonSerializerOptions options)
    {
        if (items.IsEmpty)
        {
            return false;
        }

        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, items, options.Info<ImmutableArray<T>>());
        return true;
    }
}
