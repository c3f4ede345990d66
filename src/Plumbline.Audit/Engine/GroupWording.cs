using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Engine;

/// <summary>Words a finding over several observations, by what they have in common: their cause.</summary>
internal static class GroupWording
{
    private const string MissingColumn = "drift/missing-column";
    private const int ImpactsTold = 3;

    /// <summary>
    /// The words for columns that no migration creates, and the indexes and constraints on them, which are missing with them; null where a group is something else.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="rule">The rule of its gravest observation.</param>
    public static FindingText? OfColumns(ObservationGroup group, RegisteredRule rule)
    {
        var columns = group.Observations.Where(o => o.Rule == MissingColumn).ToImmutableArray();
        if (group.Cause?.Kind != CauseKind.NeverCreated || columns.IsEmpty || columns.Length == group.Observations.Length)
            return null;

        var first = columns[0].Observation;
        var text = (columns.Length == 1 ? null : rule.Registration.Wording?.Invoke(columns)) ?? new FindingText(first.Title, first.Message, first.Impact, first.Recommendation);
        var others = NameList.Of([.. group.Observations.Except(columns).Select(o => o.Observation.Subject.Name)]);
        return text with { Message = $"{text.Message} Missing with {(columns.Length == 1 ? "the column" : "the columns")}: {others}." };
    }

    /// <summary>The words for a group of two observations or more.</summary>
    /// <param name="group">The group.</param>
    /// <param name="rule">The rule of its gravest observation.</param>
    public static FindingText Of(ObservationGroup group, RuleDescriptor rule)
    {
        var gravest = group.Gravest.Observation;
        var count = group.Observations.Length;
        return group.Cause!.Kind switch
        {
            CauseKind.DroppedByMigration => new FindingText(
                $"{group.Cause.Text} {SubjectCount.Of(group.Observations)} that the schema still has",
                "Earlier migrations create them and this one drops them. Either the drop is a mistake or the schema is out of date.",
                gravest.Impact,
                "Decide which side is intended: remove them from the schema, or create them again in a new migration."),
            CauseKind.TableDiffers => new FindingText(
                $"{group.Cause.Key} differs between schema and migrations: {SubjectCount.Of(group.Observations)}",
                Sides(group.Observations),
                count > ImpactsTold ? gravest.Impact : Sentences(group.Observations.Select(o => o.Observation.Impact)),
                "Change the table in a migration to match the schema, or correct the model.")
            {
                Rule = "drift/table-differs",
                Subject = new Subject(SubjectKind.Table, TableOf(gravest.Subject), gravest.Subject.Schema, TableOf(gravest.Subject), gravest.Subject.Model),
            },
            CauseKind.MigrationOrder => new FindingText(group.Cause.Text, $"{Names(group.Observations)}.", gravest.Impact, gravest.Recommendation),
            CauseKind.SameChange => new FindingText(
                $"{group.Cause.Text} {SubjectCount.Of(group.Observations)} that the schema does not have",
                $"They are {NameList.Of([.. group.Observations.Select(o => NameOf(o.Observation.Subject)).Distinct(StringComparer.Ordinal)])}.",
                group.Gravest.Severity >= Severity.High ? gravest.Impact : $"{(gravest.Next ?? new NextMigration(IsPrismas: false)).Does("drops them")}{(group.Observations.Any(HoldsRows) ? " and their data" : "")}.",
                "Decide which side is intended: add them to the schema, or drop them in a new migration."),
            CauseKind.CreatedOtherwise => new FindingText(
                $"{TableOf(gravest.Subject)} lacks what the schema declares: {SubjectCount.Of(group.Observations)}",
                $"{group.Cause.Text}. {Sides(group.Observations)}",
                count > ImpactsTold ? gravest.Impact : Sentences(group.Observations.Select(o => o.Observation.Impact)),
                "Add them in a migration, or correct the model."),
            CauseKind.NeverCreated => NeverCreated(group.Observations),
            CauseKind.OtherDatabase => new FindingText(
                group.Cause.Text,
                "It may be the database of another project, or another schema.",
                "What is reported of this database says nothing about the project's own.",
                "Check whether the URL names the database and the schema of this project."),
            CauseKind.OtherName => new FindingText(
                $"{SubjectCount.Of(group.Observations)} have other names in the migrations than the schema expects",
                $"They are {NameList.Of([.. group.Observations.Select(o => o.Observation.Subject.Name).Distinct(StringComparer.Ordinal)])}. Only their names differ.",
                $"Queries are not affected. {gravest.Next!.Does("renames them, and SQL that names them then fails")}.",
                "Rename them in a migration, or keep their names with map in the schema."),
            CauseKind.AppliedMigrations => AppliedMigrations(group.Observations, rule),
            CauseKind.StatementRefused => new FindingText(
                $"{gravest.Title}; {Plural.Of(count - 1, "other problem", "other problems")} {(count == 2 ? "has" : "have")} the same cause",
                gravest.Message,
                gravest.Impact,
                gravest.Recommendation),
            _ => new FindingText(
                $"{gravest.Title}, and {Plural.Of(count - 1, "more", "more")} with the same cause",
                $"{group.Cause.Text}. {gravest.Message}",
                gravest.Impact,
                gravest.Recommendation),
        };
    }

    // Tables and types that were left out of the history, and the migrations that need them.
    private static FindingText NeverCreated(ImmutableArray<ReportedObservation> observations)
    {
        var missing = observations.Where(o => o.Observation.Cause!.Text == MissingObject.NoMigrationCreatesIt).ToImmutableArray();
        var needing = observations.Except(missing).ToList();
        var failing = needing.Where(o => o.Rule.StartsWith("migration/", StringComparison.Ordinal)).SelectMany(o => o.Observation.Locations)
            .Select(l => RelativePath.NameOf(RelativePath.FolderOf(l.Place.Path))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var what = missing.Length == 1 ? missing[0].Observation.Title : $"{SubjectCount.Of(missing)} are in the schema but no migration creates them";
        var names = missing.Length == 1 ? missing[0].Observation.Message : $"They are {NameList.Of([.. missing.Select(o => o.Observation.Subject.Name)])}.";
        var impact = missing.Length == 1 ? missing[0].Observation.Impact : "Every query of the models that need them fails: P2021 (the table does not exist).";
        return failing.Count == 0
            ? new FindingText(what, names, impact, "Create them in a migration.")
            : new FindingText(
                $"{what}; {Plural.Of(failing.Count, "migration fails", "migrations fail")} because of it",
                $"{names} PostgreSQL refuses statements that need them in {NameList.Of(failing)}.{Unmade(needing)}",
                $"{impact} A new database cannot be built: the migrations stop at the first of these statements.",
                "Squash the history into a new baseline that creates them, and mark it as applied where they exist (prisma migrate resolve --applied). Or create them, as they were before these migrations, in one whose name sorts first.");
    }

    // What such a statement would have made is missing too.
    private static string Unmade(List<ReportedObservation> needing)
    {
        var unmade = needing.Where(o => o.Rule.StartsWith("drift/", StringComparison.Ordinal)).ToImmutableArray();
        return unmade.IsEmpty ? "" : $" Because of that, {SubjectCount.Of(unmade)} {(unmade.Length == 1 ? "is" : "are")} missing too.";
    }

    private static FindingText AppliedMigrations(ImmutableArray<ReportedObservation> observations, RuleDescriptor rule)
    {
        var gravest = observations[0].Observation;
        var migrations = observations.Select(o => o.Observation.Locations.FirstOrDefault()?.Place.Path).Distinct(StringComparer.Ordinal).Count();
        return new FindingText(
            $"{rule.Title}: {Plural.Of(observations.Length, "place", "places")} in {Plural.Of(migrations, "applied migration", "applied migrations")}",
            "Assuming these migrations are applied everywhere; use --since REV to treat later ones as unapplied.",
            gravest.Impact,
            gravest.Recommendation);
    }

    private static string Names(ImmutableArray<ReportedObservation> observations)
    {
        const int named = 8;
        var titles = observations.Select(o => o.Observation.Title).Distinct(StringComparer.Ordinal).Take(named);
        return string.Join(". ", titles) + (observations.Length > named ? $". And {observations.Length - named} more" : "");
    }

    // Which side has what; the occurrences say the rest.
    private static string Sides(ImmutableArray<ReportedObservation> observations)
    {
        // What else differs in a column of another name is among the occurrences: the migrations do not have it under this name.
        var renamed = observations.Where(o => o.Observation.Discriminator == "rename-column").Select(o => o.Observation.Expected).ToHashSet(StringComparer.Ordinal);
        var sides = observations.Select(o => o.Observation).Where(o => SideOf(o) != Side.Both || !renamed.Contains(o.Subject.Name)).ToLookup(SideOf, o => o.Discriminator.StartsWith("rename-", StringComparison.Ordinal) && o is { Expected: { } to, Found: { } from } ? $"{from} for {to}" : o.Subject.Name);
        (string Text, Side Side)[] all =
        [
            ("Only the schema has", Side.Schema), ("Only the migrations create", Side.Migrations), ("The migrations have other names:", Side.OtherName), ("Defined differently on the two sides:", Side.Both),
        ];
        return string.Join(' ', all.Where(side => sides[side.Side].Any()).Select(side => $"{side.Text} {NameList.Of([.. sides[side.Side].Distinct(StringComparer.Ordinal)])}."));
    }

    // The default or the type of a column may be on one side only; the column is on both.
    private static Side SideOf(Observation observation) =>
        observation.Discriminator.StartsWith("rename-", StringComparison.Ordinal) ? Side.OtherName
        : !observation.Discriminator.StartsWith("add-", StringComparison.Ordinal) && !observation.Discriminator.StartsWith("drop-", StringComparison.Ordinal) ? Side.Both
        : observation.Found is null ? Side.Schema
        : observation.Expected is null ? Side.Migrations
        : Side.Both;

    private enum Side
    {
        Schema,
        Migrations,
        OtherName,
        Both,
    }

    // What several observations say is said once.
    private static string Sentences(IEnumerable<string> texts) =>
        string.Join(". ", texts.SelectMany(text => text.TrimEnd('.').Split(". ")).Distinct(StringComparer.Ordinal)) + ".";

    private static bool HoldsRows(ReportedObservation reported) => reported.Observation.Subject.Kind is SubjectKind.Table or SubjectKind.Column;

    // An index stands beside a table; table.name would be a column.
    private static string NameOf(Subject subject) => subject.Kind is SubjectKind.Index or SubjectKind.Constraint ? subject.Name : subject.ToString();

    private static string TableOf(Subject subject) => subject.Kind == SubjectKind.Table ? subject.Name : subject.Table!;
}
