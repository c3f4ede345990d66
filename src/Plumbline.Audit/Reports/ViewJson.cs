using System.Text.Json;
using Plumbline.Audit.Views;

namespace Plumbline.Audit.Reports;

/// <summary>Writes the views of an audit as JSON; those without rows are left out.</summary>
internal static class ViewJson
{
    /// <summary>Writes the property <c>views</c>.</summary>
    public static void Write(Utf8JsonWriter json, AuditViews views)
    {
        json.WriteStartObject("views");
        WriteTimeline(json, views);
        WriteHistory(json, views);
        WriteSchemaComparison(json, views);
        WriteMappings(json, views);
        WriteDrift(json, views);
        json.WriteEndObject();
    }

    private static void WriteTimeline(Utf8JsonWriter json, AuditViews views)
    {
        if (views.MigrationTimeline.IsEmpty)
            return;

        json.WriteStartArray("migrationTimeline");
        foreach (var row in views.MigrationTimeline)
        {
            json.WriteStartObject();
            json.WriteString("migration", row.Migration);
            json.WriteNumber("position", row.Position);
            if (row.WorkingPosition is { } working)
                json.WriteNumber("workingPosition", working);
            else
                json.WriteNull("workingPosition");

            json.WriteNumber("statements", row.Statements);
            json.WriteNumber("failed", row.Failed);
            JsonReport.WriteStrings(json, "creates", row.Creates);
            JsonReport.WriteStrings(json, "changes", row.Changes);
            JsonReport.WriteStrings(json, "drops", row.Drops);
            JsonReport.WriteStrings(json, "dependsOn", row.DependsOn);
            json.WriteString("project", row.Project);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHistory(Utf8JsonWriter json, AuditViews views)
    {
        if (views.TableHistory.IsEmpty)
            return;

        json.WriteStartObject("tableHistory");
        foreach (var table in views.TableHistory)
        {
            json.WriteStartArray(table.Table);
            foreach (var step in table.Steps)
            {
                json.WriteStartObject();
                json.WriteString("migration", step.Migration);
                json.WriteNumber("line", step.Line);
                json.WriteString("change", step.Change);
                json.WriteString("detail", step.Detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteSchemaComparison(Utf8JsonWriter json, AuditViews views)
    {
        if (views.SchemaComparison.IsEmpty)
            return;

        json.WriteStartArray("schemaComparison");
        foreach (var model in views.SchemaComparison)
        {
            json.WriteStartObject();
            json.WriteString("model", model.Model);
            json.WriteString("table", model.Table);
            json.WriteString("status", model.Status);
            JsonReport.WriteStrings(json, "missingFrom", model.MissingFrom);
            json.WriteStartArray("fields");
            foreach (var field in model.Fields)
            {
                json.WriteStartObject();
                json.WriteString("name", field.Name);
                foreach (var (project, type) in field.Types)
                    json.WriteString(project, type);

                json.WriteString("status", field.Status);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteBoolean("atRisk", model.AtRisk);
            json.WriteString("why", model.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMappings(Utf8JsonWriter json, AuditViews views)
    {
        if (views.TableMappings.IsEmpty)
            return;

        json.WriteStartArray("tableMappings");
        foreach (var mapping in views.TableMappings)
        {
            json.WriteStartObject();
            json.WriteString("table", mapping.Table);
            json.WriteStartObject("names");
            foreach (var (project, name) in mapping.Names)
                json.WriteString(project, name);

            json.WriteEndObject();
            json.WriteBoolean("agrees", mapping.Agrees);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDrift(Utf8JsonWriter json, AuditViews views)
    {
        if (views.DriftByTable.IsEmpty)
            return;

        json.WriteStartArray("driftByTable");
        foreach (var table in views.DriftByTable)
        {
            json.WriteStartObject();
            json.WriteString("table", table.Table);
            json.WriteStartArray("columns");
            foreach (var column in table.Columns)
            {
                json.WriteStartObject();
                json.WriteString("name", column.Name);
                json.WriteString("schema", column.Schema);
                json.WriteString("migrations", column.Migrations);
                json.WriteString("database", column.Database);
                json.WriteString("status", column.Status);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
