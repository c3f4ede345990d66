using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Snapshots;

/// <summary>
/// Writes a name as a string where it lives in the schema that it stands in, else as an object with its schema. It belongs to one snapshot that is read or written;
/// settings of their own for each schema would cost a millisecond each.
/// </summary>
internal sealed class ObjectNameConverter : JsonConverter<ObjectName>
{
    /// <summary>The schema that is read or written now, which names inside it leave out; null for what is in none.</summary>
    internal string? Schema { get; set; }

    /// <inheritdoc/>
    public override ObjectName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new ObjectName(Schema ?? "public", reader.GetString()!);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A name is a string, or an object with \"schema\" and \"name\".");
        }

        string? name = null;
        string? own = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = reader.ValueTextEquals("name"u8);
            var isSchema = reader.ValueTextEquals("schema"u8);
            reader.Read();
            if ((isName || isSchema) && reader.TokenType != JsonTokenType.String)
            {
                throw new JsonException("The parts of a name are strings.");
            }

            name = isName ? reader.GetString() : name;
            own = isSchema ? reader.GetString() : own;
            reader.Skip();
        }

        return name is not null && own is not null
            ? new ObjectName(own, name)
            : throw new JsonException("A name that is an object has \"schema\" and \"name\".");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ObjectName value, JsonSerializerOptions options)
    {
        if (value.Schema == Schema)
        {
            writer.WriteStringValue(value.Name);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("schema"u8, value.Schema);
        writer.WriteString("name"u8, value.Name);
        writer.WriteEndObject();
    }
}
