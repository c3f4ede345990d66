using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.PostgreSql.Writing;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>The tables of implicit many-to-many relations lack the key that the project's Prisma version expects.</summary>
internal sealed class ImplicitJoinTableRule : Rule
{
    private const string Advice = "Add a migration with the statements that Prisma would write. " +
        "On large tables ADD CONSTRAINT … PRIMARY KEY USING INDEX gives the same result without building an index.";

    private static readonly Version FirstWithPrimaryKey = new(6, 0);

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/implicit-join-table",
        Title = "The table of an implicit many-to-many relation lacks the key that Prisma expects",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Join tables (`_AToB`) of implicit many-to-many relations. Since Prisma 6.0 they have the primary key `_AToB_AB_pkey`; earlier versions create the unique
            index `_AToB_AB_unique`. High where nothing enforces that pairs are unique, medium where the unique index does, low where only the name of the key
            differs. Nothing is reported for Prisma versions before 6.0.
            """,
        Why = """
            Prisma adds the change to the next migration, whatever that migration is made for. Without any key, a relation can store a pair twice. Logical
            replication of deletes needs a primary key.
            """,
        Bad = """
            ```prisma
            model Post {
              id   Int   @id
              tags Tag[]
            }

            model Tag {
              id    Int    @id
              posts Post[]
            }
            ```
            ```sql
            CREATE TABLE "Post" ("id" INTEGER NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
            CREATE TABLE "Tag" ("id" INTEGER NOT NULL, CONSTRAINT "Tag_pkey" PRIMARY KEY ("id"));
            CREATE TABLE "_PostToTag" ("A" INTEGER NOT NULL, "B" INTEGER NOT NULL);
            CREATE UNIQUE INDEX "_PostToTag_AB_unique" ON "_PostToTag"("A", "B");
            CREATE INDEX "_PostToTag_B_index" ON "_PostToTag"("B");
            ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_A_fkey" FOREIGN KEY ("A") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;
            ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_B_fkey" FOREIGN KEY ("B") REFERENCES "Tag"("id") ON DELETE CASCADE ON UPDATE CASCADE;
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_AB_pkey" PRIMARY KEY ("A", "B");
            DROP INDEX "_PostToTag_AB_unique";
            ```
            """,
        Fix = "Add the SQL of the finding as one migration for all join tables.",
        WhenOff = "When the project does not plan to follow Prisma's form of join tables.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        foreach (var changes in (project.Drift?.Changes ?? []).Where(JoinTables.IsAboutKey).GroupBy(c => c.ToParent!.Name))
        {
            var first = changes.First();
            if (Observe((Table)first.FromParent!, (Table)first.ToParent!, project) is { } observation)
                sink.Report(observation);
        }
    }

    private static Observation? Observe(Table from, Table to, ProjectFacts project)
    {
        // What Prisma before 6.0 makes of a primary key is not known.
        var version = project.Project.PrismaVersion;
        if (to.PrimaryKey is not { } key || new Version(version.Major, version.Minor) < FirstWithPrimaryKey)
            return null;

        var unique = JoinTables.UniqueOn(from, key.Columns);
        if (Sql(from, key, unique) is not { } written)
            return null;

        var sql = SchemaQualifiers.Without(written, project.SearchPath);

        var (severity, title) = from.PrimaryKey is { } other
            ? other.Name == key.Name
                ? (Severity.Low, $"{from.Name.Name} has the unique index {unique} beside its primary key")
                : (Severity.Low, $"The primary key of {from.Name.Name} is named {other.Name}; Prisma expects {key.Name}")
            : unique is null
                ? (Severity.High, $"{from.Name.Name} has neither a primary key nor a unique index")
                : (Severity.Medium, $"{from.Name.Name} has a unique index where Prisma {version.Major} expects a primary key");
        return new Observation
        {
            Severity = severity,
            Title = title,
            Message = Message(version.Major),
            Impact = ImpactOf(severity, project.NextMigration),
            Next = project.NextMigration,
            Recommendation = Advice,
            Project = project.Name,
            Subject = new Subject(SubjectKind.Table, from.Name.Name, from.Name.Schema, from.Name.Name),
            Expected = $"PRIMARY KEY ({string.Join(", ", key.Columns)})",
            Found = unique ?? from.PrimaryKey?.Name,
            Locations = [.. Places(from, to)],
            Fix = new FindingFix(severity == Severity.High ? FixKind.NeedsBackfill : FixKind.Safe, sql),
            Effort = Effort.Small,
            Cause = new Cause(CauseKind.PrismaUpgrade, "implicit-join-table", $"Prisma {version.Major} gives implicit many-to-many tables a primary key, and no migration adds it"),
        };
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations)
    {
        var gravest = observations[0];
        var without = observations.Count(o => o.Severity == Severity.High);
        return new FindingText(
            $"{observations.Length} implicit many-to-many tables lack the primary key that Prisma expects",
            $"They are {NameList.Of([.. observations.Select(o => o.Observation.Subject.Name).Distinct(StringComparer.Ordinal)])}. {gravest.Observation.Message}" +
                (without > 0 ? $" {Plural.Of(without, "table has", "tables have")} no unique index either." : ""),
            gravest.Observation.Impact,
            Advice);
    }

    private static string Message(int major) => $"Since Prisma 6.0 these tables have a primary key instead of a unique index; the project uses Prisma {major}.";

    private static string ImpactOf(Severity severity, NextMigration next) => severity == Severity.High
        ? $"Nothing enforces that a pair is stored only once, so a relation can list the same record twice. {next.Does("adds the primary key, which fails on duplicates")}."
        : next.Does("contains these statements, whatever it is made for.");

    // As Prisma writes it, except that a constraint is dropped as one: the DROP INDEX of Prisma fails there.
    private static string? Sql(Table from, KeyConstraint key, string? unique)
    {
        var table = SqlIdentifier.Quote(from.Name.Schema == "public" ? from.Name.Name : from.Name.Name);
        if (from.Name.Schema != "public")
            table = $"{SqlIdentifier.Quote(from.Name.Schema)}.{table}";

        var statements = new List<string>();
        if (from.PrimaryKey is null)
            statements.Add($"ALTER TABLE {table} ADD CONSTRAINT {SqlIdentifier.Quote(key.Name)} PRIMARY KEY ({string.Join(", ", key.Columns.Select(SqlIdentifier.Quote))});");
        else if (from.PrimaryKey.Name != key.Name)
            statements.Add($"ALTER TABLE {table} RENAME CONSTRAINT {SqlIdentifier.Quote(from.PrimaryKey.Name)} TO {SqlIdentifier.Quote(key.Name)};");

        if (unique is not null)
        {
            var schema = from.Name.Schema == "public" ? "" : SqlIdentifier.Quote(from.Name.Schema) + ".";
            statements.Add(from.UniqueConstraints.Any(c => c.Name == unique)
                ? $"ALTER TABLE {table} DROP CONSTRAINT {SqlIdentifier.Quote(unique)};"
                : $"DROP INDEX {schema}{SqlIdentifier.Quote(unique)};");
        }

        return statements.Count == 0 ? null : string.Join('\n', statements);
    }

    private static IEnumerable<FindingLocation> Places(Table from, Table to)
    {
        if (to.Location is { } schema)
            yield return new FindingLocation(LocationRole.Schema, schema);

        if (from.Location is { } migration)
            yield return new FindingLocation(LocationRole.Migration, migration);
    }
}
