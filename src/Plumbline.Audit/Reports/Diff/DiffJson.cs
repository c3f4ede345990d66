using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Reports.Diff;

/// <summary>Writes a comparison of two sources as JSON, in the shape that programs rely on.</summary>
public static class DiffJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the comparison as UTF-8; ends in a line feed.</summary>
    public static void Write(Source from, Source to, SchemaComparison comparison, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            WriteSource(json, "from", from);
            WriteSource(json, "to", to);
            json.WriteStartArray("changes");
            var fixes = new ChangeFixes(comparison);
            foreach (var change in comparison.Changes)
            {
                WriteChange(json, change, fixes);
            }

            json.WriteEndArray();
            json.WriteStartArray("notVisible");
            foreach (var item in comparison.NotVisible)
            {
                json.WriteStartObject();
                json.WriteString("feature", item.Feature.Name());
                FindingJson.WriteSubject(json, item.Subject);
                json.WriteString("in", item.Holder == ComparisonSide.From ? "from" : "to");
                json.WriteString("text", item.Text);
                WriteLocations(json, item.Object?.Location, null);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("notComparable");
            foreach (var item in comparison.NotComparable)
            {
                json.WriteStartObject();
                json.WriteString("change", item.Kind.Name());
                FindingJson.WriteSubject(json, item.Subject);
                json.WriteString("from", item.From);
                json.WriteString("to", item.To);
                WriteLocations(json, item.FromObject?.Location, item.ToObject?.Location);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteSource(Utf8JsonWriter json, string name, Source source)
    {
        json.WriteStartObject(name);
        json.WriteString("source", source.Name);
        json.WriteString("kind", source.Form.Name());
        json.WriteNumber("errors", source.Errors.Length);
        json.WriteNumber("refused", source.Refusals.Length);
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, SchemaChange change, ChangeFixes fixes)
    {
        json.WriteStartObject();
        json.WriteString("change", change.Kind.Name());
        FindingJson.WriteSubject(json, change.Subject);
        json.WriteString("from", change.From);
        json.WriteString("to", change.To);
        WriteLocations(json, change.FromLocation, change.ToLocation);
        json.WriteString("severity", ChangeSeverity.Of(change).Name());
        if (change.Confidence is { } confidence)
        {
            json.WriteNumber("confidence", Math.Round(confidence, 2));
        }

        FindingJson.WriteFix(json, fixes.Sql(change));
        json.WriteEndObject();
    }

    private static void WriteLocations(Utf8JsonWriter json, SourceLocation? from, SourceLocation? to)
    {
        json.WriteStartArray("locations");
        foreach (var (side, place) in (ReadOnlySpan<(string, SourceLocation?)>)[("from", from), ("to", to)])
        {
            if (place is not null)
            {
                json.WriteStartObject();
                json.WriteString("role", side);
                json.WriteString("path", place.Path);
                json.WriteNumber("line", place.Line);
                json.WriteNumber("column", place.Column);
                json.WriteNumber("endLine", place.EndLine);
                json.WriteNumber("endColumn", place.EndColumn);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }
}
