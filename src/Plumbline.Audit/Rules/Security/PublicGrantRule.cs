using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Security;

/// <summary>Every role of the server may read or change a table.</summary>
internal sealed class PublicGrantRule : LiveRule
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
    public override bool Tells(SchemaChange change, LiveFacts live) =>
        change.Kind is ChangeKind.AddGrant or ChangeKind.AlterGrant && change.ToObject switch
        {
            Namespace schema => live.IsOurs(new ObjectName(schema.Name, "")) && IsOpen(schema, live) &&
                IsOfPublicOnly((change.FromObject as Namespace)?.Grants, schema.Grants, schema.Owner),
            Table or View when change.ToObject is NamedObject one => live.IsOurs(one.Name) && PrivilegesOfPublic(one).Length > 0 &&
                IsOfPublicOnly((change.FromObject as NamedObject)?.Grants, one.Grants, one.Owner),
            _ => false,
        };

    /// <inheritdoc/>
    protected override void Check(LiveFacts live, FindingCollector findings)
    {
        var open = new SortedDictionary<string, List<NamedObject>>(StringComparer.Ordinal);
        foreach (var one in (IEnumerable<NamedObject>)[.. live.Tables, .. live.Snapshot.Schema.Views.Where(v => live.IsOurs(v.Name))])
        {
            var privileges = PrivilegesOfPublic(one);
            if (privileges.Length == 0)
                continue;

            if (!open.TryGetValue(privileges, out List<NamedObject>? objects))
                open.Add(privileges, objects = []);

            objects.Add(one);
        }

        foreach (var (privileges, objects) in open)
            findings.Add(Draft(privileges, objects, live));

        foreach (var schema in live.Snapshot.Schema.Namespaces)
        {
            if (live.IsOurs(new ObjectName(schema.Name, "")) && IsOpen(schema, live))
                findings.Add(Draft(schema, live));
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

    private static FindingDraft Draft(string privileges, List<NamedObject> objects, LiveFacts live)
    {
        string[] names = [.. objects.Select(o => new Subject(SubjectKind.Table, o.Name.Name, o.Name.Schema).ToString())];
        var what = names.Length == 1 ? names[0] : $"{names.Length} tables";
        return new FindingDraft
        {
            Title = $"Every role may {privileges} on {what}",
            Message = $"PUBLIC has {privileges} on {Names(names)}.{OriginOf(privileges, objects, live)}",
            Impact = "Every role of the server has it, those too that are made later.",
            Recommendation = "REVOKE it FROM PUBLIC, and grant the same to the roles that need it.",
            Project = live.Project,
            Subject = names.Length == 1
                ? new Subject(SubjectKind.Grant, objects[0].Name.Name, objects[0].Name.Schema, objects[0].Name.Name)
                : new Subject(SubjectKind.Database, live.Snapshot.Server.Database),
            Locations = [.. objects.SelectMany(o => LiveFacts.PlaceOf(live.InMigrations(o.Name)))],
            Discriminator = privileges,
            Effort = Effort.Small,
        };
    }

    private static string OriginOf(string privileges, List<NamedObject> objects, LiveFacts live)
    {
        string[] byHand =
        [
            .. objects.Where(o => !IsGrantedByMigrations(o, privileges, live)).Select(o => new Subject(SubjectKind.Table, o.Name.Name, o.Name.Schema).ToString()),
        ];
        return byHand.Length == 0 || live.MadeByHand.Length == 0 ? ""
            : byHand.Length == objects.Count ? " No migration grants it: somebody did so in the database."
            : $" On {Names(byHand)} no migration grants it.";
    }

    private static string Names(string[] names) => string.Join(", ", names.Take(NamedInMessage)) + (names.Length > NamedInMessage ? ", …" : "");

    private static bool IsGrantedByMigrations(NamedObject one, string privileges, LiveFacts live) =>
        live.InMigrations(s => (NamedObject?)s.Tables.FirstOrDefault(t => t.Name == one.Name) ?? s.Views.FirstOrDefault(v => v.Name == one.Name))
            is { } made && PrivilegesOfPublic(made) == privileges;

    private static FindingDraft Draft(Namespace schema, LiveFacts live) => new()
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
