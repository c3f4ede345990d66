using System.Globalization;
using System.Text;
using Plumbline.PostgreSql.Tests.Replay.Generated;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Writing.Generated;

/// <summary>
/// Generated pairs of schemas: the script of their difference turns each into the other, over rows, on a real server.
/// <c>PLUMB_PLANS</c> asks for another number of pairs, <c>PLUMB_PLAN</c> for one of them alone; <c>PLUMB_PLAN_FOLDER</c> keeps what failed.
/// </summary>
[Trait("needs", "server")]
public sealed class GeneratedPlanTests(PostgreSqlServers servers, ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_script_of_a_difference_turns_each_schema_into_the_other(int version)
    {
        var (first, count) = Number("PLUMB_PLAN") is { } only ? (only, 1) : (Number("PLUMB_PLAN_FROM") ?? 1, Number("PLUMB_PLANS") ?? 12);
        using var check = new PlanCheck(servers[version]);
        var failures = new List<string>();
        var (plans, manyDependents, overRows) = (0, 0, 0);
        for (var seed = first; seed < first + count; seed++)
        {
            var (from, to) = Pair(seed);
            var (forth, back) = await check.RunAsync(from, to);
            manyDependents += Math.Max(forth.Dependents, back.Dependents) >= 5 ? 1 : 0;
            foreach (var (result, direction) in ((PlanResult, string)[])[(forth, "forth"), (back, "back")])
            {
                plans++;
                overRows += result.KeptRows ? 1 : 0;
                if (result.Failure is { } failure)
                {
                    failures.Add(string.Create(CultureInfo.InvariantCulture, $"=== pair {seed} {direction}: {failure}"));
                    Save(version, seed, direction, result, direction == "forth" ? from : to, direction == "forth" ? to : from);
                }
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {version}: {count} pairs, {plans} plans, {failures.Count} failed, {overRows} over rows, {manyDependents} pairs with five dependent objects or more"));
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        Assert.True(count < 10 || manyDependents * 10 >= count * 3, "In fewer than 30 % of the pairs, a plan rebuilds five objects for the sake of others.");
    }

    public static TheoryData<int> Versions => Environment.GetEnvironmentVariable("PLUMB_POSTGRESQL") is { Length: > 0 } ? [.. PostgreSqlServers.Versions] : [15, 18];

    /// <summary>Most pairs share most choices; one of eight is the ends of two histories that know nothing of each other.</summary>
    private static (IReadOnlyList<string> From, IReadOnlyList<string> To) Pair(int seed)
    {
        if (seed % 8 == 7)
        {
            return (new HistoryGenerator(seed).History(), new HistoryGenerator(seed + 100_000).History());
        }

        // What many others stand on is often among what differs.
        var share = (int[])[4, 8, 15, 100, 25, 6, 40];
        var focus = (string?[])[null, "status", "norm", "users.", "score", "mood", "events", "active", "positive", "word", "label", "orders", "is_ok"];
        return (SchemaSketch.Statements(new SlotChoices(seed)), SchemaSketch.Statements(new SlotChoices(seed, seed + 100_000, share[seed % 8], focus[seed % 13])));
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Save(int version, int seed, string direction, PlanResult result, IReadOnlyList<string> from, IReadOnlyList<string> to)
    {
        if (Environment.GetEnvironmentVariable("PLUMB_PLAN_FOLDER") is not { Length: > 0 } folder)
        {
            return;
        }

        var text = new StringBuilder(result.Failure).Append("\n\n--- script\n").Append(result.Script).Append("\n--- from\n");
        text.AppendJoin(";\n", from).Append("\n--- to\n").AppendJoin(";\n", to);
        File.WriteAllText(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{version}-{seed}-{direction}.txt")), text.ToString());
    }
}
