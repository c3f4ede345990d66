using System.Globalization;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Replay.Generated;

/// <summary>
/// Generated histories, run statement by statement on a real server and in the replay: both refuse the same statements with the same words, and
/// come to the same catalog. <c>PLUMB_HISTORIES</c> asks for another number of histories, <c>PLUMB_SEED</c> for others.
/// </summary>
[Trait("needs", "server")]
public sealed class GeneratedHistoryTests(PostgreSqlServer server, ITestOutputHelper output)
{
    private const int ShownDifferences = 25;

    [Fact]
    public void Replay_and_server_agree_on_every_refusal_and_on_the_catalog()
    {
        var count = Setting("PLUMB_HISTORIES", 320);
        var seed = Setting("PLUMB_SEED", 1);
        using var history = server.CreateDatabase();
        using var written = server.CreateDatabase();
        using var runner = new HistoryRunner(history, written);
        var states = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var differences = new Dictionary<string, (string Report, int Count)>(StringComparer.Ordinal);
        var (statements, refusing, differing, places) = (0, 0, 0, 0);
        for (var i = 0; i < count; i++)
        {
            var script = new HistoryGenerator(seed + i).History();
            var run = runner.Run(script);
            var refusals = run.Server.Where(v => v.SqlState is not null).ToList();
            statements += run.Server.Count;
            places += run.OtherPlaces;
            refusing += refusals.Count > 0 ? 1 : 0;
            foreach (var refusal in refusals)
            {
                states[refusal.SqlState!] = states.GetValueOrDefault(refusal.SqlState!) + 1;
            }

            if (run.Difference is null)
            {
                continue;
            }

            differing++;
            if (differences.TryGetValue(run.Key!, out var known))
            {
                differences[run.Key!] = (known.Report, known.Count + 1);
            }
            else if (differences.Count < ShownDifferences)
            {
                var shortest = HistoryShrinker.Shrink(runner, script, run.Key!);
                differences[run.Key!] = ($"seed {seed + i}:\n{string.Concat(shortest.Select(s => $"    {s};\n"))}{runner.Run(shortest).Difference}", 1);
            }
        }

        var common = states.Count(s => s.Value >= 10);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} histories, {statements} statements; {refusing} histories hold {states.Values.Sum()} refusals; {common} SQLSTATEs occur ten times or more; {differing} histories differ; {places} refusals point elsewhere"));
        output.WriteLine(string.Join(", ", states.OrderByDescending(s => s.Value).Select(s => $"{s.Key} {s.Value}")));
        foreach (var (report, times) in differences.Values.OrderByDescending(d => d.Count))
        {
            output.WriteLine($"\n({times} times) {report}");
        }

        Assert.Equal(0, differing);
        Assert.True(refusing >= count * 0.3, $"Only {refusing} of {count} histories hold a refusal.");
        Assert.True(common >= 15, $"Only {common} SQLSTATEs occur ten times or more.");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
