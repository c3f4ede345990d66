using System.Collections.Immutable;
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
                sink.Report(Observe(change, project.LiveDrift?.Has(change) == true ? AlreadyThere(text) : text, rule, project));
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
            var key = own.Length > MaximumOfOneKind ? rule.Descriptor.Name : SameDone(change);
            sink.Report(ObserveLive(change, LiveDriftText.Of(change, live.IsAgainstSchema, project.NextMigration), key, project));
        }
    }

    // A grant, an owner or row-level security that many objects got alike was one act; everything else stands by itself.
    private static string SameDone(SchemaChange change) => change.Kind is
        ChangeKind.AddGrant or ChangeKind.DropGrant or ChangeKind.AlterGrant or ChangeKind.AlterOwner or ChangeKind.AlterRls
            ? $"{change.Kind.Name()}\u001e{change.From}\u001e{change.To}"
            : $"{change.Kind.Name()}\u001e{change.Subject.Schema}\u001e{change.Subject}\u001e{change.From}\u001e{change.To}";

    private static bool Owns(ImmutableArray<ChangeSelector> kinds, SchemaChange change) => kinds.Contains(ChangeSelector.Of(change));

    private static DriftText AlreadyThere(DriftText text) => text with { Message = text.Message + " The database already has it as the schema declares it; it was created by hand or with prisma db push." };

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
        Fix = project.LiveDrift!.Fixes.Fix([change]),
        Planned = new PlannedFix(project.LiveDrift.Fixes, change),
        Discriminator = "database " + change.Kind.Name(),
        Cause = new Cause(CauseKind.MadeByHand, key, "It was changed in the database, outside the migrations"),
    };

    private static Observation Observe(SchemaChange change, DriftText text, RegisteredRule rule, ProjectFacts project)
    {
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
