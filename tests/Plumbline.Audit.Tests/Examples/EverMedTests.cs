using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Examples;

/// <summary>The rows E1–E6, E9, E10 and E13 of the seed findings: what the audit of EverMed found by hand, and what near it is fine.</summary>
public sealed class EverMedTests
{
    private const string Schema = "db/schema.prisma";
    private const string Metabolic = "db/migrations/20251010090000_add_metabolic_insights/migration.sql";
    private const string Analytics = "db/migrations/20250610000000_add_feature_flags_and_analytics/migration.sql";
    private const string Init = "db/migrations/20250911081240_init/migration.sql";
    private const string Stray = "db/migrations/20250225120000_add_chat_message.sql";

    private static readonly string[] Order =
    [
        "20250911081240_init",
        "20250610000000_add_feature_flags_and_analytics",
        "20250911160708_add_source_anchor",
        "20251010090000_add_metabolic_insights",
        "20251010090001_add_metabolic_rls_policies",
    ];

    private static readonly string Folder = ProjectRoot.Combine("examples", "evermed");
    private static readonly Lazy<AuditResult> Audit = new(() => Auditor.Run(Repository.Open(Folder, AuditConfiguration.Empty), AuditOptions.Default));

    [Fact]
    public void E1_exactly_eight_columns_of_personal_models_are_missing()
    {
        var missing = Occurrences("drift/missing-column");
        Assert.Equal(
            ["accuracy_mae", "accuracy_r2", "is_active", "last_used_at", "metadata", "model_type", "training_data_end", "training_data_start"],
            missing.Select(f => f.Subject.Name).Order(StringComparer.Ordinal));
        Assert.All(missing, f =>
        {
            Assert.Equal("personal_models", f.Subject.Table);
            Assert.Equal("PersonalModel", f.Subject.Model);
            Assert.Equal(Schema, f.Locations[0].Place.Path);
            Assert.Contains(f.Locations, l => l.Role == LocationRole.Migration && l.Place.Path == Metabolic);
        });
        Assert.Equal(Severity.Critical, missing.Single(f => f.Subject.Name == "model_type").Severity);
        Assert.Equal(LineOf(Schema, "modelType          String"), missing.Single(f => f.Subject.Name == "model_type").Locations[0].Place.Line);
    }

    [Fact]
    public void E1_two_columns_were_probably_renamed() =>
        Assert.Equal(
            [("model_version", "version"), ("last_trained_at", "trained_at")],
            Occurrences("drift/renamed-column").Select(f => (f.Found!.Split(' ')[0], f.Expected!.Split(' ')[0])).OrderByDescending(r => r.Item1));

    [Fact]
    public void E1_the_wrong_key_is_unique_and_an_index_is_missing()
    {
        var unique = Occurrences("drift/unique");
        Assert.Contains(unique, f => f.Subject.Table == "personal_models" && f.Expected is { } e && e.Contains("person_id, model_type, version", StringComparison.Ordinal));
        Assert.All(unique, f => Assert.Equal("personal_models", f.Subject.Table));
        var index = Assert.Single(Occurrences("drift/index"));
        Assert.Contains("person_id, model_type, is_active", index.Expected, StringComparison.Ordinal);
        Assert.Equal(LineOf(Schema, "@@index([personId, modelType, isActive])"), index.Locations[0].Place.Line);
    }

    [Fact]
    public void E1_what_the_migration_has_is_no_drift()
    {
        var subjects = Audit.Value.Findings.SelectMany(f => f.Occurrences).Where(f => f.Rule.StartsWith("drift/", StringComparison.Ordinal) && f.Severity >= Severity.Medium).Select(f => f.Subject.Name).ToHashSet();
        Assert.DoesNotContain("created_at", subjects);
        Assert.DoesNotContain("updated_at", subjects);
        Assert.DoesNotContain("accuracy_rmse", subjects);
        Assert.DoesNotContain("training_meals_count", subjects);
        Assert.DoesNotContain(Audit.Value.Findings, f => f.Area == "drift" && f.Subject.Table is "food_entries" or "Person" or "analytics_events" && f.Severity >= Severity.Medium);
    }

    [Fact]
    public void E2_the_history_of_analytics_events_is_told_and_agrees_in_the_working_order()
    {
        var history = Audit.Value.Views.TableHistory.Single(t => t.Table == "analytics_events");
        Assert.Equal(
            ["create-table", "rename-table"],
            history.Steps.Select(s => s.Change).Where(c => c is "create-table" or "rename-table"));
        Assert.Contains(history.Steps, s => s.Change == "rename-table" && s.Detail.Contains("AnalyticsEvent", StringComparison.Ordinal));
        Assert.Contains(history.Steps, s => s.Change.StartsWith("drop-column", StringComparison.Ordinal) && s.Detail.Contains("meta", StringComparison.Ordinal));

        var fact = Audit.Value.Verified.Single(v => v.Check == "table-agrees" && v.Subject.Name == "analytics_events");
        Assert.Equal(Order, fact.Order!.Value);
    }

    [Fact]
    public void E3_the_stray_file_joins_uuid_to_text_and_nothing_else_creates_the_table()
    {
        var refusal = Findings("migration/replay-error").Single(f => f.Locations[0].Role == LocationRole.Stray);
        Assert.Equal("42804", refusal.SqlState);
        Assert.Equal((Stray, LineOf(Stray, "CREATE TABLE")), (refusal.Locations[0].Place.Path, refusal.Locations[0].Place.Line));
        Assert.Contains("uuid and text", refusal.Message, StringComparison.Ordinal);

        var missing = Assert.Single(Occurrences("drift/missing-table"));
        Assert.Equal(("ChatMessage", Severity.Critical), (missing.Subject.Name, missing.Severity));
        Assert.Equal((Schema, LineOf(Schema, "model ChatMessage {")), (missing.Locations[0].Place.Path, missing.Locations[0].Place.Line));
    }

    [Fact]
    public void E4_the_metadata_of_a_person_is_added_before_the_person_is_there()
    {
        var finding = Occurrences("migration/out-of-order").Single(f => f.Subject.Name == "metadata");
        Assert.Equal((SubjectKind.Column, "Person"), (finding.Subject.Kind, finding.Subject.Table));
        Assert.Equal((Analytics, LineOf(Analytics, "ALTER TABLE \"Person\" ADD COLUMN")), (finding.Locations[0].Place.Path, finding.Locations[0].Place.Line));
        Assert.Equal((Init, LineOf(Init, "CREATE TABLE \"Person\"")), (finding.Locations[1].Place.Path, finding.Locations[1].Place.Line));
        Assert.Equal("42P01", finding.SqlState);

        var whole = Assert.Single(Findings("migration/out-of-order"));
        Assert.Equal(string.Join(", ", Order), whole.Occurrences[0].Expected);
        Assert.StartsWith("Rename 20250911081240_init to 20250609235959_init. A replay with this name succeeds.", whole.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void E5_the_init_migration_is_not_the_first()
    {
        var finding = Assert.Single(Occurrences("migration/init-not-first"));
        Assert.Equal(("20250911081240_init", Severity.High), (finding.Subject.Name, finding.Severity));
        Assert.Equal(["20250610000000_add_feature_flags_and_analytics"], FailingMigrations());

        var timeline = Audit.Value.Views.MigrationTimeline;
        Assert.Equal([.. Order.Order(StringComparer.Ordinal)], timeline.Select(r => r.Migration));
        Assert.Equal(Order, timeline.OrderBy(r => r.WorkingPosition).Select(r => r.Migration));
        Assert.True(timeline[0].Failed > 0);
        Assert.All(timeline.Skip(1), r => Assert.Equal(0, r.Failed));

        static IEnumerable<string> FailingMigrations() => Audit.Value.Views.MigrationTimeline.Where(r => r.Failed > 0).Select(r => r.Migration);
    }

    [Fact]
    public void E6_Prisma_never_runs_the_file_beside_the_folders()
    {
        var finding = Assert.Single(Findings("migration/stray-sql-file"));
        Assert.Equal((Stray, Severity.High), (finding.Subject.Name, finding.Severity));
        Assert.Equal(LocationRole.Stray, finding.Locations[0].Role);
        Assert.Contains("ChatMessage", finding.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void E9_tables_are_named_in_two_conventions_because_models_have_no_map()
    {
        var finding = Assert.Single(Findings("naming/missing-map"));
        Assert.Equal(
            ["Person", "Document", "Observation", "SourceAnchor", "ChatMessage", "FeatureFlag"],
            finding.Locations.Select(l => ModelAt(l.Place)));
        Assert.Empty(Findings("naming/table-name"));
    }

    [Fact]
    public void E10_the_scripts_name_every_migration_init_and_validate_nothing()
    {
        var name = Assert.Single(Findings("migration/script-hardcodes-name"));
        Assert.Equal(("package.json", LineOf("package.json", "migrate dev --name init")), (name.Locations[0].Place.Path, name.Locations[0].Place.Line));
        Assert.Equal("prisma:migrate:dev", name.Subject.Field);
        Assert.Single(Findings("migration/no-validation-script"));
        Assert.Empty(Findings("migration/db-push-in-script"));
        Assert.Empty(Findings("migration/script-file-missing"));
    }

    [Fact]
    public void E11_one_environment_file_leads_to_staging_and_the_database_was_not_looked_at()
    {
        var finding = Assert.Single(Findings("environment/env-not-separated"));
        Assert.Equal(("DATABASE_URL", Severity.Medium, ".env", 2), (finding.Subject.Name, finding.Severity, finding.Locations[0].Place.Path, finding.Locations[0].Place.Line));
        Assert.DoesNotContain("not-a-real-password", finding.Title + finding.Message + finding.Found, StringComparison.Ordinal);
        Assert.Contains(Audit.Value.Incomplete, i => i.What == "database");
    }

    [Fact]
    public void E13_it_is_not_ready_and_the_reasons_are_told()
    {
        Assert.Equal(Verdict.NotReady, Audit.Value.Readiness.Verdict);
        Assert.NotEmpty(Audit.Value.Readiness.Reasons);
    }

    [Fact]
    public void Supabase_is_found_and_its_functions_are_known()
    {
        Assert.Equal(Platform.Supabase, Audit.Value.Repository.Platform);
        Assert.DoesNotContain(Audit.Value.Findings, f => f.Message.Contains("auth.uid", StringComparison.Ordinal));
    }

    private static IReadOnlyList<Occurrence> Occurrences(string rule) => [.. Audit.Value.Findings.SelectMany(f => f.Occurrences).Where(f => f.Rule == rule)];

    private static IReadOnlyList<Finding> Findings(string rule) => [.. Audit.Value.Findings.Where(f => f.Rule == rule)];

    private static int LineOf(string path, string text) =>
        File.ReadLines(Path.Combine(Folder, path)).Select((line, i) => (line, i)).First(l => l.line.Contains(text, StringComparison.Ordinal)).i + 1;

    private static string ModelAt(SourceLocation place) => File.ReadLines(Path.Combine(Folder, place.Path)).ElementAt(place.Line - 1).Split(' ')[1];
}
