using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Connections;

/// <summary>What a <c>prisma.config.ts</c> says about the database. It is a program and is not run: variables and literals that stand at the keys of
/// <c>datasource</c> are read.</summary>
/// <param name="File">The file.</param>
/// <param name="Url">The variables and literals of <c>datasource.url</c>, in the order in which they are tried; empty where it names none.</param>
/// <param name="ShadowUrl">Those of <c>datasource.shadowDatabaseUrl</c>.</param>
/// <param name="LoadsEnvironment">Whether it loads an environment file: with such a configuration, Prisma itself reads none.</param>
/// <param name="Expands">Whether variables in the values of environment files are replaced.</param>
/// <param name="EnvironmentFiles">The environment files that it names; empty for <c>.env</c> beside it.</param>
internal sealed record PrismaConfigConnection(
    WorkspaceFile File,
    ImmutableArray<UrlReference> Url,
    ImmutableArray<UrlReference> ShadowUrl,
    bool LoadsEnvironment,
    bool Expands,
    ImmutableArray<string> EnvironmentFiles)
{
    /// <summary>Reads a file; null where it cannot be read.</summary>
    public static PrismaConfigConnection? Read(WorkspaceFile file)
    {
        if (file.Text is not { } text)
        {
            return null;
        }

        var tokens = ScriptTokens.Of(text.Text);
        ImmutableArray<UrlReference> url = [], shadow = [];
        var keys = new Stack<string?>();
        string? pending = null;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Is("{"))
            {
                keys.Push(pending);
                pending = null;
            }
            else if (tokens[i].Is("}"))
            {
                keys.TryPop(out _);
                pending = null;
            }
            else if (tokens[i].Kind != ScriptTokenKind.Punctuation && i + 1 < tokens.Count && tokens[i + 1].Is(":"))
            {
                pending = tokens[i].Text;
                if (keys.TryPeek(out var parent) && parent == "datasource")
                {
                    url = pending == "url" ? References(tokens, i + 2, text) : url;
                    shadow = pending == "shadowDatabaseUrl" ? References(tokens, i + 2, text) : shadow;
                }

                i++;
            }
            else if (tokens[i].Is(","))
            {
                pending = null;
            }
        }

        var loads = tokens.Exists(token => token.Text is "dotenv/config" or "dotenv" or "loadEnvFile" or "dotenv-expand" or "@next/env" or "@dotenvx/dotenvx" or "dotenv-flow");
        var expands = tokens.Exists(token => token.Text is "dotenv-expand" or "dotenv-expand/config" or "@next/env" or "@dotenvx/dotenvx");
        return new PrismaConfigConnection(file, url, shadow, loads, expands, [.. NamedFiles(tokens)]);
    }

    // The literals that end in the name of an environment file, as in config({ path: '../../.env' }) and loadEnvFile(path.join(__dirname, '.env')).
    private static IEnumerable<string> NamedFiles(List<ScriptToken> tokens)
    {
        foreach (var token in tokens)
        {
            if (token.Kind == ScriptTokenKind.Literal && EnvironmentFile.IsName(RelativePath.NameOf(token.Text)))
            {
                yield return token.Text;
            }
        }
    }

    // env('X'), process.env.X, process.env['X'] and literals, up to the comma or bracket that ends the value.
    private static ImmutableArray<UrlReference> References(List<ScriptToken> tokens, int start, SourceText text)
    {
        var found = ImmutableArray.CreateBuilder<UrlReference>();
        var depth = 0;
        for (var i = start; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (depth == 0 && token.Kind == ScriptTokenKind.Punctuation && token.Text is "," or ";" or "}")
            {
                break;
            }

            if (token.Is("(") || token.Is("["))
            {
                depth++;
            }
            else if (token.Is(")") || token.Is("]"))
            {
                depth--;
            }
            else if (token.Kind == ScriptTokenKind.Word && token.Text == "env")
            {
                // Behind the name there may be type arguments: env<Variables>('X').
                var next = tokens.FindIndex(i + 1, t => t.Kind == ScriptTokenKind.Literal || t.Is(",") || t.Is("}"));
                if (i + 2 < tokens.Count && tokens[i + 1].Is(".") && tokens[i + 2].Kind == ScriptTokenKind.Word)
                {
                    found.Add(Variable(tokens[i + 2].Text));
                    i += 2;
                }
                else if (next > 0 && tokens[next].Kind == ScriptTokenKind.Literal)
                {
                    found.Add(Variable(tokens[next].Text));
                    depth += tokens.Skip(i).Take(next - i).Count(t => t.Is("(") || t.Is("["));
                    i = next;
                }
            }
            else if (token.Kind == ScriptTokenKind.Literal && token.Text.Contains("://", StringComparison.Ordinal))
            {
                found.Add(new UrlReference(null, token.Text, LocationOf(token.Text)));
            }
        }

        return found.ToImmutable();

        UrlReference Variable(string name) => new(name, null, LocationOf(name));

        SourceLocation LocationOf(string written)
        {
            var datasource = Math.Max(0, text.Text.IndexOf("datasource", StringComparison.Ordinal));
            var at = text.Text.IndexOf(written, datasource, StringComparison.Ordinal);
            return at < 0 ? new SourceLocation(text.Path, 1, 1, 1, 1) : text.LocationOf(new TextSpan(at, written.Length));
        }
    }
}

/// <summary>How a database URL is named: by a variable, or written out.</summary>
/// <param name="Variable">The variable; null where it is written out.</param>
/// <param name="Value">The URL; null where a variable gives it.</param>
/// <param name="Location">Where.</param>
internal sealed record UrlReference(string? Variable, string? Value, SourceLocation Location);
