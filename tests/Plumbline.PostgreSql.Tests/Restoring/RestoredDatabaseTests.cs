using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.PostgreSql.Tests.Replay.Generated;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Restoring;

/// <summary>
/// A database and what was restored from its dump are the same, also on a server of another version; and so are two that the same statements made.
/// <c>eng/verify-restore.sh</c> runs this at full size: <c>PLUMB_RESTORED</c> says how many schemas of each kind are generated, <c>PLUMB_DUMPED</c> the versions of the
/// servers that they are dumped on, and <c>PLUMB_MIGRATIONS</c> lists folders of migrations, separated by colons.
/// </summary>
[Trait("needs", "server")]
public sealed class RestoredDatabaseTests(PostgreSqlServers servers, ITestOutputHelper output)
{
    private const int Newest = 18;

    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("PLUMB_RESTORED"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 3;

    private static int[] Dumped => [.. Listed("PLUMB_DUMPED", "15,18", ',').Select(v => int.Parse(v, CultureInfo.InvariantCulture))];

    private static string[] MigrationFolders => Listed("PLUMB_MIGRATIONS", "", ':');

    [Fact]
    public async Task What_is_restored_from_a_dump_is_no_drift()
    {
        var run = new RestoreRun(servers);
        SchemaScript[] scripts = [SchemaScript.Broad, .. Enumerable.Range(1, Count).SelectMany(seed => new[] { SchemaScript.Expressions(seed), SchemaScript.History(seed) }), .. MigrationFolders.Select(SchemaScript.Migrations)];
        var results = new List<Restored>();
        foreach (var from in Dumped)
        {
            foreach (var script in scripts)
            {
                results.AddRange(await run.RestoreAsync(script, from));
            }
        }

        Report(results);

        // What the server refuses of the dump is missing on it.
        Assert.DoesNotContain(results, r => r.Differences.Count > 0 && r.Refusals.Count == 0);
    }

    [Fact]
    public async Task What_the_same_statements_make_on_another_version_is_no_drift()
    {
        var run = new RestoreRun(servers);
        var results = new List<Restored>();
        foreach (var from in Dumped.Where(v => v < Newest))
        {
            for (var seed = 1; seed <= Count; seed++)
            {
                results.Add(await run.BothAsync(string.Create(CultureInfo.InvariantCulture, $"expressions {seed}"), ExpressionSchema.Statements(seed), from, Newest));
                results.Add(await run.BothAsync(string.Create(CultureInfo.InvariantCulture, $"history {seed}"), new HistoryGenerator(seed).History(), from, Newest));
            }
        }

        Report(results);
        Assert.DoesNotContain(results, r => r.Differences.Count > 0);
    }

    private static string[] Listed(string variable, string otherwise, char separator) =>
        (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } list ? list : otherwise).Split(separator, StringSplitOptions.RemoveEmptyEntries);

    private void Report(List<Restored> results)
    {
        foreach (var group in results.GroupBy(r => (r.From, r.To)))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Key.From} → {group.Key.To}: {group.Count()} databases, {group.Count(r => r.Differences.Count > 0)} differ in {group.Sum(r => r.Differences.Count)}, {group.Sum(r => r.Refusals.Count)} statements refused"));
        }

        foreach (var refusal in results.SelectMany(r => r.Refusals.Select(text => (r.From, r.To, Text: Regex.Replace(text, "\".*?\"", "…")))).GroupBy(r => r).OrderByDescending(g => g.Count()))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"refused {refusal.Count()} times, {refusal.Key.From} → {refusal.Key.To}: {refusal.Key.Text}"));
        }

        foreach (var result in results.Where(r => r.Differences.Count > 0 || r.Refusals.Count > 0))
        {
            output.WriteLine(result.ToString());
        }
    }
}
