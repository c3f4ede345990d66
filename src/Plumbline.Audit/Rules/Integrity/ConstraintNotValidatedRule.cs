using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Integrity;

/// <summary>A constraint that was never held against the rows that were there before it.</summary>
internal sealed class ConstraintNotValidatedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "integrity/constraint-not-validated",
        Title = "A constraint of the database was never validated",
        Severity = Severity.Low,
        Supersedes = ["drift/foreign-key", "drift/check"],
        Needs = [RuleNeed.Database],
        What = """
            Foreign keys and checks that are `NOT VALID` in a live database, and that no migration validates: of medium severity where no migration
            makes the constraint, a note where the table is empty. Where the migrations validate it and the database has it otherwise,
            `drift/constraint-state` tells it.
            """,
        Why = """
            Rows that were there before may break it: a query that trusts the constraint finds orphans, and restoring a dump may fail. The planner
            does not use it either.
            """,
        Bad = """
            ```sql
            ALTER TABLE notes ADD CONSTRAINT notes_author_fkey FOREIGN KEY (author) REFERENCES users (id) NOT VALID;
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE notes VALIDATE CONSTRAINT notes_author_fkey;   -- in a later migration
            ```
            """,
        Fix = "Mend the rows that break it, and run `ALTER TABLE … VALIDATE CONSTRAINT` in a migration of its own; writes go on meanwhile.",
        WhenOff = "When old rows are allowed to break it.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnDatabase(Check);

    private static void Check(LiveFacts live, ObservationSink sink)
    {
        foreach (var table in live.Tables)
        {
            foreach (var constraint in ConstraintsOf(table))
            {
                if (!IsOpen(constraint))
                    continue;

                // Validated there: a migration that is still to come does it, or it is drift.
                var made = live.InMigrations(table.Name) is { } before ? ConstraintsOf(before).FirstOrDefault(c => c.Name == constraint.Name) : null;
                if (made is not { IsValidated: true })
                    sink.Report(Draft(table, constraint, made, live));
            }
        }
    }

    private static bool IsOpen(Constraint constraint) => constraint is { IsValidated: false, IsEnforced: true };

    private static IEnumerable<Constraint> ConstraintsOf(Table table) => [.. table.ForeignKeys, .. table.Checks];

    private static Observation Draft(Table table, Constraint constraint, Constraint? made, LiveFacts live)
    {
        var name = new Subject(SubjectKind.Table, table.Name.Name, table.Name.Schema).ToString();
        var origin = made is null ? live.MadeByHand : "";
        return new Observation
        {
            Severity = origin.Length > 0 ? Severity.Medium : live.Rows.Of(table.Name) is 0 ? Severity.Info : null,
            Title = $"The constraint {constraint.Name} of {name} was never validated",
            Message = $"The {(constraint is ForeignKey ? "foreign key" : "check")} {constraint.Name} of {name} is NOT VALID: " +
                $"it holds for new rows only.{origin}",
            Impact = "Rows that were there before may break it.",
            Recommendation = $"Mend the rows that break it, and run ALTER TABLE … VALIDATE CONSTRAINT \"{constraint.Name}\" in a migration of its own.",
            Project = live.Project,
            Subject = new Subject(SubjectKind.Constraint, constraint.Name, table.Name.Schema, table.Name.Name),
            Locations = LiveFacts.PlaceOf(made),
        };
    }
}
