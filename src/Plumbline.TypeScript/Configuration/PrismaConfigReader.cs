using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Schema.Text;
using Plumbline.TypeScript.Syntax;

namespace Plumbline.TypeScript.Configuration;

/// <summary>Reads a <c>prisma.config.ts</c>: goes through its tokens once, with the keys around the current place.</summary>
internal sealed class PrismaConfigReader
{
    private static readonly ImmutableArray<string> Loaders =
        ["dotenv/config", "dotenv", "loadEnvFile", "dotenv-expand", "@next/env", "@dotenvx/dotenvx", "dotenv-flow"];

    private static readonly ImmutableArray<string> Expanders = ["dotenv-expand", "dotenv-expand/config", "@next/env", "@dotenvx/dotenvx"];

    // Type arguments between env and its parenthesis are shorter.
    private const int MostTypeArguments = 64;

    private readonly SourceText _text;
    private readonly List<ScriptToken> _tokens;
    private readonly Dictionary<string, int> _constants = new(StringComparer.Ordinal);
    private int _steps;

    public PrismaConfigReader(SourceText text)
    {
        _text = text;
        _tokens = ScriptTokens.Of(text.Text);
        for (var i = 0; i + 3 < _tokens.Count; i++)
        {
            if (_tokens[i].Kind == ScriptTokenKind.Word && _tokens[i].Text is "const" or "let" or "var" && _tokens[i + 1].Kind == ScriptTokenKind.Word &&
                _tokens[i + 2].Is("="))
            {
                _constants.TryAdd(_tokens[i + 1].Text, i + 3);
            }
        }
    }

    /// <summary>Reads it.</summary>
    public PrismaConfigFile Read()
    {
        var config = new PrismaConfigFile
        {
            Path = _text.Path,
            LoadsEnvironment = _tokens.Exists(token => Loaders.Contains(token.Text)),
            Expands = _tokens.Exists(token => Expanders.Contains(token.Text)),
            Literals = [.. _tokens.Where(token => token.Kind == ScriptTokenKind.Literal).Select(token => token.Text)],
            Prisma8 = FindPrisma8(),
        };
        var keys = new Stack<string?>();
        var named = new List<string>();
        string? pending = null;
        for (var i = 0; i < _tokens.Count; i++)
        {
            var token = _tokens[i];
            if (token.Is("{"))
            {
                keys.Push(pending);
                if (pending is not null)
                {
                    named.Add(pending);
                }

                pending = null;
            }
            else if (token.Is("}"))
            {
                if (keys.TryPop(out var key) && key is not null)
                {
                    named.RemoveAt(named.Count - 1);
                }

                pending = null;
            }
            else if (token.Kind is not ScriptTokenKind.Punctuation && i + 1 < _tokens.Count && _tokens[i + 1].Is(":"))
            {
                pending = token.Text;

                // What is read is at most two keys deep.
                if (named.Count <= 1)
                {
                    config = Take(config, string.Join('.', named.Append(pending)), i + 2);
                }

                i++;
            }
            else if (token.Is(","))
            {
                pending = null;
            }
        }

        return _steps < ReadingBudget.ConfigTokens ? config : config with
        {
            Exceeded = ReadingBudget.Exceeded(
                $"The values in {_text.Path} have more than {ReadingBudget.ConfigTokens.ToString("N0", CultureInfo.InvariantCulture)} tokens",
                $"The values of its keys are written with more than {ReadingBudget.ConfigTokens.ToString("N0", CultureInfo.InvariantCulture)} tokens, those of constants among them; the rest is not read.",
                SourceLocation.StartOf(_text.Path)),
        };
    }

    private PrismaConfigFile Take(PrismaConfigFile config, string path, int start) => path switch
    {
        "schema" when config.Schema.IsEmpty => config with { Schema = Paths(start) },
        "migrations.path" when config.Migrations.IsEmpty => config with { Migrations = Paths(start) },
        "migrations.initShadowDb" when config.InitShadowDb is null && config.InitShadowDbFile is null => TakeScript(config, start),
        "tables.external" when config.ExternalTables.IsEmpty => config with { ExternalTables = [.. Value(start).Literals.Select(Valued)] },
        "enums.external" when config.ExternalEnums.IsEmpty => config with { ExternalEnums = [.. Value(start).Literals.Select(Valued)] },
        "datasource.url" => config with { Url = References(start) },
        "datasource.shadowDatabaseUrl" => config with { ShadowUrl = References(start) },
        _ => config,
    };

    private PrismaConfigFile TakeScript(PrismaConfigFile config, int start)
    {
        var value = Value(start);
        if (value.Literals.Count == 0)
        {
            return config;
        }

        if (value.Words.Any(word => word is "readFileSync" or "readFile"))
        {
            string[] parts = [.. value.Literals.Select(literal => literal.Text).Where(text => text is not ("utf8" or "utf-8"))];
            return parts.Length == 0 ? config : config with { InitShadowDbFile = string.Join('/', parts) };
        }

        return config with
        {
            InitShadowDb = new ScriptValue(string.Concat(value.Literals.Select(literal => literal.Text)), _text.LocationOf(value.Literals[0].Span)),
        };
    }

    private ImmutableArray<string> Paths(int start)
    {
        var value = Value(start);
        string[] texts = [.. value.Literals.Select(literal => literal.Text)];
        return texts.Length > 0 && value.Words.Any(word => word is "join" or "resolve") ? [string.Join('/', texts)] : [.. texts];
    }

    private ScriptValue Valued(ScriptToken literal) => new(literal.Text, _text.LocationOf(literal.Span));

    // The literals and names of one value, up to the comma, semicolon or bracket that ends it; those of constants in their places.
    private Written Value(int start, int depthOfConstants = 0)
    {
        var written = new Written([], []);
        var depth = 0;
        for (var i = start; i < _tokens.Count && _steps++ < ReadingBudget.ConfigTokens; i++)
        {
            var token = _tokens[i];
            if (depth == 0 && token.Kind == ScriptTokenKind.Punctuation && token.Text is "," or ";" or "}" or ")" or "]")
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
                written.Literals.Add(token);
            }
            else if (token.Kind == ScriptTokenKind.Word && token.Text is "const" or "let" or "var" or "export" or "import")
            {
                break;
            }
            else if (token.Kind == ScriptTokenKind.Word)
            {
                written.Words.Add(token.Text);
                if (_constants.TryGetValue(token.Text, out var constant) && depthOfConstants < ReadingBudget.ConfigDepth)
                {
                    var inner = Value(constant, depthOfConstants + 1);
                    written.Literals.AddRange(inner.Literals);
                    written.Words.AddRange(inner.Words);
                }
            }
        }

        return written;
    }

    // env('X'), process.env.X, process.env['X'] and literals, up to the comma or bracket that ends the value.
    private ImmutableArray<UrlReference> References(int start)
    {
        var found = ImmutableArray.CreateBuilder<UrlReference>();
        var depth = 0;
        for (var i = start; i < _tokens.Count && _steps++ < ReadingBudget.ConfigTokens; i++)
        {
            var token = _tokens[i];
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
            else if (token.IsWord("env"))
            {
                // Behind the name there may be type arguments: env<Variables>('X').
                var next = _tokens.FindIndex(i + 1, Math.Min(MostTypeArguments, _tokens.Count - i - 1), t => t.Kind == ScriptTokenKind.Literal || t.Is(",") || t.Is("}"));
                if (i + 2 < _tokens.Count && _tokens[i + 1].Is(".") && _tokens[i + 2].Kind == ScriptTokenKind.Word)
                {
                    found.Add(Variable(_tokens[i + 2]));
                    i += 2;
                }
                else if (next > 0 && _tokens[next].Kind == ScriptTokenKind.Literal)
                {
                    found.Add(Variable(_tokens[next]));
                    depth += _tokens.Skip(i).Take(next - i).Count(t => t.Is("(") || t.Is("["));
                    i = next;
                }
            }
            else if (token.Kind == ScriptTokenKind.Literal && token.Text.Contains("://", StringComparison.Ordinal))
            {
                found.Add(new UrlReference(null, token.Text, Inside(token)));
            }
        }

        return found.ToImmutable();

        UrlReference Variable(ScriptToken name) => new(name.Text, null, Inside(name));
    }

    // Of a literal what is between the quotes.
    private SourceLocation Inside(ScriptToken token) =>
        _text.LocationOf(token.Kind == ScriptTokenKind.Literal && token.Span.Length >= 2 ? new TextSpan(token.Span.Start + 1, token.Span.Length - 2) : token.Span);

    private ScriptValue? FindPrisma8()
    {
        foreach (var token in _tokens)
        {
            var isShown = token.Kind == ScriptTokenKind.Literal
                ? token.Text.StartsWith("@prisma/orm-", StringComparison.Ordinal)
                : token.Kind == ScriptTokenKind.Word && token.Text is "definePrismaConfig" or "ormConfig";
            if (isShown)
            {
                return Valued(token);
            }
        }

        return null;
    }

    private sealed record Written(List<ScriptToken> Literals, List<string> Words);
}
