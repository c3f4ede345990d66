using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Schema.Snapshots;

/// <summary>The JSON Schema of snapshots, made from what writes them.</summary>
public static class SnapshotJsonSchema
{
    /// <summary>The JSON Schema as text, ending in a line feed.</summary>
    public static string Create()
    {
        var options = SnapshotOptions.For(new ObjectNameConverter(), forReading: true);
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "A database schema as plumb inspect --format json prints it",
            ["type"] = "object",
            ["required"] = new JsonArray("version", "source", "schemas", "errors"),
            ["properties"] = new JsonObject
            {
                ["version"] = new JsonObject { ["const"] = Snapshot.Version },
                ["source"] = Of<SourceKind>(options, "#/properties/source"),
                ["visibleSchemas"] = Of<ImmutableArray<string>>(options, "#/properties/visibleSchemas"),
                ["schemas"] = ListOf<SnapshotSchema>(options, "schemas"),
                ["extensions"] = ListOf<Extension>(options, "extensions"),
                ["publications"] = ListOf<Publication>(options, "publications"),
                ["roles"] = ListOf<Role>(options, "roles"),
                ["errors"] = ListOf<Diagnostic>(options, "errors"),
            },
        };
        var settings = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, settings))
        {
            root.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static JsonObject ListOf<T>(JsonSerializerOptions options, string property) =>
        new() { ["type"] = "array", ["items"] = Of<T>(options, $"#/properties/{property}/items") };

    /// <summary>The schema of a type, with its references pointing to where it is in the whole.</summary>
    private static JsonNode Of<T>(JsonSerializerOptions options, string place)
    {
        var node = Of<T>(options);
        Move(node, place);
        return node;
    }

    private static void Move(JsonNode? node, string place)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Move(item, place);
            }
        }
        else if (node is JsonObject members)
        {
            if (members["$ref"] is JsonValue reference && reference.TryGetValue<string>(out var target))
            {
                members["$ref"] = place + target[1..];
            }

            foreach (var member in members)
            {
                Move(member.Value, place);
            }
        }
    }

    private static JsonNode Of<T>(JsonSerializerOptions options) => options.GetTypeInfo(typeof(T)).GetJsonSchemaAsNode(new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) =>
        {
            var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
            return type == typeof(ObjectName) ? Name() : node;
        },
    });

    /// <summary>A name alone lives in the schema that it stands in.</summary>
    private static JsonObject Name() => new()
    {
        ["type"] = new JsonArray("string", "object", "null"),
        ["properties"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" }, ["name"] = new JsonObject { ["type"] = "string" } },
        ["required"] = new JsonArray("schema", "name"),
    };
}
