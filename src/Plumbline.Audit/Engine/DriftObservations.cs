using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Engine;

/// <summary>
/// Shows the owner of a kind of change the changes of a project: from the migrations to the schema, so that what turns one into the other is the migration that
/// is missing; and from the migrations to the live database.
/// </summary>
internal static class DriftObservations
{
    private const int MaximumOfOneKind = 40;

    /// <summary>Reports what the rule says of them.</summary>
    public static void Report(RegisteredRule rule, ProjectFacts project, ObservationSink sink)
    {
        var registration = rule.Registration;
        ReportLive(rule, project, sink);
        foreach (var change in project.Drift?.Changes ?? [])
        {
            if (registration.Describe is { } describe && Owns(registration.Changes, change) && describe(change, project) is { } text)
                sink.Report(Observe(change, project.LiveDrift is { } live && live.Has(change) ? AlreadyThere(text, change, live) : text, rule, project));
        }

        foreach (var change in project.TablesOfStrays.SelectMany(s => s.TypeChanges))
        {
            if (registration.DescribeStray?.Invoke(change, project) is { } text)
                sink.Report(Observe(change, text, rule, project));
        }
    }

    private static void ReportLive(RegisteredRule rule, ProjectFacts project, ObservationSink sink)
    {
        if (project.LiveDrift is not { HandMade.IsEmpty: false } live)
            return;

        SchemaChange[] own = [.. live.HandMade.Where(change => Owns(rule.Registration.LiveChanges, change))];
        foreach (var change in own)
        {
            var key = own.Length > MaximumOfOneKind ? rule.Descriptor.Name : SameDone(live.RootOf(change));
            sink.Report(ObserveLive(change, LiveDriftText.Of(change, live.IsAgainstSchema, project.NextMigration, isInSchema: project.Schema is not null), key, project));
        }
    }

    // A grant, an owner or row-level security that many objects got alike was one act; everything else stands by itself.
    private static string SameDone(SchemaChange change) => change.Kind is
        ChangeKind.AddGrant or ChangeKind.DropGrant or ChangeKind.AlterGrant or ChangeKind.AlterOwner or ChangeKind.AlterRls
            ? $"{change.Kind.Name()}\u001e{change.From}\u001e{change.To}"
            : $"{change.Kind.Name()}\u001e{change.Subject.Schema}\u001e{change.Subject}\u001e{change.From}\u001e{change.To}";

    private static bool Owns(ImmutableArray<ChangeSelector> kinds, SchemaChange change) => kinds.Contains(ChangeSelector.Of(change));

    // The schema and the database agree; the migrations do not.
    private static DriftText AlreadyThere(DriftText text, SchemaChange change, LiveDrift live)
    {
        var kind = change.Kind.Name();
        var known = kind.StartsWith("drop-", StringComparison.Ordinal)
            ? live.EditedMigrationOf(change) is { } edited
                ? $"The database does not have it either: {edited} was edited after it was applied."
                : "The database does not have it either, although it records the migration that creates it as applied."
            : live.EditedMigrationOf(change) is { } other ? $"The database has it as the schema declares it: {other} was edited after it was applied."
            : $"The database already has it as the schema declares it; it was {(kind.StartsWith("add-", StringComparison.Ordinal) ? "created" : "changed")} by hand or with prisma db push.";
        return text with { Message = $"{text.Message} {known}" };
    }

    // Rows cannot break what stands on a column that is not there yet.
    private static DriftText WithColumn(DriftText text, SchemaChange change, SchemaChange column) => text with
    {
        Message = $"The schema has {change.To}. The column {column.Subject} does not exist after all migrations either.",
        Impact = "It is missing with the column.",
        Recommendation = "Create it in the migration that adds the column.",
    };

    private static Observation ObserveLive(SchemaChange change, DriftText text, string key, ProjectFacts project) => new()
    {
        Severity = text.Severity,
        Title = text.Title,
        Message = text.Message,
        Impact = text.Impact,
        Recommendation = text.Recommendation,
        Project = project.Name,
        Subject = change.Subject,
        Expected = change.From,
        Found = change.To,
        Locations = DriftPlaces.OfLive(change),
        Fix = project.LiveDrift!.OtherDatabase is null ? project.LiveDrift.Fixes.Fix([change]) : null,
        Planned = project.LiveDrift.OtherDatabase is null ? new PlannedFix(project.LiveDrift.Fixes, change) : null,
        Discriminator = "database " + change.Kind.Name(),
        Cause = project.LiveDrift.OtherDatabase is { } other ? CauseOf(other) : new Cause(CauseKind.MadeByHand, key, "It was changed in the database, outside the migrations"),
    };

    private static Cause CauseOf(OtherDatabase other) => new(
        CauseKind.OtherDatabase, "tables", $"The database has {(other.Present == 0 ? "none" : other.Present.ToString(CultureInfo.InvariantCulture))} of the project's {Plural.Of(other.Expected, "table", "tables")}, but {Plural.Of(other.Others, "other", "others")}");

    private static Observation Observe(SchemaChange change, DriftText text, RegisteredRule rule, ProjectFacts project)
    {
        if (!text.IsAgainstStray && text.Cause?.Kind == CauseKind.NeverCreated && project.Causes.NewColumnOf(change) is { } column)
            text = WithColumn(text, change, column);

        var fixes = text.IsAgainstStray || text.Ways == FixWays.None || !rule.Descriptor.HasFix ? null : project.Fixes;
        var fix = fixes?.Fix([change, .. text.With], text.Ways);
        var cause = text.Cause ?? (text.IsAgainstStray ? null : project.Causes.Of(change));
        return new Observation
        {
            Severity = text.Severity,
            Title = text.Title,
            Message = text.Message,
            Impact = text.Impact,
            Recommendation = text.Recommendation,
            Project = project.Name,
            Subject = text.Subject ?? change.Subject,
            Expected = change.To,
            Found = change.From,
            Locations = DriftPlaces.Of(change, text, cause?.Location),
            Fix = fix,
            Planned = fixes is null ? null : new PlannedFix(fixes, change, text.Ways) { With = text.With },
            Next = project.NextMigration,
            Discriminator = change.Kind.Name(),
            Effort = fix is { Kind: FixKind.Safe } ? Effort.Small : Effort.Medium,
            Cause = cause,
        };
    }
}
