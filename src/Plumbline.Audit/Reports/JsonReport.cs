using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Reports;

/// <summary>Writes an audit as JSON, exactly in the shape and order of keys that programs rely on.</summary>
public static class JsonReport
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",

        // The report is read by people and programs, not put into HTML: names and arrows stay as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the report as UTF-8; ends in a line feed.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="path">The path that was asked to be audited, as it was given.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void Write(AuditResult result, string path, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteStartObject("tool");
            json.WriteString("name", "plumb");
            json.WriteString("version", ToolVersion.Text);
            json.WriteEndObject();
            WriteTarget(json, result, path);
            WriteSummary(json, result);
            json.WriteStartArray("findings");
            foreach (var finding in result.Findings)
                FindingJson.Write(json, finding);

            json.WriteEndArray();
            json.WriteStartArray("verified");
            foreach (var fact in result.Verified)
                WriteFact(json, fact);

            json.WriteEndArray();
            ViewJson.Write(json, result.Views);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteTarget(Utf8JsonWriter json, AuditResult result, string path)
    {
        json.WriteStartObject("target");
        json.WriteString("path", path);
        json.WriteStartArray("projects");
        foreach (var project in result.Repository.Projects)
        {
            json.WriteStartObject();
            json.WriteString("name", project.Name);
            json.WriteString("schema", project.SchemaPath);
            json.WriteString("migrations", project.History?.Path);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, AuditResult result)
    {
        json.WriteStartObject("summary");
        json.WriteString("verdict", result.Readiness.Verdict.Name());
        WriteStrings(json, "reasons", result.Readiness.Reasons);
        foreach (var severity in (ReadOnlySpan<Severity>)[Severity.Critical, Severity.High, Severity.Medium, Severity.Low, Severity.Info])
            json.WriteNumber(severity.Name(), result.Count(severity));

        json.WriteNumber("verified", result.Verified.Length);
        json.WriteNumber("suppressed", result.Suppressed);
        json.WriteStartArray("incomplete");
        foreach (var incomplete in result.Incomplete)
        {
            json.WriteStartObject();
            json.WriteString("what", incomplete.What);
            json.WriteString("why", incomplete.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFact(Utf8JsonWriter json, VerifiedFact fact)
    {
        json.WriteStartObject();
        json.WriteString("check", fact.Check);
        FindingJson.WriteSubject(json, fact.Subject);
        WriteStrings(json, "projects", fact.Projects);
        if (fact.Order is { } order)
            WriteStrings(json, "order", order);
        else
            json.WriteNull("order");

        json.WriteEndObject();
    }

    internal static void WriteStrings(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);

        json.WriteEndArray();
    }
}
