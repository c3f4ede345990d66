using System.Text.Json;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Reports;

/// <summary>Writes a finding as JSON.</summary>
public static class FindingJson
{
    /// <summary>Writes a finding as one object.</summary>
    public static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule);
        json.WriteString("area", finding.Area);
        json.WriteString("severity", finding.Severity.Name());
        json.WriteString("title", finding.Title);
        json.WriteString("message", finding.Message);
        json.WriteString("impact", finding.Impact);
        json.WriteString("recommendation", finding.Recommendation);
        json.WriteString("project", finding.Project);
        WriteSubject(json, finding.Subject);
        json.WriteString("expected", finding.Expected);
        json.WriteString("found", finding.Found);
        json.WriteString("sqlState", finding.SqlState);
        json.WriteStartArray("locations");
        foreach (var location in finding.Locations)
            WriteLocation(json, location);

        json.WriteEndArray();
        WriteFix(json, finding.Fix);
        json.WriteString("fingerprint", finding.Fingerprint);
        json.WriteString("effort", finding.Effort.Name());
        json.WriteNumber("phase", finding.Phase);
        json.WriteEndObject();
    }

    /// <summary>Writes a subject as the property <c>subject</c>; what it does not have is left out.</summary>
    public static void WriteSubject(Utf8JsonWriter json, Subject subject)
    {
        json.WriteStartObject("subject");
        json.WriteString("kind", subject.Kind.Name());
        WriteOptional(json, "schema", subject.Schema);
        WriteOptional(json, "table", subject.Table);
        json.WriteString("name", subject.Name);
        WriteOptional(json, "model", subject.Model);
        WriteOptional(json, "field", subject.Field);
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, FindingLocation location)
    {
        json.WriteStartObject();
        json.WriteString("role", location.Role.Name());
        json.WriteString("path", location.Place.Path);
        json.WriteNumber("line", location.Place.Line);
        json.WriteNumber("column", location.Place.Column);
        json.WriteNumber("endLine", location.Place.EndLine);
        json.WriteNumber("endColumn", location.Place.EndColumn);
        json.WriteEndObject();
    }

    /// <summary>Writes a fix as the property <c>fix</c>, null where there is none.</summary>
    public static void WriteFix(Utf8JsonWriter json, FindingFix? fix)
    {
        if (fix is null)
        {
            json.WriteNull("fix");
            return;
        }

        json.WriteStartObject("fix");
        json.WriteString("kind", fix.Kind.Name());
        json.WriteString("sql", fix.Sql);
        json.WriteString("patch", fix.Patch);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
