using System.Globalization;
using Plumbline.PostgreSql.Tests.Catalog;
using Plumbline.PostgreSql.Writing;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Restoring;

/// <summary>Dumps and restores databases on servers of several versions.</summary>
/// <param name="servers">The servers.</param>
internal sealed class RestoreRun(PostgreSqlServers servers)
{
    /// <summary>The version of <c>pg_dump</c>. It reads no newer server: what is newer is dumped by Plumbline itself.</summary>
    public const int DumpVersion = 15;

    private static readonly string[] TransactionControl = ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE"];

    /// <summary>The versions that a database of a version is restored on.</summary>
    /// <param name="from">The version.</param>
    public static IEnumerable<int> TargetsOf(int from) => from > DumpVersion ? [from] : new[] { from, DumpVersion, 18 }.Distinct();

    /// <summary>Makes a database, dumps it, restores it on other servers and compares.</summary>
    /// <param name="script">What makes it.</param>
    /// <param name="from">The version of the server.</param>
    public async Task<IReadOnlyList<Restored>> RestoreAsync(SchemaScript script, int from)
    {
        using var source = servers[from].CreateDatabase();
        script.Run(source, from);
        var schema = await LiveCatalog.SchemaAsync(source);
        var dump = from <= DumpVersion ? Command.Run("pg_dump", [source.Url]).EnsureSuccess().Output : SchemaWriter.Write(schema);
        var results = new List<Restored>();
        foreach (var version in TargetsOf(from))
        {
            using var target = servers[version].CreateDatabase();
            if (from > DumpVersion)
            {
                target.Run(script.Before);
            }

            var refusals = target.Psql(["-f", "-"], dump).Error.Split('\n').Where(l => l.Contains("ERROR:", StringComparison.Ordinal)).Select(l => l[l.IndexOf("ERROR:", StringComparison.Ordinal)..]).ToList();
            var restored = await LiveCatalog.SchemaAsync(target);
            var differences = LiveCatalog.Differences(schema, restored).ToList();
            if (from > DumpVersion)
            {
                var (before, after) = (SchemaWriter.Statements(schema).ToList(), SchemaWriter.Statements(restored).ToList());
                differences.AddRange(before.Except(after).Select(s => "inspected before: " + s));
                differences.AddRange(after.Except(before).Select(s => "inspected after: " + s));
            }

            results.Add(new Restored(script.Name, from, version, differences, refusals));
        }

        return results;
    }

    /// <summary>Runs statements on servers of two versions and compares.</summary>
    /// <param name="name">The name under which it is reported.</param>
    /// <param name="statements">The statements; those that either server refuses are left out.</param>
    /// <param name="from">The version of one.</param>
    /// <param name="to">The version of the other.</param>
    public async Task<Restored> BothAsync(string name, IEnumerable<string> statements, int from, int to)
    {
        using var source = servers[from].CreateDatabase();
        using var target = servers[to].CreateDatabase();
        using (var first = source.Open())
        {
            using var second = target.Open();
            foreach (var statement in statements.Where(s => !TransactionControl.Contains(s.Split(' ')[0])))
            {
                using var undo = first.BeginTransaction();
                using var other = second.BeginTransaction();
                if (SchemaScript.TryExecute(first, statement) && SchemaScript.TryExecute(second, statement))
                {
                    undo.Commit();
                    other.Commit();
                }
            }
        }

        return new Restored(name, from, to, [.. LiveCatalog.Differences(await LiveCatalog.SchemaAsync(source), await LiveCatalog.SchemaAsync(target))], []);
    }
}

/// <summary>A database and another one that holds the same.</summary>
/// <param name="Schema">Name of what both were made from.</param>
/// <param name="From">The version of the first one's server.</param>
/// <param name="To">The version of the other's.</param>
/// <param name="Differences">What a comparison of both reports, a line each.</param>
/// <param name="Refusals">What the second server refused of the first one's dump, a line each.</param>
internal sealed record Restored(string Schema, int From, int To, IReadOnlyList<string> Differences, IReadOnlyList<string> Refusals)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Schema}, {From} → {To}:\n{string.Concat(Differences.Concat(Refusals.Select(r => "refused: " + r)).Select(d => $"  {d}\n"))}");
}
