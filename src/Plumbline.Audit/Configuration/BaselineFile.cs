using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Configuration;

/// <summary>The occurrences that a team accepts for now, in a file that is fit for review: one a line, sorted.</summary>
/// <param name="Entries">The occurrences.</param>
public sealed record BaselineFile(ImmutableArray<BaselineEntry> Entries)
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "plumb.baseline.json";

    private const string InvalidCode = "invalid-baseline";
    private const string DateFormat = "yyyy-MM-dd";
    private static readonly string[] FileKeys = ["version", "accepted"];
    private static readonly string[] EntryKeys = ["fingerprint", "rule", "subject", "date", "reason", "expires"];
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The nearest baseline from a folder upwards, as far as its repository goes; an empty one where there is none.</summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="repository">Full path of the repository.</param>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static BaselineFile ForFolder(string folder, string repository) => ForFolder(DiskFiles.Instance, folder, repository);

    /// <summary>The same, read from somewhere else than the disk.</summary>
    internal static BaselineFile ForFolder(IFileSource files, string folder, string repository)
    {
        files = files.Within(repository);
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            var file = Path.Combine(current, FileName);
            if (files.Exists(file))
                return Read(files, file, RelativePath.Between(folder, file));

            if (current == repository)
                break;
        }

        return new BaselineFile([]);
    }

    /// <summary>Reads a baseline.</summary>
    /// <param name="fullPath">Where the file is.</param>
    /// <param name="shownPath">The path to show to people.</param>
    /// <exception cref="InputException">The file cannot be read; the message has the file and the line.</exception>
    public static BaselineFile Read(string fullPath, string shownPath) => Read(DiskFiles.Instance, fullPath, shownPath);

    private static BaselineFile Read(IFileSource files, string fullPath, string shownPath)
    {
        var content = files.Read(shownPath, fullPath);
        if (content.Text is not { } text || content.Problem is { Severity: DiagnosticSeverity.Error })
            throw new InputException(content.Problem!);

        using var root = Parse(text.Text, shownPath);
        if (root.RootElement.ValueKind != JsonValueKind.Object || !root.RootElement.TryGetProperty("version", out var version) || version.ToString() != "1")
            throw Invalid(shownPath, 1, "has no \"version\": 1");

        if (Unknown(root.RootElement, FileKeys) is { } key)
            throw UnknownKey(shownPath, LineOfKey(text.Text, key, 0) + 1, "the unknown key", key, FileKeys);

        if (!root.RootElement.TryGetProperty("accepted", out var accepted) || accepted.ValueKind != JsonValueKind.Array)
            throw Invalid(shownPath, 1, "has no list \"accepted\"");

        var entries = ImmutableArray.CreateBuilder<BaselineEntry>();
        var line = 0;
        foreach (var element in accepted.EnumerateArray())
        {
            line = LineOf(text.Text, element.GetRawText(), line);
            if (element.ValueKind == JsonValueKind.Object && Unknown(element, EntryKeys) is { } unknown)
                throw UnknownKey(shownPath, LineOfKey(text.Text, unknown, line) + 1, "an entry with the unknown key", unknown, EntryKeys);

            entries.Add(EntryOf(element, shownPath, line + 1));
        }

        return new BaselineFile(entries.ToImmutable());
    }

    /// <summary>The fingerprints that are accepted on a day.</summary>
    public ImmutableHashSet<string> Accepted(DateOnly day) =>
        [.. Entries.Where(entry => entry.Expires is not { } last || day <= last).Select(entry => entry.Fingerprint)];

    /// <summary>This baseline with exactly some occurrences: those that it has already keep their day, reason and expiry.</summary>
    public BaselineFile With(IEnumerable<BaselineEntry> occurrences)
    {
        var known = Entries.DistinctBy(entry => entry.Fingerprint).ToDictionary(entry => entry.Fingerprint, StringComparer.Ordinal);
        return new BaselineFile([
            .. occurrences
                .Select(entry => known.TryGetValue(entry.Fingerprint, out var old) ? entry with { Date = old.Date, Reason = old.Reason, Expires = old.Expires } : entry)
                .DistinctBy(entry => entry.Fingerprint)
                .OrderBy(entry => entry.Rule, StringComparer.Ordinal)
                .ThenBy(entry => entry.Subject, StringComparer.Ordinal)
                .ThenBy(entry => entry.Fingerprint, StringComparer.Ordinal)]);
    }

    /// <summary>The text of the file.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("{\n  \"version\": 1,\n  \"accepted\": [");
        for (var i = 0; i < Entries.Length; i++)
        {
            var entry = Entries[i];
            text.Append(i == 0 ? "\n" : ",\n").Append("    { ");
            Append("fingerprint", entry.Fingerprint, isFirst: true);
            Append("rule", entry.Rule);
            Append("subject", entry.Subject);
            Append("date", entry.Date.ToString(DateFormat, CultureInfo.InvariantCulture));
            if (entry.Reason is { } reason)
                Append("reason", reason);

            if (entry.Expires is { } expires)
                Append("expires", expires.ToString(DateFormat, CultureInfo.InvariantCulture));

            text.Append(" }");
        }

        return text.Append(Entries.IsEmpty ? "]\n}\n" : "\n  ]\n}\n").ToString();

        void Append(string name, string value, bool isFirst = false) =>
            text.Append(isFirst ? "" : ", ").Append('"').Append(name).Append("\": \"").Append(Encoder.Encode(value)).Append('"');
    }

    private static JsonDocument Parse(string text, string path)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException exception)
        {
            throw Invalid(path, (int)(exception.LineNumber ?? 0) + 1, "is not valid JSON");
        }
    }

    // Elements come in the order of the text, so each is looked for behind the one before.
    private static int LineOf(string text, string element, int fromLine)
    {
        var start = 0;
        for (var i = 0; i < fromLine; i++)
            start = text.IndexOf('\n', start) + 1;

        var found = text.IndexOf(element, start, StringComparison.Ordinal);
        return fromLine + text.AsSpan(start, Math.Max(0, found - start)).Count('\n');
    }

    private static string? Unknown(JsonElement element, string[] known)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!Array.Exists(known, name => property.NameEquals(name)))
                return NameOf(property);
        }

        return null;
    }

    // Half of a surrogate pair is no text.
    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    // A key may be written with escapes; then the line where its object begins is given.
    private static int LineOfKey(string text, string key, int fromLine) =>
        text.Contains($"\"{key}\"", StringComparison.Ordinal) ? LineOf(text, $"\"{key}\"", fromLine) : fromLine;

    private static BaselineEntry EntryOf(JsonElement element, string path, int line)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Invalid(path, line, "has an entry that is not an object");

        return new BaselineEntry(
            Text("fingerprint") ?? throw Invalid(path, line, "has an entry without \"fingerprint\""),
            Text("rule") ?? throw Invalid(path, line, "has an entry without \"rule\""),
            Text("subject") ?? "",
            Day("date") ?? throw Invalid(path, line, "has an entry without \"date\""),
            Text("reason"),
            Day("expires"));

        string? Text(string name) => !element.TryGetProperty(name, out var value) ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString()
            : throw Invalid(path, line, $"has a \"{name}\" that is not a string");

        DateOnly? Day(string name) => Text(name) is not { } text ? null
            : DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : throw Invalid(path, line, $"has a \"{name}\" that is not a date such as 2026-01-31");
    }

    private static InputException UnknownKey(string path, int line, string what, string key, string[] known) =>
        Invalid(path, line, $"has {what} \"{key}\".{NearestName.Hint(key, known)} Known: {string.Join(", ", known)}");

    private static InputException Invalid(string path, int line, string problem) => new(new Diagnostic(
        DiagnosticSeverity.Error,
        InvalidCode,
        $"The baseline {problem}.",
        new SourceLocation(path, line, 1, line, 1),
        "Correct it, or audit with --no-baseline. To start over, delete it and run \"plumb baseline\"; its dates, reasons and expiry dates are then lost."));
}
