using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Reports.Status;

/// <summary>Writes the state of the migrations in a database as JSON, in the shape that programs rely on.</summary>
public static class StatusJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it as UTF-8; ends in a line feed.</summary>
    /// <param name="status">The migrations.</param>
    /// <param name="database">The database.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void Write(MigrationStatus status, StatusDatabase database, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteStartObject("database");
            json.WriteString("host", database.Host);
            json.WriteNumber("port", database.Port);
            json.WriteString("database", database.Name);
            json.WriteString("server", database.Server);
            json.WriteEndObject();
            json.WriteStartArray("migrations");
            foreach (var migration in status.Migrations)
            {
                json.WriteStartObject();
                json.WriteString("name", migration.Name);
                json.WriteString("state", migration.State.Name());
                json.WriteString("appliedAt", migration.AppliedAt?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
                json.WriteString("log", migration.Log);
                json.WriteBoolean("outOfOrder", migration.IsOutOfOrder);
                json.WriteString("problem", migration.Problem?.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteBoolean("needsBaseline", status.NeedsBaseline);
            json.WriteString("next", status.Next);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
