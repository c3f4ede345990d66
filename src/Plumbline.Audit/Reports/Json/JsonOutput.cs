using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Plumbline.Audit.Reports.Json;

/// <summary>Writes shapes as JSON that is read by people and programs.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",

        // The report isn't put into HTML: names and arrows stay as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a shape as UTF-8; ends in a line feed.</summary>
    public static void Write<T>(T shape, JsonTypeInfo<T> type, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
            JsonSerializer.Serialize(json, shape, type);

        output.WriteByte((byte)'\n');
    }
}
