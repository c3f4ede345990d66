using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Audit.Connections;

namespace Plumbline.Audit.Reports;

/// <summary>Writes which database URL would be used as JSON, in the shape that programs rely on. No password is in it.</summary>
public static class ConnectionJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the connections as UTF-8; ends in a line feed. The first stands at the top; where there are more, all stand under
    /// <c>projects</c>.</summary>
    public static void Write(ImmutableArray<ResolvedConnection> connections, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            WriteConnection(json, connections[0]);
            if (connections.Length > 1)
            {
                json.WriteStartArray("projects");
                foreach (var connection in connections)
                {
                    json.WriteStartObject();
                    WriteConnection(json, connection);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteConnection(Utf8JsonWriter json, ResolvedConnection connection)
    {
        json.WriteString("project", connection.Project);
        if (connection.Chosen is { } chosen)
        {
            WriteChosen(json, chosen);
        }
        else
        {
            json.WriteNull("chosen");
        }

        json.WriteString("problem", connection.Problem);
        json.WriteStartArray("candidates");
        foreach (var candidate in connection.Candidates)
        {
            json.WriteStartObject();
            WritePlace(json, candidate);
            json.WriteString("variable", candidate.Variable);
            json.WriteString("kind", candidate.Origin.Name());
            json.WriteString("purpose", candidate.Purpose.Name());
            json.WriteString("environment", candidate.Environment);
            json.WriteString("url", candidate.Url?.ToString());
            json.WriteString("problem", candidate.Problem);
            json.WriteBoolean("chosen", candidate == connection.Chosen?.Candidate);
            if (connection.Agrees(candidate) is { } agrees)
            {
                json.WriteBoolean("agrees", agrees);
            }
            else
            {
                json.WriteNull("agrees");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("warnings");
        foreach (var warning in connection.Warnings)
            json.WriteStringValue(warning);

        json.WriteEndArray();
    }

    private static void WriteChosen(Utf8JsonWriter json, ChosenConnection chosen)
    {
        var host = chosen.Url.Hosts.FirstOrDefault();
        json.WriteStartObject("chosen");
        WritePlace(json, chosen.Candidate);
        json.WriteString("url", chosen.Url.ToString());
        json.WriteString("why", chosen.Why);
        json.WriteStartObject("parameters");
        foreach (var parameter in chosen.Parameters)
        {
            json.WriteStartObject(parameter.Name);
            json.WriteString("value", parameter.Value);
            json.WriteString("source", parameter.Source);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteString("tls", chosen.Tls);
        json.WriteString("tlsWhy", chosen.TlsWhy);
        json.WriteString("host", host?.Name);
        if (host is null)
        {
            json.WriteNull("port");
        }
        else
        {
            json.WriteNumber("port", host.Port);
        }

        json.WriteString("database", chosen.Url.Database);
        json.WriteString("user", chosen.Url.User);
        json.WriteString("password", chosen.PasswordSource);
        json.WriteString("reach", chosen.Reach.Name());
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, ConnectionCandidate candidate)
    {
        json.WriteString("source", candidate.Source);
        json.WriteString("path", candidate.Location?.Path);
        if (candidate.Location is { } place)
        {
            json.WriteNumber("line", place.Line);
        }
        else
        {
            json.WriteNull("line");
        }
    }
}
