using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using TypeModel = Plumbline.Schema.Model.ColumnType;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A column whose type differs between schema and migrations.</summary>
internal sealed class ColumnTypeRule : Rule
{
    // Types whose values the client reads and writes alike; what differs between them is length, precision or zone.
    private static readonly string[][] Families =
    [
        ["text", "character varying", "character", "citext"],
        ["timestamp without time zone", "timestamp with time zone"],
        ["time without time zone", "time with time zone"],
        ["json", "jsonb"],
        ["real", "double precision"],
        ["smallint", "integer"],
        ["bit", "bit varying"],
    ];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/column-type",
        Title = "A column has different types in the schema and in the migrations",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Columns whose type differs. Aliases count as equal: `int4` is `integer`, `varchar` is `character varying`. High, or medium where the client reads and
            writes both types the same way and only length, precision or time zone differs.
            """,
        Why = """
            The client sends and expects values of the schema's type. If the database has another type, comparisons and joins fail (`operator does not exist: text =
            uuid`), values are refused or truncated, and times shift by the time zone.
            """,
        Bad = """
            ```prisma
            model Message {
              id String @id
            }
            ```
            ```sql
            CREATE TABLE "Message" ("id" UUID PRIMARY KEY);
            ```
            """,
        Good = """
            ```prisma
            model Message {
              id String @id @db.Uuid
            }
            ```
            """,
        Fix = """
            Change the type in a migration with `ALTER COLUMN … TYPE … USING …`, or give the field the native type that the database has (`@db.…`).
            """,
        WhenOff = "Not as a whole. Suppress an intended difference at the field.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnChange([ChangeKind.AlterColumnType], Describe);
        rule.OnStrayColumn(DescribeStray);
        rule.Word(Word);
    }

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        if (change.Kind != ChangeKind.AlterColumnType || change is not { FromObject: Column from, ToObject: Column to })
            return null;

        var alike = AreAlike(from.Type, to.Type);
        var strings = AreStrings(from.Type, to.Type);
        var json = AreJsonAndText(from.Type, to.Type);
        return new DriftText(
            $"{change.Subject} is {ObjectText.Of(to.Type)} in the schema and {ObjectText.Of(from.Type)} in the migrations",
            $"The schema has {change.Subject}{DriftFacts.PrismaName(change.Subject)} as {ObjectText.Of(to.Type)}; the migrations make it {ObjectText.Of(from.Type)}.",
            strings
                ? "The client reads and writes both types as strings, but only the uuid column refuses values that are not UUIDs. PostgreSQL allows no foreign key between a text and a uuid column."
                : json
                ? "The client reads and writes both types, but filters by a JSON path fail on text (42883), and PostgreSQL does not check that the text is JSON."
                : alike
                ? AlikeImpact(from.Type, to.Type)
                : "The client sends and expects values of the schema's type. Queries, comparisons and joins with the other type fail or return wrong values.",
            "Decide which type is intended: change the column in a migration, or the field's type in the schema.",
            alike || strings || json ? Severity.Medium : null)
        {
            Cause = project.Causes.Of(change) ?? new Cause(CauseKind.SameChange, $"column-type {from.Type} {to.Type}", Pair(change)),
        };
    }

    private static FindingText? Word(ImmutableArray<ReportedObservation> observations)
    {
        var first = observations[0].Observation;
        return first.Cause?.Kind != CauseKind.SameChange
            ? null
            : new FindingText(
                $"{observations.Length} columns are {first.Cause.Text}",
                $"They are {NameList.Of([.. observations.Select(o => o.Observation.Subject.ToString()).Distinct(StringComparer.Ordinal)])}.",
                first.Impact,
                "Decide which type is intended: change the columns in a migration, or the types of the fields in the schema.");
    }

    private static string Pair(SchemaChange change) => $"{change.To} in the schema and {change.From} in the migrations";

    private static DriftText? DescribeStray(SchemaChange change, ProjectFacts project)
    {
        if (change is not { FromObject: Column from, ToObject: Column to, FromLocation.Path: { } path })
            return null;

        return new DriftText(
            $"{change.Subject} is {ObjectText.Of(to.Type)} in the schema and {ObjectText.Of(from.Type)} in {path}",
            $"No migration creates the table; {path}, which Prisma never runs, makes {change.Subject} {ObjectText.Of(from.Type)}, and the schema has it as {ObjectText.Of(to.Type)}.",
            "A database on which someone ran the file by hand differs from what the client expects. PostgreSQL refuses a foreign key between the two types.",
            "Create the table in a migration with the types of the schema, and remove the file.",
            AreAlike(from.Type, to.Type) ? Severity.Medium : null)
        {
            IsAgainstStray = true,
        };
    }

    private static bool AreAlike(TypeModel from, TypeModel to) =>
        from.IsArray == to.IsArray &&
        (from.QualifiedName == to.QualifiedName || Families.Any(f => f.Contains(from.Name) && f.Contains(to.Name)));

    // What differs between two types that the client reads and writes alike (PostgreSQL documentation, "Data Types").
    private static string AlikeImpact(TypeModel from, TypeModel to)
    {
        const string alike = "The client reads and writes both types the same way";
        return (from.Name, to.Name) switch
        {
            _ when IsOneOf("citext") => $"{alike}, but comparisons ignore case only where the column is citext.",
            _ when Families[0].Contains(from.Name) && from.Modifiers is null && to.Modifiers is null && !IsOneOf("character") =>
                $"{alike}, and both hold strings of any length: only the name of the type differs.",
            _ when Families[0].Contains(from.Name) => $"{alike}, but their length limits differ: PostgreSQL refuses values that are longer than the column allows (22001).",
            _ when from.Name != to.Name && from.Name.Contains("time zone", StringComparison.Ordinal) =>
                $"The client reads and writes both types as UTC, but SQL that compares a timestamp without time zone with now(), or casts between the two types in a session with another time zone, can shift the values.",
            _ when from.Name == to.Name && from.Name.Contains("time zone", StringComparison.Ordinal) =>
                $"{alike}. Only the precision differs: the type with fewer digits rounds the fraction of the second.",
            _ when IsOneOf("jsonb") => $"{alike}, but only jsonb has equality and GIN indexes, and only json keeps the text as it was written.",
            _ when IsOneOf("real") => $"{alike}, but real holds only about six decimal digits.",
            _ when IsOneOf("smallint") => $"{alike}, but smallint refuses values outside -32768 to 32767 (22003).",
            _ when from.Name == "numeric" => $"{alike}, but one of them rounds digits after the decimal point, or refuses larger values (22003), that the other holds.",
            _ => $"{alike}, but one of them refuses values that the other holds.",
        };

        bool IsOneOf(string name) => from.Name != to.Name && (from.Name == name || to.Name == name);
    }

    // Measured with Prisma 5.22: create, findMany, updateMany and equals of a Json field work over a text column, a filter by path does not.
    private static bool AreJsonAndText(TypeModel from, TypeModel to) =>
        !from.IsArray && !to.IsArray && ((from.Name is "json" or "jsonb" && Families[0].Contains(to.Name)) || (to.Name is "json" or "jsonb" && Families[0].Contains(from.Name)));

    // Measured: queries, filters and relations of a String field work over a column of either type.
    private static bool AreStrings(TypeModel from, TypeModel to) =>
        from.IsArray == to.IsArray && (from.Name == "uuid" || to.Name == "uuid") && Families[0].Contains(from.Name == "uuid" ? to.Name : from.Name);
}
