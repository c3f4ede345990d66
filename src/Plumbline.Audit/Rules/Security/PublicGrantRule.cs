using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Security;

/// <summary>Every role of the server may read or change a table.</summary>
internal sealed class PublicGrantRule : Rule
{
    private const int NamedInMessage = 5;
    private const int FirstWithClosedPublicSchema = 15;

    private static readonly (char Letter, string Name)[] Privileges = [('r', "SELECT"), ('a', "INSERT"), ('w', "UPDATE"), ('d', "DELETE"), ('D', "TRUNCATE")];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "security/public-grant",
        Title = "Every role of the server has privileges on a table",
        Severity = Severity.Medium,
        Supersedes = ["drift/grant"],
        Needs = [RuleNeed.Database],
        What = """
            Privileges that `PUBLIC` has on tables and views of a live database, and the right to create objects in their schemas from PostgreSQL 15 on, before which every database
            had it. The same privileges on several tables are one finding. What every database has is none: `EXECUTE` on functions, `USAGE` on the schema `public` and on types.
            """,
        Why = """
            `PUBLIC` is every role there is and every one that will be: a reporting tool, another application on the same server. What it may, no `REVOKE` from a single role takes away.
            """,
        Bad = """
            ```sql
            GRANT SELECT ON "User" TO PUBLIC;
            ```
            """,
        Good = """
            ```sql
            REVOKE ALL ON "User" FROM PUBLIC;
            GRANT SELECT ON "User" TO reporting;
            ```
            """,
        Fix = "`REVOKE … FROM PUBLIC`, and grant the same to the roles that need it.",
        WhenOff = "When the database has no role but that of the application.",
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

    // What other roles have is the same on both sides. Where nothing was granted, the owner has all.
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
            Message = $"Every role may {privileges} on {name}.{(isByHand && live.MadeByHand.Length > 0 ? " No migration grants it." : "")}",
            Impact = "Every role of the server has it, including roles that are created later.",
            Recommendation = "REVOKE it FROM PUBLIC, and grant it to the roles that need it.",
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
        string[] names = [.. observations.Select(o => new Subject(SubjectKind.Table, o.Observation.Subject.Name, o.Observation.Subject.Schema).ToString())];
        return new FindingText(
            $"PUBLIC has {first.Discriminator} on {names.Length} tables",
            $"Every role may {first.Discriminator} on {string.Join(", ", names.Take(NamedInMessage))}{(names.Length > NamedInMessage ? $" and {names.Length - NamedInMessage} more" : "")}.",
            first.Impact,
            first.Recommendation);
    }

    private static Observation Observe(Namespace schema, LiveFacts live) => new()
    {
        Title = $"Every role may create objects in the schema {schema.Name}",
        Message = $"PUBLIC has CREATE on the schema {schema.Name}.",
        Impact = "Any role may put a function or table there that others then use in place of the one they mean (CVE-2018-1058).",
        Recommendation = $"REVOKE CREATE ON SCHEMA \"{schema.Name}\" FROM PUBLIC.",
        Project = live.Project,
        Subject = new Subject(SubjectKind.Schema, schema.Name),
        Effort = Effort.Small,
    };
}
