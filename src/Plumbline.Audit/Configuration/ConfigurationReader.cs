using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Audit.Workspace.Files;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Configuration;

/// <summary>Reads <c>plumb.yaml</c>. Whatever it does not know is an error that names the nearest thing that it does.</summary>
public sealed class ConfigurationReader
{
    private static readonly string[] Keys = ["version", "projects", "postgres", "platform", "shared-database", "database", "ignore", "rules"];

    // What the contract has and no command heeds yet: someone who writes it must not believe that it has an effect.
    private static readonly string[] LaterKeys = ["tenant", "target", "documents", "repair", "invariants"];

    // The versions that the replay was compared with.
    private const int OldestServer = 12, NewestServer = 18;

    private readonly IEnumerable<string> _rules;
    private readonly ConfigurationErrors _errors;

    private ConfigurationReader(IEnumerable<string> rules, ConfigurationErrors errors)
    {
        _rules = rules;
        _errors = errors;
    }

    /// <summary>
    /// The configuration of a folder: that of the nearest <c>plumb.yaml</c> from it upwards, as far as its repository goes;
    /// <see cref="AuditConfiguration.Empty"/> where there is none.
    /// </summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="rules">The names of all rules.</param>
    /// <exception cref="InputException">The file is wrong.</exception>
    public static AuditConfiguration ForFolder(string folder, IEnumerable<string> rules) => ForFolder(DiskFiles.Instance, folder, rules);

    /// <summary>The same, read from somewhere else than the disk.</summary>
    internal static AuditConfiguration ForFolder(IFileSource files, string folder, IEnumerable<string> rules)
    {
        var repository = Git.FindRepository(folder) ?? folder;
        files = files.Within(repository);
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            var file = Path.Combine(current, AuditConfiguration.FileName);
            if (files.Exists(file))
            {
                return Read(files, file, RelativePath.Between(folder, file), rules);
            }

            if (current == repository)
            {
                break;
            }
        }

        return AuditConfiguration.Empty;
    }

    /// <summary>Reads a configuration file.</summary>
    /// <param name="fullPath">Where the file is.</param>
    /// <param name="shownPath">The path to show to people.</param>
    /// <param name="rules">The names of all rules.</param>
    /// <exception cref="InputException">The file cannot be read or is wrong.</exception>
    public static AuditConfiguration Read(string fullPath, string shownPath, IEnumerable<string> rules) =>
        NamedFile.LeadsOutside(fullPath, RealPath.Of(fullPath)) ? throw new InputException(NamedFile.Refusal(shownPath)) : Read(DiskFiles.Instance, fullPath, shownPath, rules);

    private static AuditConfiguration Read(IFileSource files, string fullPath, string shownPath, IEnumerable<string> rules)
    {
        var content = files.Read(shownPath, fullPath);
        if (content.Problem is { } problem)
        {
            throw new InputException(problem);
        }

        if (ReadingBudget.OfSettings(content.Text!) is { } exceeded)
        {
            throw new InputException(exceeded with { Severity = DiagnosticSeverity.Error, Message = $"The file is longer than {ReadingBudget.SettingsLength >> 20} MiB, the limit for files of its kind." });
        }

        return Read(content.Text!, rules) with { Folder = Path.GetDirectoryName(fullPath) };
    }

    /// <summary>Reads the text of a configuration file.</summary>
    /// <exception cref="InputException">The text is wrong; the exception lists everything that is.</exception>
    internal static AuditConfiguration Read(SourceText text, IEnumerable<string> rules)
    {
        var errors = new ConfigurationErrors();
        var node = YamlReader.Read(text, errors);
        var configuration = AuditConfiguration.Empty;
        if (node is ConfigurationMap map)
        {
            configuration = new ConfigurationReader(rules, errors).Read(map);
        }
        else if (node is not null)
        {
            errors.Add(node.Location, "The file must contain keys with values, such as \"version: 1\".");
        }

        errors.ThrowIfAny();
        return configuration;
    }

    private AuditConfiguration Read(ConfigurationMap map)
    {
        CheckKeys(map, "key", Keys, LaterKeys);
        var configuration = AuditConfiguration.Empty;
        foreach (var (key, _, value) in map.Entries)
        {
            if (value is ConfigurationScalar { IsNull: true })
            {
                continue;
            }

            configuration = key switch
            {
                "projects" => configuration with { Projects = [.. Items(value, key).Select(ReadProject).OfType<ProjectConfiguration>()] },
                "postgres" => configuration with { PostgreSqlVersion = ReadVersion(value) },
                "platform" => configuration with { Platform = ReadPlatform(value) },
                "shared-database" => configuration with { SharedDatabases = [.. Items(value, key).Select(group => Texts(group, key))] },
                "database" => configuration with { Database = ReadDatabase(value) },
                "ignore" => configuration with { Ignore = Texts(value, key) },
                "rules" => configuration with { Rules = ReadRules(Map(value, key)) },
                _ => configuration,
            };

            if (key == "version" && Text(value, key) is { } version && version != "1")
            {
                _errors.Add(value.Location, "Only version 1 of the configuration is supported.");
            }
        }

        CheckSharedDatabases(map);
        return configuration;
    }

    private ProjectConfiguration? ReadProject(ConfigurationNode node)
    {
        if (Map(node, "projects") is not { } map)
        {
            return null;
        }

        CheckKeys(map, "key of a project", ["name", "schema", "migrations"], ["code"]);
        if (map.Find("schema") is null && map.Find("migrations") is null)
        {
            _errors.Add(node.Location, "A project needs \"schema\" or \"migrations\".");
        }

        return new ProjectConfiguration
        {
            Name = map.Find("name") is { } name ? Text(name, "name") : null,
            Schema = map.Find("schema") is { } schema ? TextAt(schema, "schema") : null,
            Migrations = map.Find("migrations") is { } migrations ? TextAt(migrations, "migrations") : null,
            Location = node.Location,
        };
    }

    private int? ReadVersion(ConfigurationNode node)
    {
        if (Text(node, "postgres") is not { } text)
        {
            return null;
        }

        string[] parts = text.Split('.');
        if (parts.Length > 2 || !parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit)) ||
            !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            _errors.Add(node.Location, $"\"{text}\" is not a PostgreSQL version; write the major version, such as 16.");
            return null;
        }

        if (version is >= OldestServer and <= NewestServer)
        {
            return version;
        }

        _errors.Add(node.Location, $"PostgreSQL {text} is not supported; write a major version from {OldestServer} to {NewestServer}.");
        return null;
    }

    // Messages name the variable: what is none could hold a password.
    private ConfiguredText? ReadDatabase(ConfigurationNode node)
    {
        var text = TextAt(node, "database");
        if (text is null || DatabaseUrl.IsUrl(text.Value) || IsVariableName(text.Value))
        {
            return text;
        }

        _errors.Add(node.Location, "The value of \"database\" must be the name of a variable, or a URL that begins with postgresql://.");
        return null;
    }

    private static bool IsVariableName(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private Platform? ReadPlatform(ConfigurationNode node)
    {
        switch (Text(node, "platform"))
        {
            case null:
                return null;
            case "none":
                return Platform.None;
            case "supabase":
                return Platform.Supabase;
            case var other:
                _errors.AddUnknown(node.Location, "platform", other, ["none", "supabase"]);
                return null;
        }
    }

    private ImmutableDictionary<string, RuleSetting> ReadRules(ConfigurationMap? map)
    {
        if (map is null)
        {
            return ImmutableDictionary<string, RuleSetting>.Empty;
        }

        CheckKeys(map, "rule", [.. _rules], [], "\"plumb rules\" lists the rules.");
        return map.Entries.ToImmutableDictionary(entry => entry.Key, entry => ReadRule(entry.Key, entry.Value), StringComparer.Ordinal);
    }

    private RuleSetting ReadRule(string name, ConfigurationNode node)
    {
        // YAML 1.1 calls an unquoted off a truth value; here it is what it looks like.
        if (node is ConfigurationScalar { Text: "off" or "false" })
        {
            return new RuleSetting(IsOff: true);
        }

        if (node is ConfigurationScalar { Text: "on" or "true" })
        {
            return new RuleSetting(IsOff: false);
        }

        if (node is ConfigurationScalar)
        {
            return new RuleSetting(IsOff: false, ReadSeverity(node));
        }

        if (Map(node, name) is not { } map)
        {
            return new RuleSetting(IsOff: false);
        }

        CheckKeys(map, "key of a rule", ["severity"], []);
        return map.Find("severity") switch
        {
            null => new RuleSetting(IsOff: false),
            ConfigurationScalar { Text: "off" or "false" } => new RuleSetting(IsOff: true),
            var severity => new RuleSetting(IsOff: false, ReadSeverity(severity)),
        };
    }

    private Severity? ReadSeverity(ConfigurationNode node)
    {
        if (Text(node, "severity") is not { } text)
        {
            return null;
        }

        if (SeverityNames.TryParse(text, out var severity))
        {
            return severity;
        }

        _errors.AddUnknown(node.Location, "severity", text, [.. SeverityNames.All, "off"]);
        return null;
    }

    // Projects that are found by themselves get their names later.
    private void CheckSharedDatabases(ConfigurationMap map)
    {
        if (map.Find("projects") is not ConfigurationList projects || map.Find("shared-database") is not ConfigurationList groups)
        {
            return;
        }

        var names = projects.Items.OfType<ConfigurationMap>().Select(project => project.Find("name")).OfType<ConfigurationScalar>().Select(name => name.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var item in groups.Items.OfType<ConfigurationList>().SelectMany(group => group.Items).OfType<ConfigurationScalar>())
        {
            if (!names.Contains(item.Text))
            {
                _errors.AddUnknown(item.Location, "project", item.Text, names);
            }
        }
    }

    private void CheckKeys(ConfigurationMap map, string what, IReadOnlyCollection<string> known, IReadOnlyCollection<string> later, string? list = null)
    {
        foreach (var entry in map.Entries)
        {
            if (later.Contains(entry.Key))
            {
                _errors.Add(entry.KeyLocation, $"The {what} \"{entry.Key}\" is not supported yet and has no effect.", "Remove it.");
            }
            else if (!known.Contains(entry.Key))
            {
                _errors.AddUnknown(entry.KeyLocation, what, entry.Key, known, list);
            }
        }
    }

    private ConfigurationMap? Map(ConfigurationNode node, string key)
    {
        if (node is ConfigurationMap map)
        {
            return map;
        }

        _errors.Add(node.Location, $"\"{key}\" must be a mapping, but this is {node.Kind}.");
        return null;
    }

    private ImmutableArray<ConfigurationNode> Items(ConfigurationNode node, string key)
    {
        if (node is ConfigurationList list)
        {
            return list.Items;
        }

        _errors.Add(node.Location, $"\"{key}\" must be a list, but this is {node.Kind}.");
        return [];
    }

    private string? Text(ConfigurationNode node, string key)
    {
        if (node is ConfigurationScalar { Text.Length: > 0 } scalar)
        {
            if (!scalar.Text.Contains('\0', StringComparison.Ordinal))
            {
                return scalar.Text;
            }

            // No name of a file or of anything else holds one, on any system.
            _errors.Add(node.Location, $"The value of \"{key}\" holds a NUL character.");
            return null;
        }

        _errors.Add(node.Location, $"\"{key}\" must be a single, non-empty value.");
        return null;
    }

    private ConfiguredText? TextAt(ConfigurationNode node, string key) => Text(node, key) is { } text ? new ConfiguredText(text, node.Location) : null;

    private ImmutableArray<string> Texts(ConfigurationNode node, string key) => [.. Items(node, key).Select(item => Text(item, key)).OfType<string>()];
}
