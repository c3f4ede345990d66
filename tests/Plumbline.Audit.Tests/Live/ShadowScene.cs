using Npgsql;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Audit.Workspace;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Live;

/// <summary>A repository whose migrations run for real on the tests' server.</summary>
internal sealed class ShadowScene(PostgreSqlServer server) : IDisposable
{
    private readonly TemporaryRepository _repository = new TemporaryRepository().Write("prisma/schema.prisma", TemporaryRepository.PostgreSql);
    private int _migrations;

    /// <summary>The server's URL, as its superuser.</summary>
    public DatabaseUrl Url { get; set; } = Parse(server, "postgres");

    /// <summary>Adds models to the schema.</summary>
    public ShadowScene Schema(string models)
    {
        _repository.Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + models);
        return this;
    }

    /// <summary>Adds a migration.</summary>
    public ShadowScene Migration(string sql)
    {
        _repository.Write($"prisma/migrations/{++_migrations}_step/migration.sql", sql);
        return this;
    }

    /// <summary>Runs the migrations and audits the repository.</summary>
    public async Task<AuditResult> Audit(AuditOptions? options = null)
    {
        var workspace = Repository.Open(_repository.Root, AuditConfiguration.Empty);
        options ??= AuditOptions.Default;
        var shadows = await ShadowReplay.RunAsync(workspace, options, Url, TestContext.Current.CancellationToken);
        return Auditor.Run(workspace, options with { Shadows = shadows });
    }

    /// <summary>Runs the migrations only.</summary>
    public Task Run(CancellationToken cancellation) =>
        ShadowReplay.RunAsync(Repository.Open(_repository.Root, AuditConfiguration.Empty), AuditOptions.Default, Url, cancellation);

    /// <summary>What a rule finds, as severity and title.</summary>
    public async Task<IEnumerable<string>> Findings(string rule) =>
        (await Audit()).Findings.Where(f => f.Rule == rule).Select(f => $"{f.Severity.Name()}: {f.Title}");

    /// <summary>Has the migrations run as a role of its own, which may create databases and no more.</summary>
    public ShadowScene As(string role)
    {
        using var database = server.CreateDatabase();
        database.Run($"DROP ROLE IF EXISTS {role}; CREATE ROLE {role} LOGIN CREATEDB;");
        Url = Parse(server, "postgres", role);
        return this;
    }

    /// <summary>The databases of a role: those that tests beside this one make are not among them.</summary>
    public static string[] DatabasesOf(PostgreSqlServer server, string role)
    {
        using var connection = new NpgsqlConnection(server.ConnectionString("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand($"SELECT array_agg(datname::text) FROM pg_database WHERE datdba = '{role}'::regrole", connection);
        return command.ExecuteScalar() as string[] ?? [];
    }

    /// <summary>A URL of a database of a server.</summary>
    public static DatabaseUrl Parse(PostgreSqlServer server, string database, string role = "postgres") =>
        DatabaseUrl.TryParse($"postgresql://{role}@{PostgreSqlServer.Host}:{server.Port}/{database}", out var url, out _) ? url : throw new InvalidOperationException();

    public void Dispose() => _repository.Dispose();
}
