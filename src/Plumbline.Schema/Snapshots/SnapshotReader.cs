using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Schema.Snapshots;

/// <summary>Reads snapshots. What is wrong with one is said with line and column; nothing of a broken one is taken.</summary>
public static class SnapshotReader
{
    private const string Code = "snapshot";

    /// <summary>Reads a snapshot.</summary>
    /// <param name="text">Its JSON text.</param>
    /// <param name="snapshot">What it holds; null where it can't be read.</param>
    /// <param name="error">What is wrong with it; null where nothing is.</param>
    public static bool TryRead(SourceText text, out Snapshot? snapshot, out Diagnostic? error)
    {
        var bytes = Encoding.UTF8.GetBytes(text.Text);
        var start = 0;
        try
        {
            FindNull(bytes);
            snapshot = Read(bytes, ref start);
            error = null;
            return true;
        }
        catch (JsonException exception)
        {
            snapshot = null;
            // Bytes that are no JSON at all are found by the first look at the whole.
            error = new Diagnostic(DiagnosticSeverity.Error, Code, Message(bytes, exception), Location(text, bytes, IsWellFormed(bytes) ? start : 0, exception));
            return false;
        }
    }

    private static Snapshot Read(ReadOnlySpan<byte> bytes, ref int start)
    {
        var names = new ObjectNameConverter();
        var options = SnapshotOptions.For(names, forReading: true);
        var reader = new Utf8JsonReader(bytes);
        var schema = new DatabaseSchema();
        var parts = new List<SnapshotSchema>();
        ImmutableArray<Diagnostic> errors = [];
        var hasVersion = false;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw Fail(reader, "A snapshot is a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            start = (int)reader.TokenStartIndex;
            switch (name)
            {
                case "version":
                    if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var version) || version != Snapshot.Version)
                    {
                        throw Fail(reader, string.Create(
                            CultureInfo.InvariantCulture, $"The snapshot's version is not {Snapshot.Version}, the only one that this program reads."));
                    }

                    hasVersion = true;
                    break;
                case "source":
                    schema = schema with { Source = JsonSerializer.Deserialize(ref reader, options.Info<SourceKind>()) };
                    break;
                case "visibleSchemas":
                    schema = schema with { VisibleNamespaces = JsonSerializer.Deserialize(ref reader, options.Info<ImmutableArray<string>>()) };
                    break;
                case "schemas":
                    ReadSchemas(ref reader, options, names, parts, ref start);
                    break;
                case "extensions":
                    schema = schema with { Extensions = JsonSerializer.Deserialize(ref reader, options.Info<ImmutableArray<Extension>>()) };
                    break;
                case "publications":
                    schema = schema with { Publications = JsonSerializer.Deserialize(ref reader, options.Info<ImmutableArray<Publication>>()) };
                    break;
                case "roles":
                    schema = schema with { Roles = JsonSerializer.Deserialize(ref reader, options.Info<ImmutableArray<Role>>()) };
                    break;
                case "errors":
                    errors = JsonSerializer.Deserialize(ref reader, options.Info<ImmutableArray<Diagnostic>>());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        start = 0;
        return hasVersion
            ? new Snapshot(Merge(schema, parts), errors)
            : throw Fail(default, "The snapshot has no \"version\"; is this the output of \"plumb inspect --format json\"?");
    }

    private static void ReadSchemas(ref Utf8JsonReader reader, JsonSerializerOptions options, ObjectNameConverter converter, List<SnapshotSchema> parts, ref int start)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Fail(reader, "\"schemas\" is a list.");
        }

        var names = new Dictionary<ObjectName, string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            start = (int)reader.TokenStartIndex;
            converter.Schema = NameOf(reader);
            parts.Add(JsonSerializer.Deserialize(ref reader, options.Info<SnapshotSchema>())!);
            FindTwice(parts[^1], names);
        }

        converter.Schema = null;
    }

    /// <summary>The name of the schema that begins here: names inside it stand without it. The reader is a copy, and reads ahead.</summary>
    private static string? NameOf(Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Fail(reader, "A schema is an object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = reader.ValueTextEquals("name"u8);
            reader.Read();
            if (isName)
            {
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : throw Fail(reader, "The name of a schema is a string.");
            }

            reader.Skip();
        }

        return null;
    }

    private static DatabaseSchema Merge(DatabaseSchema schema, List<SnapshotSchema> parts)
    {
        ImmutableArray<T> All<T>(Func<SnapshotSchema, ImmutableArray<T>> of)
            where T : NamedObject => [.. parts.SelectMany(p => of(p)).OrderBy(i => i.Name)];
        return schema with
        {
            Namespaces = [.. parts.Where(p => !p.IsImplied).Select(p => p.ToNamespace())],
            Tables = All(p => p.Tables),
            Views = All(p => p.Views),
            Enums = All(p => p.Enums),
            Domains = All(p => p.Domains),
            CompositeTypes = All(p => p.CompositeTypes),
            RangeTypes = All(p => p.RangeTypes),
            Sequences = All(p => p.Sequences),
            Functions = All(p => p.Functions),
        };
    }

    /// <summary>No list of the model has gaps; the serializer would let them pass.</summary>
    private static void FindNull(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        var lists = new Stack<bool>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    lists.Push(true);
                    break;
                case JsonTokenType.StartObject:
                    lists.Push(false);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    lists.Pop();
                    break;
                case JsonTokenType.Null when lists.TryPeek(out var inList) && inList:
                    throw Fail(reader, "A list holds null where an item must stand.", bytes);
                case JsonTokenType.PropertyName or JsonTokenType.String when reader.ValueIsEscaped && !IsText(reader):
                    throw Fail(reader, "A string contains an unpaired surrogate.", bytes);
            }
        }
    }

    private static bool IsText(Utf8JsonReader reader)
    {
        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // Two objects of one name are no database, and every look-up by name relies on there being one.
    private static void FindTwice(SnapshotSchema part, Dictionary<ObjectName, string> names)
    {
        foreach (var (kind, name) in part.Tables.Select(t => ("relation", t.Name)).Concat(part.Views.Select(v => ("relation", v.Name)))
            .Concat(part.Enums.Select(e => ("type", e.Name))).Concat(part.Domains.Select(d => ("type", d.Name))))
        {
            if (!names.TryAdd(name, kind) && names[name] == kind)
            {
                throw Fail(default, $"The {kind} \"{name}\" appears twice.");
            }
        }

        foreach (var table in part.Tables)
        {
            var columns = new HashSet<string>(StringComparer.Ordinal);
            foreach (var column in table.Columns)
            {
                if (!columns.Add(column.Name))
                {
                    throw Fail(default, $"The column \"{column.Name}\" of table \"{table.Name}\" appears twice.");
                }
            }
        }
    }

    private static JsonException Fail(Utf8JsonReader reader, string message, ReadOnlySpan<byte> bytes = default)
    {
        var before = bytes.IsEmpty ? [] : bytes[..(int)reader.TokenStartIndex];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return bytes.IsEmpty ? new JsonException(message, null, 0, 0) : new JsonException(message, null, before.Count((byte)'\n'), before.Length - lineStart);
    }

    // The serializer's message without its own account of where, and without names of this program's types.
    private static string Message(ReadOnlySpan<byte> bytes, JsonException exception)
    {
        const string tooDeep = "The maximum configured depth", wrongType = "The JSON value could not be converted", missing = "missing required properties";
        var message = exception.Message;
        foreach (var end in (ReadOnlySpan<string>)[" Path: ", " LineNumber: "])
        {
            var at = message.IndexOf(end, StringComparison.Ordinal);
            message = at < 0 ? message : message[..at];
        }

        message = message.TrimEnd(' ', '|');
        if (message.StartsWith(tooDeep, StringComparison.Ordinal))
        {
            return "The values are nested too deeply.";
        }

        if (!IsWellFormed(bytes))
        {
            return "The file is not valid JSON: " + (EndsTooEarly(bytes) ? bytes.IndexOfAnyExcept(" \t\r\n"u8) < 0 ? "it is empty." : "it ends too early." : message);
        }

        return message.StartsWith(wrongType, StringComparison.Ordinal) ? "The value does not have the form that a snapshot has here."
            : message.IndexOf(missing, StringComparison.Ordinal) is var start and >= 0 && message.IndexOf(':', start) is var colon and >= 0
                ? $"The object has no value for {message[(colon + 1)..].Trim().TrimEnd('.')}."
            : message;
    }

    // Whether more text could make it JSON.
    private static bool EndsTooEarly(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, isFinalBlock: false, state: default);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Lines and bytes are counted from the value that was being read; people count characters from the beginning.</summary>
    private static SourceLocation Location(SourceText text, ReadOnlySpan<byte> bytes, int start, JsonException exception)
    {
        var offset = start;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            var next = bytes[offset..].IndexOf((byte)'\n');
            if (next < 0)
            {
                break;
            }

            offset += next + 1;
        }

        offset = (int)Math.Min(bytes.Length, offset + (exception.BytePositionInLine ?? 0));
        var position = Encoding.UTF8.GetCharCount(bytes[..offset]);
        return text.LocationOf(new TextSpan(position, 0));
    }

    private static bool IsWellFormed(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
