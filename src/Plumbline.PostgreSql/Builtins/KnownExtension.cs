using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Plumbline.PostgreSql.Builtins;

/// <summary>An extension that CREATE EXTENSION accepts.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its default version.</param>
/// <param name="Schema">The schema that it insists on, and makes where it is missing; null where it can be installed in any.</param>
/// <param name="Requires">The extensions that must be there before it.</param>
/// <param name="Contents">What is known of what it adds.</param>
internal sealed record KnownExtension(string Name, string Version, string? Schema, ImmutableArray<string> Requires, ExtensionContents Contents)
{
    /// <summary>The extensions, by name, with PostgreSQL's own and others.</summary>
    public static ImmutableDictionary<string, KnownExtension> All => Catalog.Value;

    private static readonly Lazy<ImmutableDictionary<string, KnownExtension>> Catalog = new(Read);

    private static readonly Lazy<FrozenDictionary<(char, string), string>> Owners = new(ReadOwners);

    private string Lines { get; init; } = "";

    /// <summary>The extension that brings a type, function or operator class of this name; null where none that is known in full does.</summary>
    /// <param name="kind"><c>T</c> for a type, <c>F</c> for a function, <c>K</c> for an operator class.</param>
    /// <param name="name">The name.</param>
    public static string? OwnerOf(char kind, string name) => Owners.Value.GetValueOrDefault((kind, name));

    private static FrozenDictionary<(char, string), string> ReadOwners()
    {
        var owners = new Dictionary<(char, string), string>();
        foreach (var extension in All.Values.OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            foreach (var line in ObjectGroup.Lines(extension.Lines))
            {
                if (line[0] is 'T' or 'F' or 'K')
                {
                    var fields = new FieldReader(line.AsSpan(2));
                    var first = fields.Next().ToString();

                    // An operator class follows its access method.
                    owners.TryAdd((line[0], line[0] == 'K' ? fields.Next().ToString() : first), extension.Name);
                }
            }
        }

        return owners.ToFrozenDictionary();
    }

    /// <summary>What it adds, once it is installed in a schema.</summary>
    public ObjectGroup InstallIn(string schema) => new(schema, kind =>
    {
        var letter = kind switch { "types" => 'T', "functions" => 'F', "operators" => 'O', "casts" => 'C', "operator-classes" => 'K', _ => 'R' };
        return string.Join('\n', ObjectGroup.Lines(Lines).Where(line => line[0] == letter).Select(line => line[2..]));
    });

    private static ImmutableDictionary<string, KnownExtension> Read()
    {
        var all = ImmutableDictionary.CreateBuilder<string, KnownExtension>();
        foreach (var line in ObjectGroup.Lines(BuiltinText.Read("other-extensions.tsv")))
        {
            var fields = new FieldReader(line);
            Add(ref fields, ExtensionContents.Unknown, "");
        }

        var text = BuiltinText.Read("extensions.tsv");
        for (var start = 0; start < text.Length;)
        {
            var lineEnd = text.IndexOf('\n', start);
            var next = text.IndexOf("\nX\t", lineEnd, StringComparison.Ordinal);
            var end = next < 0 ? text.Length : next + 1;
            var fields = new FieldReader(text.AsSpan(start + 2, lineEnd - start - 2));
            Add(ref fields, text.AsSpan(start + 2).StartsWith("postgis\t") ? ExtensionContents.Partial : ExtensionContents.Full, text[(lineEnd + 1)..end]);
            start = end;
        }

        all["plpgsql"] = new KnownExtension("plpgsql", "1.0", "pg_catalog", [], ExtensionContents.Full);
        return all.ToImmutable();

        void Add(ref FieldReader fields, ExtensionContents contents, string lines)
        {
            var name = fields.Next().ToString();
            var version = fields.Next().ToString();
            var schema = fields.Next().ToString();
            var requires = fields.Next().ToString();
            all[name] = new KnownExtension(
                name, version, schema.Length == 0 ? null : schema, [.. requires.Split(' ', StringSplitOptions.RemoveEmptyEntries)], contents)
            { Lines = lines };
        }
    }
}

/// <summary>How much is known of what an extension adds.</summary>
internal enum ExtensionContents
{
    /// <summary>Everything that an expression can name.</summary>
    Full,

    /// <summary>The types and operator classes, and the functions that are used most.</summary>
    Partial,

    /// <summary>Nothing but that it exists.</summary>
    Unknown,
}
