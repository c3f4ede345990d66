using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>
/// What a <c>prisma.config.ts</c> says about where things are. It is a program and is not run: the literals that stand at
/// <c>schema</c> and <c>migrations.path</c> are read, with <c>path.join</c> and <c>path.resolve</c> around them.
/// </summary>
/// <param name="File">The file.</param>
/// <param name="Schema">Paths that may be the schema, likeliest first, relative to the file's folder; empty where it names none.</param>
/// <param name="Migrations">Paths that may be the migrations' folder, likeliest first.</param>
internal sealed record PrismaConfigFile(WorkspaceFile File, ImmutableArray<string> Schema, ImmutableArray<string> Migrations)
{
    private static readonly ImmutableArray<string> Extensions = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

    /// <summary>The folder that its paths are relative to.</summary>
    public string Folder => RelativePath.NameOf(File.Folder) == ".config" ? RelativePath.FolderOf(File.Folder) : File.Folder;

    /// <summary>Whether a path is that of such a file: <c>prisma.config.ts</c>, or <c>.config/prisma.ts</c>.</summary>
    public static bool IsConfig(string path)
    {
        foreach (var extension in Extensions)
        {
            if (path.EndsWith(extension, StringComparison.Ordinal))
            {
                var stem = path[..^extension.Length];
                return RelativePath.NameOf(stem) == "prisma.config" || stem == ".config/prisma" || stem.EndsWith("/.config/prisma", StringComparison.Ordinal);
            }
        }

        return false;
    }

    /// <summary>Reads a file; null where it cannot be read.</summary>
    public static PrismaConfigFile? Read(WorkspaceFile file)
    {
        if (file.Text is not { } text)
        {
            return null;
        }

        var tokens = ScriptTokens.Of(text.Text);
        var constants = Constants(tokens);
        ImmutableArray<string> schema = [], migrations = [];
        var keys = new Stack<string?>();
        string? pending = null;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Is("{"))
            {
                keys.Push(pending);
                pending = null;
            }
            else if (token.Is("}"))
            {
                keys.TryPop(out _);
                pending = null;
            }
            else if (token.Kind is not ScriptTokenKind.Punctuation && i + 1 < tokens.Count && tokens[i + 1].Is(":"))
            {
                pending = token.Text;
                var path = string.Join('.', keys.Where(key => key is not null).Reverse().Append(pending));
                if (path == "schema" && schema.IsEmpty)
                {
                    schema = Values(tokens, i + 2, constants);
                }
                else if (path == "migrations.path" && migrations.IsEmpty)
                {
                    migrations = Values(tokens, i + 2, constants);
                }

                i++;
            }
            else if (token.Is(","))
            {
                pending = null;
            }
        }

        return new PrismaConfigFile(file, schema, migrations);
    }

    private static Dictionary<string, ImmutableArray<string>> Constants(List<ScriptToken> tokens)
    {
        var constants = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        for (var i = 0; i + 2 < tokens.Count; i++)
        {
            if (tokens[i].Kind == ScriptTokenKind.Word && tokens[i].Text is "const" or "let" or "var" && tokens[i + 1].Kind == ScriptTokenKind.Word &&
                tokens[i + 2].Is("="))
            {
                constants.TryAdd(tokens[i + 1].Text, Values(tokens, i + 3, constants));
            }
        }

        return constants;
    }

    // The literals of one value, up to the comma, semicolon or bracket that ends it.
    private static ImmutableArray<string> Values(List<ScriptToken> tokens, int start, Dictionary<string, ImmutableArray<string>> constants)
    {
        var literals = ImmutableArray.CreateBuilder<string>();
        var joined = false;
        var depth = 0;
        for (var i = start; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (depth == 0 && token.Kind == ScriptTokenKind.Punctuation && token.Text is "," or ";" or "}" or ")")
            {
                break;
            }

            if (token.Is("(") || token.Is("[") || token.Is("{"))
            {
                depth++;
            }
            else if (token.Is(")") || token.Is("]") || token.Is("}"))
            {
                depth--;
            }
            else if (token.Kind == ScriptTokenKind.Literal)
            {
                literals.Add(token.Text);
            }
            else if (token.Text is "join" or "resolve")
            {
                joined = true;
            }
            else if (token.Kind == ScriptTokenKind.Word && token.Text is "const" or "let" or "var" or "export" or "import")
            {
                break;
            }
            else if (token.Kind == ScriptTokenKind.Word && constants.TryGetValue(token.Text, out var values))
            {
                literals.AddRange(values);
            }
        }

        return joined && literals.Count > 0 ? [string.Join('/', literals)] : literals.ToImmutable();
    }
}
