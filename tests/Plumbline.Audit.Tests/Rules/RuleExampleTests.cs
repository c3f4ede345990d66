using System.Text.RegularExpressions;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;

namespace Plumbline.Audit.Tests.Rules;

/// <summary>Runs the examples of every rule's page: the first has a finding of the rule, the corrected one has none.</summary>
public sealed partial class RuleExampleTests
{
    private const string Files = "the example is about files other than schema and migrations, or about their names";
    private const string Server = "the example is about the statistics, settings, history or answers of a server";
    private const string Fragment = "the example shows only a part of what it takes";
    private const string Later = "the corrected example does the same in a safer way, which is reported too";

    // Everything else runs. A rule that is listed although its examples run fails the test.
    private static readonly Dictionary<string, string> NotExecuted = new(StringComparer.Ordinal)
    {
        ["connection/internal-host-unreachable"] = Files,
        ["connection/migrate-url-differs"] = Files,
        ["connection/missing-direct-url"] = Files,
        ["connection/no-password"] = Files,
        ["connection/no-pool-limit"] = Files,
        ["connection/pooler-without-pgbouncer-flag"] = Files,
        ["connection/several-urls"] = Files,
        ["connection/tls-off"] = Files,
        ["environment/binary-targets"] = Files,
        ["environment/build-context-missing"] = Files,
        ["environment/client-not-generated"] = Files,
        ["environment/lock-files-contradict"] = Files,
        ["environment/env-not-separated"] = Files,
        ["environment/package-manager-missing"] = Files,
        ["migration/duplicate-timestamp"] = Files,
        ["migration/empty"] = Files,
        ["migration/init-not-first"] = Files,
        ["migration/lock-provider"] = Files,
        ["migration/malformed-name"] = Files,
        ["migration/missing-file"] = Files,
        ["migration/missing-lock-file"] = Files,
        ["migration/no-drift-check-in-ci"] = Files,
        ["migration/no-rollback"] = Files,
        ["migration/out-of-order"] = Files,
        ["migration/script-file-missing"] = Files,
        ["migration/sql-syntax"] = Files,
        ["migration/stray-sql-file"] = Files,
        ["connection/unreachable"] = Server,
        ["environment/database-version-old"] = Server,
        ["environment/extension-not-available"] = Server,
        ["index/bloated"] = Server,
        ["index/invalid"] = Server,
        ["index/never-analyzed"] = Server,
        ["index/unused"] = Server,
        ["integrity/sequence-near-end"] = Server,
        ["migration/edited-after-apply"] = Server,
        ["migration/failed"] = Server,
        ["migration/no-history"] = Server,
        ["migration/pending"] = Server,
        ["migration/shadow-differs"] = Server,
        ["migration/shadow-refusal"] = Server,
        ["migration/unknown-applied"] = Server,
        ["security/superuser-connection"] = Server,
        ["vector/no-index"] = Server,
        ["drift/constraint-state"] = Fragment,
        ["drift/function"] = Fragment,
        ["drift/invisible-to-prisma"] = Fragment,
        ["drift/owner"] = Fragment,
        ["drift/partition"] = Fragment,
        ["drift/policy"] = Fragment,
        ["drift/referential-action"] = Fragment,
        ["migration/concurrent-in-transaction"] = Fragment,
        ["migration/deploy-only-error"] = Fragment,
        ["migration/enum-value-used-in-same-transaction"] = Fragment,
        ["migration/replay-error"] = Fragment,
        ["schema/other-provider"] = Fragment,
        ["schema/unsupported-version"] = Files,
        ["schema/unused"] = Files,
        ["migration/unreadable"] = Files,
        ["migration/drop-column"] = Later,
        ["migration/drop-table"] = Later,
        ["migration/hand-written"] = Later,
        ["migration/rename-table"] = Later,
    };

    // Examples that show one statement are about one of these.
    private const string Tables = """
        CREATE TYPE "Role" AS ENUM ('ADMIN', 'USER');
        CREATE TABLE users (id int PRIMARY KEY, name text, email text, role "Role", is_owner boolean, active boolean);
        CREATE TABLE "User" (id int PRIMARY KEY, age int);
        CREATE TABLE orders (id int PRIMARY KEY, total int, user_id int);
        CREATE TABLE posts (id int PRIMARY KEY, author_id int);
        CREATE TABLE "Post" ("id" int PRIMARY KEY, "authorId" int);
        CREATE TABLE items (id int PRIMARY KEY, price int);
        CREATE TABLE notes (id int PRIMARY KEY, owner text);
        ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
        CREATE TABLE sessions (id int PRIMARY KEY);
        CREATE TABLE audit (id int PRIMARY KEY);
        CREATE TABLE events (id int PRIMARY KEY, created_at timestamptz);
        CREATE MATERIALIZED VIEW daily_totals AS SELECT id FROM orders;
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
        CREATE SEQUENCE invoice_number_seq;
        CREATE DOMAIN email AS text;
        CREATE ROLE reporting;
        CREATE ROLE alice;
        """;

    [Fact]
    public void The_example_of_a_rule_has_a_finding_and_the_corrected_one_has_none()
    {
        var wrong = new List<string>();
        foreach (var rule in RuleCatalog.All)
        {
            var name = rule.Descriptor.Name;
            var problem = ProblemOf(rule);
            if (NotExecuted.TryGetValue(name, out var reason))
            {
                if (problem is null)
                    wrong.Add($"{name} runs, and is listed: {reason}");
            }
            else if (problem is not null)
            {
                wrong.Add($"{name}: {problem}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Only_rules_are_listed_as_not_executed() => Assert.Equal([], NotExecuted.Keys.Except(RuleCatalog.Descriptors.Select(d => d.Name)));

    private static string? ProblemOf(RegisteredRule rule)
    {
        var problems = Enum.GetValues<Scene>().SelectMany(scene => (string?[])[ProblemOf(rule, scene, ""), ProblemOf(rule, scene, Tables)]).ToList();
        return problems.Contains(null) ? null : problems.MaxBy(p => p!.Length);
    }

    private static string? ProblemOf(RegisteredRule rule, Scene scene, string before)
    {
        if (!Run(rule, rule.Descriptor.Bad, scene, before).SelectMany(f => f.Occurrences).Any(o => o.Rule == rule.Descriptor.Name))
            return "the example has no finding";

        // What was done by hand is done by a migration in the corrected example.
        var good = Run(rule, rule.Descriptor.Good, scene == Scene.ByHand ? Scene.Applied : scene, before);
        return good.Count == 0 ? null : $"the corrected example has findings: {string.Join("; ", good.Select(f => f.Title))}";
    }

    private static IReadOnlyList<Finding> Run(RegisteredRule rule, string example, Scene scene, string before)
    {
        var prisma = Fences(example, "prisma");
        var sql = Fences(example, "sql");
        var test = RuleTest.For(rule).PrismaVersion(6, 19);
        if (prisma.Count > 0)
            test.Schema(InModel(string.Join("\n", prisma)).TrimEnd());

        foreach (var json in Fences(example, "json"))
            test.File("package.json", json);

        foreach (var yaml in Fences(example, "yaml"))
            test.File(".github/workflows/ci.yml", yaml);

        var byHand = scene == Scene.ByHand && sql.Count > 0 ? sql[^1] : "";
        string[] migrations = [.. before.Length > 0 ? [before] : Array.Empty<string>(), .. byHand.Length > 0 ? sql[..^1] : sql];
        for (var i = 0; i < migrations.Length; i++)
            test.Migration($"2025010{i + 1}000000_step", migrations[i]);

        return (scene == Scene.Files ? test : test.Live(byHand)).TryRun();
    }

    private static List<string> Fences(string example, string language) =>
        [.. Fence().Matches(example).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value)];

    // A few lines of a model are an example too.
    private static string InModel(string prisma) => Block().IsMatch(prisma) ? prisma : $"model Example {{\n{(prisma.Contains("@id", StringComparison.Ordinal) ? "" : "  id Int @id\n")}{prisma}\n}}\n";

    // Where the SQL of an example runs.
    private enum Scene
    {
        // In migrations, and no database is looked at.
        Files,

        // In migrations, and a database has applied them.
        Applied,

        // The last statements by hand, in the database alone.
        ByHand,
    }

    [GeneratedRegex(@"```(\w+)\n(.*?)```", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^(model|view|enum|type|generator|datasource)\s", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Block();
}
