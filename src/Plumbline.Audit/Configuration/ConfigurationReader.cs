using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Configuration;

/// <summary>Reads <c>plumb.yaml</c>. Whatever it does not know is an error that names the nearest thing that it does.</summary>
public sealed class ConfigurationReader
{
    private const string InvalidCode = "invalid-configuration";

    private static readonly string[] Keys =
        ["version", "projects", "postgres", "platform", "shared-database", "tenant", "database", "target", "documents", "ignore", "rules", "repair", "invariants"];

    private static readonly string[] InvariantKinds =
    [
        "values", "one-per", "transitions", "required-when", "exactly", "derived", "immutable", "increasing", "hash-of", "range", "json-shape", "not-both", "same-tenant", "expires", "sql",
    ];

    private readonly IEnumerable<string> _rules;

    private ConfigurationReader(IEnumerable<string> rules) => _rules = rules;

    /// <summary>
    /// The configuration of a folder: that of the nearest <c>plumb.yaml</c> from it upwards, as far as its repository goes;
    /// <see cref="AuditConfiguration.Empty"/> where there is none.
    /// </summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="rules">The names of all rules.</param>
    /// <exception cref="InputException">The file is wrong.</exception>
    public static AuditConfiguration ForFolder(string folder, IEnumerable<string> rules)
    {
        var repository = Git.FindRepository(folder) ?? folder;
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            var file = Path.Combine(current, AuditConfiguration.FileName);
            if (File.Exists(file))
            {
                return Read(file, Path.GetRelativePath(folder, file).Replace('\\', '/'), rules);
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
    public static AuditConfiguration Read(string fullPath, string shownPath, IEnumerable<string> rules)
    {
        var content = FileReader.Read(shownPath, fullPath);
        if (content.Problem is { } problem)
        {
            throw new InputException(problem);
        }

        return Read(content.Text!, rules) with { Folder = Path.GetDirectoryName(fullPath) };
    }

    /// <summary>Reads the text of a configuration file.</summary>
    /// <exception cref="InputException">The text is wrong.</exception>
    internal static AuditConfiguration Read(SourceText text, IEnumerable<string> rules) => YamlReader.Read(text) switch
    {
        null => AuditConfiguration.Empty,
        ConfigurationMap map => new ConfigurationReader(rules).Read(map),
        var other => throw Wrong(other, "The file must hold keys with values, such as \"version: 1\"."),
    };

    private AuditConfiguration Read(ConfigurationMap map)
    {
        CheckKeys(map, "key", Keys);
        var configuration = AuditConfiguration.Empty;
        foreach (var (key, _, value) in map.Entries)
        {
            if (value is ConfigurationScalar { IsNull: true })
            {
                continue;
            }

            configuration = key switch
            {
                "version" => Text(value, key) == "1" ? configuration : throw Wrong(value, "Only version 1 of the configuration is known."),
                "projects" => configuration with { Projects = [.. Items(value, key).Select(ReadProject)] },
                "postgres" => configuration with { PostgreSqlVersion = ReadVersion(value) },
                "platform" => configuration with { Platform = ReadPlatform(value) },
                "shared-database" => configuration with { SharedDatabases = [.. Items(value, key).Select(group => Texts(group, key))] },
                "tenant" => configuration with { TenantColumn = ReadTenant(value) },
                "database" => configuration with { Database = new ConfiguredText(Text(value, key), value.Location) },
                "target" => configuration with { Target = new ConfiguredText(Text(value, key), value.Location) },
                "documents" => configuration with { Documents = Paths(value, key) },
                "ignore" => configuration with { Ignore = Texts(value, key) },
                "rules" => configuration with { Rules = ReadRules(Map(value, key)) },
                "repair" => configuration with { RepairValues = ReadRepair(Map(value, key)) },
                _ => configuration with { Invariants = [.. Items(value, key).Select(ReadInvariant)] },
            };
        }

        CheckSharedDatabases(map, configuration);
        return configuration;
    }

    private static ProjectConfiguration ReadProject(ConfigurationNode node)
    {
        var map = Map(node, "projects");
        CheckKeys(map, "key of a project", ["name", "schema", "migrations", "code"]);
        var project = new ProjectConfiguration
        {
            Name = map.Find("name") is { } name ? Text(name, "name") : null,
            Schema = map.Find("schema") is { } schema ? new ConfiguredText(Text(schema, "schema"), schema.Location) : null,
            Migrations = map.Find("migrations") is { } migrations ? new ConfiguredText(Text(migrations, "migrations"), migrations.Location) : null,
            Code = map.Find("code") is { } code ? Paths(code, "code") : [],
            Location = node.Location,
        };

        return project.Schema is null && project.Migrations is null ? throw Wrong(node, "A project needs \"schema\" or \"migrations\".") : project;
    }

    private static int ReadVersion(ConfigurationNode node)
    {
        const int oldest = 9, newest = 99;
        var text = Text(node, "postgres");
        var major = text.Split('.')[0];
        return int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version is >= oldest and <= newest
            ? version
            : throw Wrong(node, $"\"{text}\" is no version of PostgreSQL; write its major number, such as 16.");
    }

    private static Platform ReadPlatform(ConfigurationNode node)
    {
        string[] names = ["none", "supabase"];
        return Text(node, "platform") switch
        {
            "none" => Platform.None,
            "supabase" => Platform.Supabase,
            var other => throw Unknown(node.Location, "platform", other, names),
        };
    }

    private static string ReadTenant(ConfigurationNode node)
    {
        var map = Map(node, "tenant");
        CheckKeys(map, "key of \"tenant\"", ["column"]);
        return map.Find("column") is { } column ? Text(column, "column") : throw Wrong(node, "\"tenant\" needs \"column\".");
    }

    private ImmutableDictionary<string, RuleSetting> ReadRules(ConfigurationMap map)
    {
        CheckKeys(map, "rule", [.. _rules]);
        return map.Entries.ToImmutableDictionary(entry => entry.Key, entry => ReadRule(entry.Value), StringComparer.Ordinal);
    }

    private static RuleSetting ReadRule(ConfigurationNode node)
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

        if (node is ConfigurationScalar word)
        {
            return new RuleSetting(IsOff: false, ReadSeverity(word));
        }

        var map = Map(node, "a rule");
        CheckKeys(map, "key of a rule", ["severity"]);
        return new RuleSetting(IsOff: false, map.Find("severity") is ConfigurationScalar severity ? ReadSeverity(severity) : null);
    }

    private static Severity ReadSeverity(ConfigurationScalar node) =>
        SeverityNames.TryParse(node.Text, out var severity) ? severity : throw Unknown(node.Location, "severity", node.Text, [.. SeverityNames.All, "off"]);

    private static ImmutableSortedDictionary<string, string> ReadRepair(ConfigurationMap map)
    {
        CheckKeys(map, "key of \"repair\"", ["values"]);
        return map.Find("values") is { } values
            ? Map(values, "values").Entries.ToImmutableSortedDictionary(entry => entry.Key, entry => Text(entry.Value, entry.Key), StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string>.Empty;
    }

    private static InvariantConfiguration ReadInvariant(ConfigurationNode node)
    {
        var map = Map(node, "invariants");
        var name = map.Find("name") is { } named ? Text(named, "name") : throw Wrong(node, "An invariant needs \"name\".");
        var kindNode = map.Find("kind") ?? throw Wrong(node, $"The invariant \"{name}\" needs \"kind\".");
        var kind = Text(kindNode, "kind");
        if (!InvariantKinds.Contains(kind))
        {
            throw Unknown(kindNode.Location, "kind of invariant", kind, InvariantKinds);
        }

        string[]? keys = kind switch
        {
            "one-per" => ["name", "kind", "table", "by", "where"],
            "required-when" => ["name", "kind", "table", "column", "when"],
            "transitions" => ["name", "kind", "table", "column", "initial", "allow"],
            "derived" => ["name", "kind", "table", "column", "from", "by", "count", "values"],
            _ => null,
        };

        if (keys is not null)
        {
            CheckKeys(map, $"key of an invariant of the kind \"{kind}\"", keys);
        }

        return new InvariantConfiguration(name, kind, map);
    }

    private static void CheckSharedDatabases(ConfigurationMap map, AuditConfiguration configuration)
    {
        // Projects that are found by themselves get their names later.
        if (configuration.Projects.IsEmpty || map.Find("shared-database") is not ConfigurationList groups)
        {
            return;
        }

        var names = configuration.Projects.Select(project => project.Name).OfType<string>().ToList();
        foreach (var item in groups.Items.OfType<ConfigurationList>().SelectMany(group => group.Items))
        {
            if (item is ConfigurationScalar { Text: var name } && !names.Contains(name))
            {
                throw Unknown(item.Location, "project", name, names);
            }
        }
    }

    private static void CheckKeys(ConfigurationMap map, string what, IReadOnlyCollection<string> known)
    {
        foreach (var entry in map.Entries)
        {
            if (!known.Contains(entry.Key))
            {
                throw Unknown(entry.KeyLocation, what, entry.Key, known);
            }
        }
    }

    private static ConfigurationMap Map(ConfigurationNode node, string key) =>
        node as ConfigurationMap ?? throw Wrong(node, $"\"{key}\" must hold keys with values, but here is {node.Kind}.");

    private static ImmutableArray<ConfigurationNode> Items(ConfigurationNode node, string key) =>
        node is ConfigurationList list ? list.Items : throw Wrong(node, $"\"{key}\" must be a list, but here is {node.Kind}.");

    private static string Text(ConfigurationNode node, string key) =>
        node is ConfigurationScalar scalar && scalar.Text.Length > 0 ? scalar.Text : throw Wrong(node, $"\"{key}\" must be a single value that is not empty.");

    private static ImmutableArray<string> Texts(ConfigurationNode node, string key) => [.. Items(node, key).Select(item => Text(item, key))];

    private static ImmutableArray<ConfiguredText> Paths(ConfigurationNode node, string key) =>
        [.. Items(node, key).Select(item => new ConfiguredText(Text(item, key), item.Location))];

    private static InputException Wrong(ConfigurationNode node, string message) =>
        new(new Diagnostic(DiagnosticSeverity.Error, InvalidCode, message, node.Location));

    private static InputException Unknown(SourceLocation location, string what, string written, IEnumerable<string> known) =>
        new(new Diagnostic(DiagnosticSeverity.Error, InvalidCode, $"There is no {what} \"{written}\".{NearestName.Hint(written, known)}", location));
}
