using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck.Fluent;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

/// <summary>No password leaves the program, however odd it is, wherever it stands and however it is written.</summary>
public sealed class PasswordTests
{
    private const int Count = 1000;
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n\nmodel Shop {\n  id Int @id\n}\n";
    private const string Package = """{ "name": "shop", "scripts": { "migrate": "prisma migrate dev" }, "dependencies": { "next": "15.0.0" }, "devDependencies": { "prisma": "6.19.0" } }""";

    private static readonly string[] Forms = ["encoded", "raw", "partly", "parameter", "secret-parameter", "no-host", "broken-port", "other-scheme"];

    [Fact]
    public void The_command_url_shows_none()
    {
        using var repository = new TemporaryRepository().Write("prisma/schema.prisma", Schema).Write("package.json", Package);
        var i = 0;
        foreach (var password in Passwords())
        {
            var url = Url(password, Forms[i % Forms.Length]);
            var surroundings = new Surroundings(IsTerminal: i % 3 == 0);
            File.Delete(repository.PathOf(".env"));
            if (i % 5 == 0)
                surroundings = surroundings with { Variables = new Dictionary<string, string> { ["DATABASE_URL"] = url, ["PGPASSWORD"] = password } };
            else
                repository.Write(".env", $"DATABASE_URL={Quoted(url, i)}\nDATABASE_PUBLIC_URL={Quoted(url, i + 1)}\nDB_POOL_SIZE={Quoted(password, i)}\n");

            foreach (var format in (string[])["terminal", "json"])
                AssertHidden(Plumb.Run(surroundings, "url", repository.Root, "--format", format, i % 2 == 0 ? "--verbose" : "--quiet"), password, url);

            i++;
        }
    }

    [Theory]
    [InlineData("terminal", "--verbose")]
    [InlineData("markdown", "--verbose")]
    [InlineData("json", "--quiet")]
    [InlineData("github", "--verbose")]
    public void No_other_command_shows_one(string format, string level)
    {
        // Every URL at every place at once, so that one audit speaks about all of them.
        var passwords = Passwords().ToList();
        var env = new StringBuilder();
        var compose = new StringBuilder("services:\n  web:\n    environment:\n");
        var workflow = new StringBuilder("jobs:\n  test:\n    env:\n");
        var code = new StringBuilder();
        var schema = new StringBuilder();
        for (var i = 0; i < passwords.Count; i++)
        {
            var url = Url(passwords[i], Forms[i % Forms.Length]);
            env.Append($"SHOP_{i}_URL={Quoted(url, i)}\n");
            compose.Append($"      SHOP_{i}_URL: {Quoted(url, i)}\n");
            workflow.Append($"      SHOP_{i}_URL: {Quoted(url, i)}\n");
            code.Append($"export const url{i} = process.env.SHOP_{i}_URL ?? {JsonSerializer.Serialize(url)};\n");
            schema.Append($"datasource db{i} {{\n  provider = \"postgresql\"\n  url      = {JsonSerializer.Serialize(url)}\n}}\n");
        }

        using var repository = new TemporaryRepository()
            .Write("prisma/schema.prisma", Schema + schema)
                .Write("package.json", Package)
                .Write(".env", env.ToString())
                .Write(".env.local", env.ToString())
                .Write(".env.production", env.ToString())
            .Write("docker-compose.yml", compose.ToString()).Write(".github/workflows/ci.yml", workflow.ToString()).Write("src/env.ts", code.ToString())
            .Write("plumb.yaml", "database: " + JsonSerializer.Serialize(Url(passwords[0], "raw")) + "\n");
        var results = new List<CommandResult> { Plumb.Run("audit", repository.Root, "--format", format, level) };
        if (format is "json" or "terminal")
        {
            results.Add(Plumb.Run("url", repository.Root, "--format", format, level));
            results.Add(Plumb.Run("inspect", repository.PathOf("prisma/schema.prisma")));
            results.Add(Plumb.Run("diff", repository.PathOf("prisma/schema.prisma"), repository.PathOf("prisma/schema.prisma")));
        }

        foreach (var shown in results.Select(result => new Shown(result)))
        {
            for (var i = 0; i < passwords.Count; i++)
                AssertHidden(shown, passwords[i], Url(passwords[i], Forms[i % Forms.Length]));
        }
    }

    private static IEnumerable<string> Passwords()
    {
        var character = Gen.OneOf(
            Gen.Elements(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".ToCharArray()).Select(c => c.ToString()),
            Gen.Elements("aZ0é\u00a0ß漢\u200b\t".ToCharArray()).Select(c => c.ToString()),
            Gen.Elements("😀", "%40", "%2F", "\\n", "${A}", "$$", "@host", ":5432", "://", "?a=", "//", "--", "#x"));
        var password = from length in Gen.Choose(8, 24) from parts in character.ArrayOf(length) select string.Concat(parts);
        return password.Sample(Count, Count).Where(p => p.Trim().Length >= 8 && p.Any(char.IsLetterOrDigit));
    }

    private static string Url(string password, string form) => form switch
    {
        "encoded" => $"postgresql://shop:{Uri.EscapeDataString(password)}@db.shop.dev:5432/shop?sslmode=disable",
        "raw" => $"postgresql://shop:{password}@db.shop.dev:5432/shop",
        "partly" =>
            $"postgres://shop:{password.Replace("@", "%40", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal)}@x.railway.internal/shop",
        "parameter" => $"postgresql://db.shop.dev/shop?user=shop&password={Uri.EscapeDataString(password)}",
        "secret-parameter" => $"postgresql://shop:x@db.shop.dev/shop?sslpassword={Uri.EscapeDataString(password)}",
        "no-host" => $"postgresql://shop:{Uri.EscapeDataString(password)}@/shop",
        "broken-port" => $"postgresql://shop:{password}@db.shop.dev:port/shop",
        _ => $"mysql://shop:{password}@db.shop.dev/shop",
    };

    private static string Quoted(string text, int i) => (i % 4) switch { 0 => $"\"{text}\"", 1 => $"'{text}'", 2 => $"`{text}`", _ => text };

    private static void AssertHidden(CommandResult result, string password, string url) => AssertHidden(new Shown(result), password, url);

    private static void AssertHidden(Shown shown, string password, string url)
    {
        string[] forms =
        [
            password, Uri.EscapeDataString(password), System.Net.WebUtility.UrlEncode(password), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(password),
            password.Replace("@", "%40", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal),
        ];
        foreach (var form in forms.Distinct(StringComparer.Ordinal))
        {
            Assert.False(shown.Text.Contains(form, StringComparison.Ordinal), $"The password {form} of {url} is shown.");
            Assert.False(shown.Joined.Contains(form, StringComparison.Ordinal), $"The password {form} of {url} is shown over two lines.");
        }
    }

    // What was written, as it is and with its line breaks taken out.
    private sealed record Shown
    {
        public Shown(CommandResult result)
        {
            Assert.DoesNotContain("bug in plumb", result.Error, StringComparison.Ordinal);
            Text = result.Output + result.Error;
            Joined = Text.ReplaceLineEndings("");
        }

        public string Text { get; }

        public string Joined { get; }
    }
}
