using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Live;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.PostgreSql.Catalog;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Tests.Rules;

/// <summary>Sets up a repository in memory, runs one rule over it, and compares its findings with the marks in the texts.</summary>
internal sealed class RuleTest
{
    private readonly RegisteredRule _rule;
    private readonly List<RegisteredRule> _besides = [];
    private readonly List<MarkedText> _schema = [];
    private readonly List<(string Name, MarkedText? Script)> _migrations = [];
    private readonly List<MarkedText> _files = [];
    private ImmutableArray<ExternalObject> _externalTables = [];
    private ImmutableArray<ExternalObject> _externalEnums = [];
    private AuditOptions _options = AuditOptions.Default;
    private string? _provider = "postgresql";
    private MarkedText? _lock;
    private Platform _platform;
    private string? _live;
    private string? _notApplied;
    private Func<LiveDatabase, LiveDatabase> _changeLive = live => live;
    private Func<AppliedMigration, AppliedMigration> _applied = row => row;
    private PrismaVersion _prismaVersion = Audit.Workspace.Projects.PrismaVersion.Assumed;

    private RuleTest(RegisteredRule rule) => _rule = rule;

    public static RuleTest For<TRule>()
        where TRule : Rule, new() => For(RegisteredRule.Of(new TRule()));

    public static RuleTest For(RegisteredRule rule) => new(rule);

    /// <summary>Runs another rule beside it.</summary>
    public RuleTest With<TRule>()
        where TRule : Rule, new() => With(RegisteredRule.Of(new TRule()));

    public RuleTest With(RegisteredRule rule)
    {
        _besides.Add(rule);
        return this;
    }

    /// <summary>A Prisma schema. Where it has no datasource, one is added behind its end, so that lines stay as they are.</summary>
    public RuleTest Schema(string text, string path = "prisma/schema.prisma")
    {
        if (_schema.Count == 0 && !text.Contains("datasource", StringComparison.Ordinal))
            text += "\n\ndatasource db {\n  provider = \"postgresql\"\n}\n";

        _schema.Add(MarkedText.Parse(path, text));
        return this;
    }

    /// <summary>A migration; a null text stands for a folder without <c>migration.sql</c>.</summary>
    public RuleTest Migration(string name, string? sql)
    {
        _migrations.Add((name, sql is null ? null : MarkedText.Parse($"prisma/migrations/{name}/migration.sql", sql)));
        return this;
    }

    /// <summary>Tables that <c>prisma.config.ts</c> says somebody else creates.</summary>
    public RuleTest ExternalTables(params string[] names)
    {
        _externalTables = [.. names.Select(External)];
        return this;
    }

    /// <summary>Enums that <c>prisma.config.ts</c> says somebody else creates.</summary>
    public RuleTest ExternalEnums(params string[] names)
    {
        _externalEnums = [.. names.Select(External)];
        return this;
    }

    private static ExternalObject External(string name) => new(new ObjectName(name.Split('.')[0], name.Split('.')[1]), new SourceLocation("prisma.config.ts", 1, 1, 1, 1));

    /// <summary>What there is before the first migration.</summary>
    public RuleTest Platform(Platform platform)
    {
        _platform = platform;
        return this;
    }

    public RuleTest PrismaVersion(int major, int minor)
    {
        _prismaVersion = new PrismaVersion(major, minor, $"{major}.{minor}.0", new SourceLocation("package.json", 1, 1, 1, 1));
        return this;
    }

    /// <summary>The <c>migration_lock.toml</c>.</summary>
    public RuleTest Lock(string text)
    {
        _lock = MarkedText.Parse("prisma/migrations/migration_lock.toml", text);
        return this;
    }

    /// <summary>Any other file of the repository.</summary>
    public RuleTest File(string path, string text)
    {
        _files.Add(MarkedText.Parse(path, text));
        return this;
    }

    /// <summary>A migration that is known not to be applied everywhere yet.</summary>
    public RuleTest Pending(string name)
    {
        _options = _options with { PendingMigrations = _options.PendingMigrations.Add($"prisma/migrations/{name}") };
        return this;
    }

    /// <summary>A live database in which all migrations ran, and then this.</summary>
    /// <param name="sql">What ran after the migrations.</param>
    /// <param name="change">Changes what was read of it: statistics, the server, the URL.</param>
    public RuleTest Live(string sql, Func<LiveDatabase, LiveDatabase>? change = null)
    {
        _live = sql;
        _changeLive = change ?? _changeLive;
        return this;
    }

    /// <summary>A live database in which all migrations ran but one.</summary>
    public RuleTest LiveWithout(string migration)
    {
        _live = "";
        _notApplied = migration;
        return this;
    }

    /// <summary>Changes what the live database says of each applied migration.</summary>
    public RuleTest Applied(Func<AppliedMigration, AppliedMigration> change)
    {
        _applied = change;
        return this;
    }

    public RuleTest Options(AuditOptions options)
    {
        _options = options;
        return this;
    }

    public RuleTest Provider(string? provider)
    {
        _provider = provider;
        return this;
    }

    /// <summary>The rule must report an occurrence at every mark and nowhere else; where lines are given, they are the findings' severities and titles, in the order of findings.</summary>
    public IReadOnlyList<Finding> Expect(params string[] lines)
    {
        var findings = Run().Findings;
        MarkedText[] texts = [.. _schema, .. _migrations.Select(m => m.Script).OfType<MarkedText>(), .. _files, .. _lock is null ? [] : new[] { _lock }];
        AssertSame(texts.SelectMany(t => t.Primary), findings.SelectMany(f => f.Occurrences).Select(o => o.Locations.FirstOrDefault()?.Place));
        if (texts.Any(t => !t.Secondary.IsEmpty))
            AssertSame(texts.SelectMany(t => t.Secondary), findings.SelectMany(f => f.Occurrences).SelectMany(o => o.Locations.Skip(1)).Select(l => l.Place).Distinct());

        if (lines.Length > 0)
            Assert.Equal(lines, findings.Select(f => $"{f.Severity.Name()}: {f.Title}"));

        return findings;
    }

    /// <summary>The rule must find one thing, at a place that no text can mark because its file is missing.</summary>
    public void ExpectAt(string line, string place)
    {
        var finding = Assert.Single(Run().Findings);
        Assert.Equal(line, $"{finding.Severity.Name()}: {finding.Title}");
        Assert.Equal(place, finding.Locations[0].Place.ToString());
    }

    /// <summary>The rule must find this and no more, about a server or what no text of the repository made.</summary>
    public void ExpectNowhere(params string[] lines)
    {
        var findings = Run().Findings;
        Assert.Equal(lines, findings.Select(f => $"{f.Severity.Name()}: {f.Title}"));
        Assert.All(findings, f => Assert.Empty(f.Locations));
    }

    /// <summary>The rule must find nothing.</summary>
    public void ExpectNothing() => Assert.Equal([], Run().Findings.Select(f => $"{f.Severity.Name()}: {f.Title}"));

    public AuditResult Run()
    {
        var options = _live is null ? _options : _options with { Databases = _options.Databases.Add("app", ReadLive(_live)) };
        var result = Auditor.Run(new RepositoryFacts(BuildWorkspace(), options), [_rule, .. _besides]);
        foreach (var finding in result.Findings)
        {
            if (_besides.Count == 0 && finding.Rule != "drift/table-differs")
                Assert.Equal(_rule.Descriptor.Name, finding.Rule);

            Assert.False(finding.Title.EndsWith('.'), "A title has no period at its end: " + finding.Title);
            Assert.True(finding.Fix is null || _rule.Descriptor.HasFix, "The descriptor says that there are no fixes.");
        }

        return result;
    }

    /// <summary>What the rule finds; nothing where the live database cannot be built because a statement is refused.</summary>
    public IReadOnlyList<Finding> TryRun()
    {
        if (_live is not null && Replay(_live).RefusedCount > 0)
            _live = null;

        return Run().Findings;
    }

    // The replay stands for the server: what the two make of the same statements is compared elsewhere.
    private LiveDatabase ReadLive(string sql)
    {
        var ordered = Ran();
        var replay = Replay(sql);
        Assert.Equal(0, replay.RefusedCount);
        var server = new ServerFacts { Version = "15.18", VersionNumber = 150018, Database = "app", Role = "app", IsSuperuser = false, DatabaseOwner = "app" };
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return _changeLive(new LiveDatabase(DatabaseUrl.TryParse("postgresql://app@localhost/app", out var url, out _) ? url : throw new InvalidOperationException())
        {
            Snapshot = new CatalogSnapshot { Schema = replay.Schema, Server = server },
            History = new AppliedMigrations([.. ordered.Select(m => _applied(new AppliedMigration(m.Name, MigrationChecksum.Of(m.Script!.Text.Text), at, at, null, null)))], IsEmpty: false, "15.18", "app"),
        });
    }

    private List<(string Name, MarkedText? Script)> Ran() =>
        [.. _migrations.Where(m => m.Script is not null && m.Name != _notApplied).OrderBy(m => m.Name, StringComparer.Ordinal)];

    private ReplayResult Replay(string sql) =>
        MigrationReplay.Run([.. Ran().Select(m => new MigrationSource(m.Name, m.Script!.Text)), new MigrationSource("live", new SourceText("live.sql", sql))]);

    private static void AssertSame(IEnumerable<SourceLocation> expected, IEnumerable<SourceLocation?> actual) =>
        Assert.Equal(expected.Select(Text).Order(StringComparer.Ordinal), actual.Select(Text).Order(StringComparer.Ordinal));

    private static string Text(SourceLocation? place) => place is null ? "nowhere" : $"{place.Path}:{place.Line}:{place.Column}-{place.EndLine}:{place.EndColumn}";

    private Repository BuildWorkspace()
    {
        ImmutableArray<WorkspaceFile> schemaFiles = [.. _schema.Select(s => new WorkspaceFile(s.Text)).OrderBy(f => f.Path, StringComparer.Ordinal)];
        ImmutableArray<MigrationFolder> migrations =
        [
            .. _migrations
                .Select(m => new MigrationFolder(m.Name, $"prisma/migrations/{m.Name}", m.Script is { } script ? new WorkspaceFile(script.Text) : null))
                .OrderBy(m => m.Name, StringComparer.Ordinal),
        ];
        ImmutableArray<WorkspaceFile> others = [.. _files.Select(f => new WorkspaceFile(f.Text)).OrderBy(f => f.Path, StringComparer.Ordinal)];
        ImmutableArray<WorkspaceFile> sqlFiles = [.. others.Where(f => f.Path.EndsWith(".sql", StringComparison.Ordinal))];
        var tree = new FileTree([.. schemaFiles.Concat(migrations.Select(m => m.Script).OfType<WorkspaceFile>()).Concat(others).OrderBy(f => f.Path, StringComparer.Ordinal)]);
        ImmutableArray<WorkspaceFile> codeMigrations = [.. others.Where(f => MigrationHistoryReader.CodeNames.Contains(f.Name))];
        var inHistory = sqlFiles.Where(f => f.Path.StartsWith("prisma/migrations/", StringComparison.Ordinal));
        ImmutableArray<PackageManifest> packages = [.. others.Where(f => f.Name == "package.json").Select(PackageManifestReader.Read)];
        var project = new Project
        {
            Name = "app",
            SchemaPath = schemaFiles.IsEmpty ? null : schemaFiles.Length == 1 ? schemaFiles[0].Path : schemaFiles[0].Folder,
            IsSchemaFolder = schemaFiles.Length > 1,
            SchemaFiles = schemaFiles,
            History = migrations.IsEmpty ? null : new MigrationHistory("prisma/migrations", migrations, [.. inHistory], ReadLock())
            {
                CodeMigrations = codeMigrations,
                LazyOwnRunner = new Lazy<OwnRunner?>(() => new OwnRunnerFinder(tree).Find("prisma/migrations", migrations, codeMigrations)),
            },
            ExpectedMigrationsPath = "prisma/migrations",
            Provider = _provider,
            ExternalTables = _externalTables,
            ExternalEnums = _externalEnums,
            LazyPrismaVersion = new Lazy<PrismaVersion>(_prismaVersion),
            Package = packages.FirstOrDefault(p => p.File.Path == "package.json"),
            ProviderLocation = schemaFiles.IsEmpty ? null : ProviderPlace(schemaFiles[0].Text!),
        };
        return new Repository
        {
            Root = "/repository",
            Platform = _platform,
            RepositoryRoot = "/repository",
            Files = tree.Files,
            Projects = _provider is "postgresql" or "postgres" or null ? [project] : [],
            OtherProviderProjects = _provider is "postgresql" or "postgres" or null ? [] : [project],
            SqlFiles = sqlFiles,
            Packages = packages,
        };
    }

    private MigrationLock? ReadLock()
    {
        if (_lock is not { Text: var text })
            return null;

        var location = text.LocationOf(new TextSpan(0, text.Text.Length));
        return new MigrationLock(new WorkspaceFile(text), text.Text.Split('"')[1], location);
    }

    private static SourceLocation? ProviderPlace(SourceText text)
    {
        var start = text.Text.IndexOf("provider", StringComparison.Ordinal);
        return start < 0 ? null : text.LocationOf(TextSpan.FromBounds(start, text.Text.IndexOfAny(['\r', '\n'], start)));
    }
}
