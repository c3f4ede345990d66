using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Tests.Lowering;
using Plumbline.Audit.Tests.Rules;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Facts;

/// <summary>A schema and its migrations, what all drift rules find in them, and what is left once a fix was made.</summary>
/// <param name="Schema">The schema, with its datasource.</param>
/// <param name="Migrations">The migrations, each with its name.</param>
internal sealed record DriftFixes(string Schema, IReadOnlyList<(string Name, string Sql)> Migrations)
{
    public static DriftFixes Of(string models, params string[] migrations) =>
        new(models + "\n\ndatasource db {\n  provider = \"postgresql\"\n}\n", [.. migrations.Select((sql, i) => ($"2024010100000{i}_m{i}", sql))]);

    public IReadOnlyList<Finding> Findings()
    {
        var rules = RuleCatalog.All.ToArray().Where(r => r.Descriptor.Area == "drift" && r.Descriptor.Name != "drift/invisible-to-prisma")
            .OrderBy(r => r.Descriptor.Name == "drift/table-differs" || !r.Descriptor.HasFix).ToList();
        var test = RuleTest.For(rules[0]).Schema(Schema);
        foreach (var rule in rules.Skip(1))
            test.With(rule);

        foreach (var (name, sql) in Migrations)
            test.Migration(name, sql);

        return test.Run().Findings;
    }

    /// <summary>Each printed SQL runs on the database of the migrations, and takes its finding away; nothing comes in its place.</summary>
    public void EverySqlSettlesItsFinding(PostgreSqlServer server)
    {
        var findings = Findings();
        foreach (var finding in findings.Where(f => f.Fix?.Sql is not null))
        {
            List<string> scripts = finding.Fix!.Migrations.IsEmpty ? [finding.Fix.Sql!] : [.. finding.Fix.Migrations.Select(m => m.Sql)];
            using var database = server.CreateDatabase();
            foreach (var script in Migrations.Select(m => m.Sql).Concat(scripts))
                database.Run(script);

            var after = this with { Migrations = [.. Migrations, .. scripts.Select((sql, i) => ($"2099010100000{i}_fix", sql))] };
            AssertSettled(finding, findings, after.Findings());
        }
    }

    /// <summary>Prisma accepts the schema with each printed edit, and the finding is gone; nothing comes in its place.</summary>
    public void EveryPatchSettlesItsFinding(PostgreSqlServer server)
    {
        using var database = server.CreateDatabase();
        using var prisma = new PrismaEngine(database);
        var findings = Findings();
        foreach (var finding in findings.Where(f => f.Fix?.Patch is not null))
        {
            var patched = Patched(finding);
            Assert.NotEmpty(prisma.Sql(patched));
            AssertSettled(finding, findings, (this with { Schema = patched }).Findings());
        }
    }

    /// <summary>The schema as a person would edit it by the lines of a patch.</summary>
    public string Patched(Finding finding)
    {
        var lines = Schema.Split('\n').ToList();
        var end = lines.Count;
        var isInBlock = false;
        if (!finding.Fix!.Patch!.StartsWith("  // in ", StringComparison.Ordinal) && !finding.Fix.Patch.StartsWith("+ model", StringComparison.Ordinal) && !finding.Fix.Patch.StartsWith("+ enum", StringComparison.Ordinal))
            Into(BlockOf(finding));

        foreach (var line in finding.Fix.Patch.Split('\n'))
        {
            if (line.StartsWith("  // in ", StringComparison.Ordinal))
            {
                Into(line["  // in ".Length..]);
            }
            else if (line[0] == '-')
            {
                var old = lines.FindIndex(l => l.Trim().StartsWith(line[1..].Trim(), StringComparison.Ordinal) && lines.IndexOf(l) < end);
                Assert.True(old >= 0, $"No line is {line}");
                lines.RemoveAt(old);
                end--;
            }
            else
            {
                // A new block stands at the end of the file.
                if (line.StartsWith("+ model ", StringComparison.Ordinal) || line.StartsWith("+ enum ", StringComparison.Ordinal))
                    isInBlock = true;

                lines.Insert(isInBlock ? lines.Count : end++, line.Length > 2 ? line[2..] : "");
            }
        }

        return string.Join('\n', lines);

        void Into(string block)
        {
            var start = lines.FindIndex(l => l.StartsWith(block + " {", StringComparison.Ordinal));
            Assert.True(start >= 0, $"No block is {block}");
            end = lines.FindIndex(start, l => l == "}");
        }
    }

    private string BlockOf(Finding finding)
    {
        var name = finding.Subject.Model ?? finding.Subject.Table ?? finding.Subject.Name;
        return Schema.Contains($"enum {name} {{", StringComparison.Ordinal) ? $"enum {name}" : $"model {name}";
    }

    private static void AssertSettled(Finding finding, IReadOnlyList<Finding> before, IReadOnlyList<Finding> after)
    {
        var own = finding.Occurrences.Select(o => o.Title).ToHashSet(StringComparer.Ordinal);
        var left = after.SelectMany(f => f.Occurrences).Select(o => o.Title).ToList();
        Assert.DoesNotContain(left, own.Contains);
        Assert.Empty(left.Except(before.SelectMany(f => f.Occurrences).Select(o => o.Title)));
    }
}
