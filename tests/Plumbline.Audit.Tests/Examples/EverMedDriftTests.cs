using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Audit.Workspace;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Examples;

/// <summary>What the audit of EverMed says about schema and migrations: the rows E1 to E4 of the system's own drift analysis.</summary>
public sealed class EverMedDriftTests
{
    private static readonly AuditResult Audit = Auditor.Run(Repository.Open(ProjectRoot.Combine("examples", "evermed"), AuditConfiguration.Empty), AuditOptions.Default);

    [Fact]
    public void Exactly_these_columns_of_personal_models_are_missing() =>
        Assert.Equal(
            ["accuracy_mae", "accuracy_r2", "is_active", "last_used_at", "metadata", "model_type", "training_data_end", "training_data_start"],
            Names("drift/missing-column", "personal_models"));

    [Fact]
    public void Two_columns_of_personal_models_were_probably_renamed() =>
        Assert.Equal(["trained_at from last_trained_at", "version from model_version"], Of("drift/renamed-column").Select(f => $"{f.Subject.Name} from {f.Found}").Order());

    [Fact]
    public void The_unique_of_personal_models_is_over_the_wrong_columns() =>
        Assert.Equal(
            [
                "high: personal_models: the migrations make (person_id) unique, but the schema does not",
                "high: personal_models: the unique index on (person_id, model_type, version) is in the schema but no migration creates it",
            ],
            Lines("drift/unique"));

    [Fact]
    public void The_index_for_active_models_is_missing() =>
        Assert.Equal(["medium: personal_models: the index on (person_id, model_type, is_active) is in the schema but no migration creates it"], Lines("drift/index"));

    [Fact]
    public void A_missing_column_stands_at_its_field_and_at_the_statement_that_makes_the_table()
    {
        var finding = Of("drift/missing-column").Single(f => f.Subject.Name == "model_type");

        Assert.Equal(Severity.Critical, finding.Severity);
        Assert.Equal("text NOT NULL", finding.Expected);
        Assert.Null(finding.Found);
        Assert.Equal(("PersonalModel", "modelType"), (finding.Subject.Model, finding.Subject.Field));
        Assert.Equal("db/schema.prisma", finding.Locations[0].Place.Path);
        Assert.Equal("db/migrations/20251010090000_add_metabolic_insights/migration.sql", finding.Locations[1].Place.Path);
    }

    [Fact]
    public void Analytics_events_agrees_in_the_order_that_works()
    {
        var fact = Audit.Verified.Single(f => f.Check == "table-agrees" && f.Subject.Table == "analytics_events");

        Assert.Equal("20250911081240_init", fact.Order!.Value[0]);
    }

    [Fact]
    public void The_whole_history_of_analytics_events_is_verified_and_that_of_personal_models_is_not()
    {
        var tables = Audit.Verified.Where(f => f.Check == "history-agrees").Select(f => f.Subject.Table).ToList();

        Assert.Contains("analytics_events", tables);
        Assert.DoesNotContain("personal_models", tables);
    }

    [Fact]
    public void The_history_of_analytics_events_is_told_step_by_step()
    {
        var history = Audit.Views.TableHistory.Single(t => t.Table == "analytics_events");

        Assert.Equal(("20250911081240_init", "create-table"), (history.Steps[0].Migration, history.Steps[0].Change));
        Assert.Contains(history.Steps, s => s is { Change: "rename-table", Detail: "AnalyticsEvent → analytics_events" });
        Assert.Equal(["meta", "name", "userId"], history.Steps.Where(s => s.Change == "drop-column").Select(s => s.Detail).Order());
    }

    [Fact]
    public void No_migration_creates_the_chat_messages() =>
        Assert.Equal(["critical: ChatMessage is in the schema but no migration creates it"], Lines("drift/missing-table"));

    [Fact]
    public void The_stray_file_makes_the_chat_messages_with_other_types()
    {
        var stray = Of("drift/column-type").Where(f => f.Locations.Any(l => l is { Role: LocationRole.Stray, Place.Path: "db/migrations/20250225120000_add_chat_message.sql" })).ToList();

        Assert.Equal(["ChatMessage.createdAt medium", "ChatMessage.documentId high", "ChatMessage.id high"], stray.Select(f => $"{f.Subject} {f.Severity.Name()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_metadata_of_a_person_is_no_drift_in_the_order_that_works() =>
        Assert.DoesNotContain(Audit.Findings, f => f.Area == "drift" && f.Subject.Table == "Person");

    [Fact]
    public void The_timeline_names_the_order_that_works()
    {
        var init = Audit.Views.MigrationTimeline.Single(r => r.Migration == "20250911081240_init");
        var flags = Audit.Views.MigrationTimeline.Single(r => r.Migration == "20250610000000_add_feature_flags_and_analytics");

        Assert.Equal((2, 1), (init.Position, init.WorkingPosition));
        Assert.Equal((1, 2), (flags.Position, flags.WorkingPosition));
        Assert.Equal(["20250911081240_init"], flags.DependsOn);
        Assert.True(flags.Failed > 0);
    }

    [Fact]
    public void Nothing_else_is_drift() =>
        Assert.Empty(Audit.Findings.Where(f => f.Area == "drift" && f.Severity >= Severity.Medium && f.Subject.Table is not ("personal_models" or "ChatMessage")).Select(f => f.Title));

    private static IEnumerable<Occurrence> Of(string rule) => Audit.Findings.SelectMany(f => f.Occurrences).Where(f => f.Rule == rule);

    private static IEnumerable<string> Lines(string rule) => Of(rule).Select(f => $"{f.Severity.Name()}: {f.Title}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names(string rule, string table) => Of(rule).Where(f => f.Subject.Table == table).Select(f => f.Subject.Name).Order(StringComparer.Ordinal);
}
