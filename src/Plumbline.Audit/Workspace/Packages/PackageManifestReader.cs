using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Packages;

/// <summary>Reads a <c>package.json</c>, with the place of everything in it.</summary>
internal static class PackageManifestReader
{
    /// <summary>What manifests are called together.</summary>
    public const string Kind = "package.json files";

    // The manifest of a folder around many projects is asked for by each of them.
    private static readonly ConditionalWeakTable<WorkspaceFile, PackageManifest> ReadAlready = new();

    private const string InvalidCode = "invalid-package-json";

    /// <summary>Reads a manifest by itself.</summary>
    /// <param name="file">The file.</param>
    public static PackageManifest Read(WorkspaceFile file) => ReadAlready.GetValue(file, static one => Read(one, new KindTexts(Kind)));

    /// <summary>Reads a manifest; what is not as it should be is left out.</summary>
    /// <param name="file">The file.</param>
    /// <param name="texts">The texts of all manifests.</param>
    public static PackageManifest Read(WorkspaceFile file, KindTexts texts)
    {
        if (texts.TextOf(file) is not { } text)
        {
            return new PackageManifest { File = file, Problem = file.Problem ?? texts.Exceeded };
        }

        var cursor = new Cursor(text);
        try
        {
            return cursor.ReadManifest(file);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A text with half of a surrogate pair is the latter.
            var line = (int)Math.Min(((exception as JsonException)?.LineNumber ?? 0) + 1, text.LineCount);
            var location = new SourceLocation(text.Path, line, 1, line, 1);
            return new PackageManifest
            {
                File = file,
                Problem = new Diagnostic(
                DiagnosticSeverity.Warning, InvalidCode, "The file is not valid JSON, so it is ignored.", location)
            };
        }
    }

    private sealed class Cursor(SourceText text)
    {
        private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text.Text);

        // A place among the bytes, and the same among the characters.
        private int _countedBytes;
        private int _countedCharacters;

        public PackageManifest ReadManifest(WorkspaceFile file)
        {
            var manifest = new PackageManifest { File = file };
            var dependencies = ImmutableArray.CreateBuilder<PackageDependency>();
            var reader = new Utf8JsonReader(_bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException();
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString();
                reader.Read();
                switch (key)
                {
                    case "name":
                        manifest = manifest with { Name = Setting(ref reader)?.Value };
                        break;
                    case "packageManager":
                        manifest = manifest with { PackageManager = Setting(ref reader) };
                        break;
                    case "scripts":
                        manifest = manifest with { Scripts = [.. Members(ref reader).Select(member => new PackageScript(member.Name, member.Value.Value, member.Value.Location))] };
                        break;
                    case "dependencies" or "devDependencies" or "peerDependencies" or "optionalDependencies":
                        dependencies.AddRange(Members(ref reader).Select(member => new PackageDependency(member.Name, member.Value.Value, member.Value.Location)));
                        break;
                    case "prisma":
                        foreach (var (name, value) in Members(ref reader))
                        {
                            manifest = name switch
                            {
                                "schema" => manifest with { PrismaSchema = value },
                                "seed" => manifest with { PrismaSeed = value },
                                _ => manifest,
                            };
                        }

                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            return manifest with { Dependencies = dependencies.ToImmutable() };
        }

        // The members of an object whose values are texts.
        private List<(string Name, PackageSetting Value)> Members(ref Utf8JsonReader reader)
        {
            var members = new List<(string, PackageSetting)>();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                return members;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString() ?? "";
                reader.Read();
                if (Setting(ref reader) is { } value)
                {
                    members.Add((name, value));
                }
            }

            return members;
        }

        private PackageSetting? Setting(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
                return null;
            }

            var position = (int)reader.TokenStartIndex;
            _countedCharacters += Encoding.UTF8.GetCharCount(_bytes.AsSpan(_countedBytes, position - _countedBytes));
            _countedBytes = position;
            var start = _countedCharacters;
            var length = Encoding.UTF8.GetCharCount(reader.ValueSpan) + 2;
            return new PackageSetting(reader.GetString() ?? "", text.LocationOf(new TextSpan(start, length)));
        }
    }
}
