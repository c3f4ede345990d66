using Plumbline.PostgreSql.Catalog;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Catalog;

/// <summary>Asks a real database what it holds.</summary>
internal static class LiveCatalog
{
    /// <summary>The structure of a database.</summary>
    public static async Task<DatabaseSchema> SchemaAsync(TestDatabase database) => (await SnapshotAsync(database, CatalogOptions.Default)).Schema;

    /// <summary>What is seen of a database.</summary>
    public static Task<CatalogSnapshot> SnapshotAsync(TestDatabase database, CatalogOptions options) => CatalogReader.ReadAsync(UrlOf(database.Url), options, TestContext.Current.CancellationToken);

    /// <summary>A URL's parts.</summary>
    public static DatabaseUrl UrlOf(string url) => DatabaseUrl.TryParse(url, out var parsed, out var error) ? parsed : throw new ArgumentException(error);

    /// <summary>What a replay makes of a script.</summary>
    public static DatabaseSchema Replay(string script) => Replay(script, ReplayOptions.Default);

    /// <summary>What a replay makes of a script for a server of a version, which refuses none of it.</summary>
    public static DatabaseSchema Replay(string script, int version) => Replay(script, new ReplayOptions { PostgreSqlVersion = version });

    /// <summary>What a replay for a server of a version refuses or does not understand of a script, a line each.</summary>
    public static IEnumerable<string> Refusals(string script, int version) =>
        MigrationReplay.Run([new MigrationSource("history", new SourceText("history/migration.sql", script))], new ReplayOptions { PostgreSqlVersion = version }).Outcomes
            .Where(o => o.Kind != OutcomeKind.Done).Select(o => $"{o.Kind}: {o.Error?.Message ?? o.Reason}: {o.Source.Text[o.Span.Start..o.Span.End]}");

    private static DatabaseSchema Replay(string script, ReplayOptions options) =>
        MigrationReplay.Run([new MigrationSource("history", new SourceText("history/migration.sql", script))], options).Schema;

    /// <summary>What two schemas differ in, and what of them cannot be compared, a line each.</summary>
    public static IEnumerable<string> Differences(DatabaseSchema from, DatabaseSchema to)
    {
        var comparison = SchemaComparer.Compare(from, to, new ComparisonOptions { DetectRenames = false });
        return [.. comparison.Changes.Select(c => c.ToString()), .. comparison.NotComparable.Select(c => $"not comparable: {c.Subject}: {c.From} → {c.To}"), .. comparison.NotVisible.Select(n => $"not visible: {n.Subject}")];
    }
}
