using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Integrity;

/// <summary>A constraint that was never checked against the rows that existed before it.</summary>
internal sealed class ConstraintNotValidatedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "integrity/constraint-not-validated",
        Title = "A constraint is not validated",
        Severity = Severity.Low,
        Supersedes = ["drift/foreign-key", "drift/check"],
        Needs = [RuleNeed.Database],
        What = """
            Foreign keys and checks that are `NOT VALID` in a live database and that no migration validates. The severity is medium if no migration creates the
            constraint, and info if the table is empty. If a migration validates the constraint but the database does not have it validated,
            `drift/constraint-state` reports it.
            """,
        Why = "Existing rows may violate the constraint: queries that rely on it can find invalid rows, and restoring a dump may fail. The planner does not use it either.",
        Bad = """
            ```sql
            CREATE TABLE users (id int PRIMARY KEY);
            CREATE TABLE notes (id int PRIMARY KEY, author int);
            ALTER TABLE notes ADD CONSTRAINT notes_author_fkey FOREIGN KEY (author) REFERENCES users (id) NOT VALID;
            ```
            """,
        Good = """
            ```sql
            CREATE TABLE users (id int PRIMARY KEY);
            CREATE TABLE notes (id int PRIMARY KEY, author int);
            ALTER TABLE notes ADD CONSTRAINT notes_author_fkey FOREIGN KEY (author) REFERENCES users (id) NOT VALID;
            ALTER TABLE notes VALIDATE CONSTRAINT notes_author_fkey;   -- in a later migration
            ```
            """,
        Fix = "Fix the rows that violate it, then run `ALTER TABLE … VALIDATE CONSTRAINT` in a migration of its own; it does not block writes.",
        WhenOff = "When old rows may violate the constraint.",
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

                // If a migration validates it, that migration is pending, or drift/constraint-state reports it.
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
            Title = $"The {(constraint is ForeignKey ? "foreign key" : "check")} {constraint.Name} of {name} is not validated",
            Message = $"It is NOT VALID: PostgreSQL enforces it for new and changed rows only.{origin}",
            Impact = "Rows that existed before the constraint may violate it.",
            Recommendation = $"Fix the rows that violate it, then run ALTER TABLE … VALIDATE CONSTRAINT \"{constraint.Name}\" in a migration of its own.",
            Project = live.Project,
            Subject = new Subject(SubjectKind.Constraint, constraint.Name, table.Name.Schema, table.Name.Name),
            Locations = LiveFacts.PlaceOf(made),
        };
    }
}
