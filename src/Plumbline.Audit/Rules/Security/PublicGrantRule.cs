using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Security;

/// <summary>A table that every role of the server may read or change.</summary>
internal sealed class PublicGrantRule : Rule
{
    private const int FirstWithClosedPublicSchema = 15;

    private static readonly (char Letter, string Name)[] Privileges = [('r', "SELECT"), ('a', "INSERT"), ('w', "UPDATE"), ('d', "DELETE"), ('D', "TRUNCATE")];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "security/public-grant",
        Title = "Every role has privileges on a table",
        Severity = Severity.Medium,
        Supersedes = ["drift/grant"],
        Needs = [RuleNeed.Database],
        What = """
            Privileges that `PUBLIC` has on tables and views of a live database, and the right to create objects in their schemas (from PostgreSQL 15 on; before,
            every database granted it). The same privileges on several tables are one finding. What every database grants by default is not reported:
            `EXECUTE` on functions, and `USAGE` on types and on the schema `public`.
            """,
        Why = "`PUBLIC` is every role of the server, including roles that are created later, such as those of a reporting tool or another application. Revoking a privilege from a single role does not remove what `PUBLIC` has.",
        Bad = """
            ```sql
            CREATE TABLE "User" (id int PRIMARY KEY);
            GRANT SELECT ON "User" TO PUBLIC;
            ```
            """,
        Good = """
            ```sql
            CREATE TABLE "User" (id int PRIMARY KEY);
            CREATE ROLE reporting;
            GRANT SELECT ON "User" TO reporting;
            ```
            """,
        Fix = "`REVOKE … FROM PUBLIC`, and grant the same privileges to the roles that need them.",
        WhenOff = "When the server has no role other than that of the application.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnDatabase(Check);
        rule.Word(Word);
    }

    private static void Check(LiveFacts live, ObservationSink sink)
    {
        foreach (var one in (IEnumerable<NamedObject>)[.. live.Tables, .. live.Snapshot.Schema.Views.Where(v => live.IsOurs(v.Name))])
        {
            if (PrivilegesOfPublic(one) is { Length: > 0 } privileges)
                sink.Report(Observe(privileges, one, live));
        }

        foreach (var schema in live.Snapshot.Schema.Namespaces)
        {
            if (live.IsOurs(new ObjectName(schema.Name, "")) && IsOpen(schema, live))
                sink.Report(Observe(schema, live));
        }
    }

    private static bool IsOpen(Namespace schema, LiveFacts live) =>
        live.Snapshot.Server.Major >= FirstWithClosedPublicSchema && LettersOfPublic(schema.Grants).Contains('C');

    private static string PrivilegesOfPublic(NamedObject one)
    {
        var letters = LettersOfPublic(one.Grants);
        return string.Join(", ", Privileges.Where(p => letters.Contains(p.Letter)).Select(p => p.Name));
    }

    // Whether other roles have the same privileges on both sides. Without any grant the owner has all.
    private static bool IsOfPublicOnly(ImmutableArray<Grant>? from, ImmutableArray<Grant>? to, string? owner)
    {
        return Others(from).SetEquals(Others(to));

        HashSet<string> Others(ImmutableArray<Grant>? grants) =>
            [.. (grants ?? []).Where(g => g.Grantee.Length > 0 && g.Grantee != (owner ?? LiveFacts.Creator)).Select(g => $"{g.Grantee}={g.Privileges}")];
    }

    private static string LettersOfPublic(ImmutableArray<Grant>? grants) => string.Concat((grants ?? []).Where(g => g.Grantee.Length == 0).Select(g => g.Privileges));

    private static Observation Observe(string privileges, NamedObject one, LiveFacts live)
    {
        var name = new Subject(SubjectKind.Table, one.Name.Name, one.Name.Schema).ToString();
        var made = live.InMigrations(s => (NamedObject?)s.Tables.FirstOrDefault(t => t.Name == one.Name) ?? s.Views.FirstOrDefault(v => v.Name == one.Name));
        var isByHand = made is null || PrivilegesOfPublic(made) != privileges;
        return new Observation
        {
            Title = $"PUBLIC has {privileges} on {name}",
            Message = !isByHand ? "A migration grants it." : live.MadeByHand.Length > 0 ? "No migration grants it." : "PUBLIC is every role of the server.",
            Impact = "Every role of the server has the privilege, including roles that are created later.",
            Recommendation = "REVOKE the privilege FROM PUBLIC, and grant it to the roles that need it.",
            Project = live.Project,
            Subject = new Subject(SubjectKind.Grant, one.Name.Name, one.Name.Schema, one.Name.Name),
            Locations = LiveFacts.PlaceOf(live.InMigrations(one.Name)),
            Discriminator = privileges,
            Cause = new Cause(CauseKind.Convention, $"public-grant {privileges} {isByHand}", $"PUBLIC has {privileges}"),
            SpeaksFor = IsOfPublicOnly(made?.Grants, one.Grants, one.Owner) ? null : [],
        };
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations)
    {
        var first = observations[0].Observation;
        return new FindingText(
            $"PUBLIC has {first.Discriminator} on {observations.Length} tables",
            first.Message,
            first.Impact,
            first.Recommendation);
    }

    private static Observation Observe(Namespace schema, LiveFacts live) => new()
    {
        Title = $"Every role may create objects in the schema {schema.Name}",
        Message = "PUBLIC has the privilege CREATE on the schema.",
        Impact = "Any role may create a function or table there that others then use by mistake (CVE-2018-1058).",
        Recommendation = $"REVOKE CREATE ON SCHEMA \"{schema.Name}\" FROM PUBLIC.",
        Project = live.Project,
        Subject = new Subject(SubjectKind.Schema, schema.Name),
        Effort = Effort.Small,
    };
}
