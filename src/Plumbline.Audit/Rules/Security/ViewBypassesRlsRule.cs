using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Writing;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Security;

/// <summary>A view through which roles read rows that the policies of its table hide from them.</summary>
internal sealed partial class ViewBypassesRlsRule : Rule
{
    private const int FirstWithSecurityInvoker = 15;

    private const string Creator = LiveFacts.Creator;
    private const string AllRoles = "";

    // Roles of Supabase with BYPASSRLS; its documentation, "Postgres Roles".
    private static readonly ImmutableArray<string> SupabaseRolesPastRowSecurity =
        [Creator, "service_role", "supabase_admin", "supabase_read_only_user", "supabase_etl_admin"];

    // What the default privileges of a Supabase project give on a new view in the schema "public", beside the roles above.
    private static readonly ImmutableArray<string> SupabaseReaders = ["anon", "authenticated"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "security/view-bypasses-rls",
        Title = "A view bypasses row-level security",
        Severity = Severity.Medium,
        Supersedes = ["drift/view"],
        Needs = [RuleNeed.Migrations],
        HasFix = true,
        What = """
            Views without `security_invoker` (before PostgreSQL 15: all views) over a table with row-level security, if the policies do not apply to the owner of
            the view (it owns a table without `FORCE ROW LEVEL SECURITY`, is a superuser or has `BYPASSRLS`) and a role may read the view to which they do
            apply. The rule looks at a live database, or else at the result of the migrations; on Supabase it assumes the privileges that `anon` and
            `authenticated` have on every new view. Not reported: views whose readers may see all rows through a policy anyway, views that call the same functions as
            the policies to check who is querying, and materialized views, which show their stored rows to everyone.
            """,
        Why = """
            A view reads its tables with the privileges of its owner, not of the role that queries it, so the policies of the table do not apply. With Supabase's
            public keys, anyone can then read all rows.
            """,
        Bad = """
            ```sql
            CREATE ROLE authenticated;
            CREATE TABLE notes (id int PRIMARY KEY, author text);
            ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own ON notes USING (author = current_setting('app.user'));
            CREATE VIEW recent_notes AS SELECT * FROM notes;
            GRANT SELECT ON recent_notes TO authenticated;
            ```
            """,
        Good = """
            ```sql
            CREATE ROLE authenticated;
            CREATE TABLE notes (id int PRIMARY KEY, author text);
            ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own ON notes USING (author = current_setting('app.user'));
            CREATE VIEW recent_notes WITH (security_invoker = true) AS SELECT * FROM notes;
            GRANT SELECT ON recent_notes TO authenticated;
            ```
            """,
        Fix = """
            `ALTER VIEW … SET (security_invoker = true)`; the roles that read the view then also need the privilege on the table. Before PostgreSQL 15, revoke the
            view from those roles, or add the condition of the policies to it.
            """,
        WhenOff = "When a view is meant to bypass the policies and shows only rows that everyone may see.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnDatabase(Check);
        rule.OnProject(CheckWithoutDatabase);
    }

    private static void Check(LiveFacts live, ObservationSink sink)
    {
        var scene = SceneOf(live);
        foreach (var view in live.Snapshot.Schema.Views)
        {
            if (live.IsOurs(view.Name) && Look(view, scene) is { } way)
            {
                var made = live.InMigrations(schema => schema.Views.FirstOrDefault(v => v.Name == view.Name));
                sink.Report(Draft(view, way, live.Snapshot.Server.Major, live.Project, LiveFacts.PlaceOf(made), made is null ? live.MadeByHand : ""));
            }
        }
    }

    private static void CheckWithoutDatabase(ProjectFacts project, ObservationSink sink)
    {
        if (project.Database?.Snapshot is not null)
            return;

        if (project.KnownEnd is not { Schema: { Views.IsEmpty: false } schema })
            return;

        var isSupabase = project.Repository.Platform == Platform.Supabase;
        var scene = new Scene(schema, isSupabase ? SupabaseRolesPastRowSecurity : [], isSupabase ? SupabaseReaders : []);
        foreach (var view in schema.Views)
        {
            // The platform's own views have no location.
            if (view.Location is not null && Look(view, scene) is { } way)
                sink.Report(Draft(view, way, project.Repository.PostgreSqlVersion, project.Name, LiveFacts.PlaceOf(view), ""));
        }
    }

    private static Scene SceneOf(LiveFacts live) => new(live.Snapshot.Schema, live.Snapshot.Server.RolesPastRowSecurity, []);

    private sealed record Scene(DatabaseSchema Schema, ImmutableArray<string> PastRowSecurity, ImmutableArray<string> ReadersByDefault);

    // The views that lead from the reader to the table, in their order, the table, and who reads.
    private sealed record Way(ImmutableArray<View> Views, Table Table, ImmutableArray<string> Readers);

    private static Way? Look(View view, Scene scene)
    {
        if (view.IsMaterialized || IsInvoker(view) || !scene.Schema.Tables.Any(t => t.RowSecurity))
            return null;

        var readers = Readers(view, scene);
        return readers.IsEmpty ? null : Follow([view], scene, readers);
    }

    private static Way? Follow(ImmutableArray<View> views, Scene scene, ImmutableArray<string> readers)
    {
        var view = views[^1];
        if (SqlParser.ParseStatement(view.Definition.Text) is not SelectStatement query)
            return null;

        foreach (var name in QueryRelations.Of(query))
        {
            var read = new ObjectName(name.Schema ?? "public", name.Name);
            if (scene.Schema.Tables.FirstOrDefault(t => t.Name == read) is { } table)
            {
                if (!Passes(view, table, scene) || views.Any(v => AsksAsPoliciesDo(v, table)))
                    continue;

                ImmutableArray<string> heldBack = [.. readers.Where(reader => IsHeldBack(reader, table, scene))];
                if (!heldBack.IsEmpty)
                    return new Way(views, table, heldBack);
            }
            else if (scene.Schema.Views.FirstOrDefault(v => v.Name == read) is { IsMaterialized: false } inner && !IsInvoker(inner) && !views.Contains(inner) &&
                Follow(views.Add(inner), scene, readers) is { } way)
            {
                // A security_invoker view within another view reads its tables as the role of the session.
                return way;
            }
        }

        return null;
    }

    // check_enable_rls: superusers and BYPASSRLS, and the owner where it is not forced.
    private static bool Passes(View view, Table table, Scene scene)
    {
        var owner = view.Owner ?? Creator;
        return table.RowSecurity && (scene.PastRowSecurity.Contains(owner) || (owner == (table.Owner ?? Creator) && !table.ForceRowSecurity));
    }

    private static bool IsHeldBack(string reader, Table table, Scene scene)
    {
        if (scene.PastRowSecurity.Contains(reader) || (reader == (table.Owner ?? Creator) && !table.ForceRowSecurity))
            return false;

        var policies = table.Policies.Where(p => p.Command is PolicyCommand.All or PolicyCommand.Select).ToList();
        return policies.Any(p => !p.IsPermissive) ||
            !policies.Any(p => p.Using is { Text: "true" } && (p.Roles.Contains("public") || p.Roles.Contains(reader)));
    }

    // The condition of the policies, repeated in the view: auth.uid(), current_setting(…), a function of the project's own, CURRENT_USER.
    private static bool AsksAsPoliciesDo(View view, Table table)
    {
        var asked = Calls().EnumerateMatches(view.Definition.Text);
        var inView = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var call in asked)
            inView.Add(view.Definition.Text.Substring(call.Index, call.Length));

        foreach (var policy in table.Policies)
        {
            var condition = policy.Using?.Text ?? "";
            foreach (var call in Calls().EnumerateMatches(condition))
            {
                if (inView.Contains(condition.Substring(call.Index, call.Length)))
                    return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"\b(?:current_user|session_user|current_role)\b|(?<![\w.])(?>[\w.]+)(?=\()", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Calls();

    private static ImmutableArray<string> Readers(View view, Scene scene)
    {
        IEnumerable<string> granted = view.Grants is { } grants
            ? grants.Where(g => g.Privileges.Contains('r')).Select(g => g.Grantee)
            : view.Name.Schema == "public" ? scene.ReadersByDefault : [];
        return [.. granted.Where(role => role != (view.Owner ?? Creator) && MayEnter(role, view.Name.Schema, scene)).Order(StringComparer.Ordinal)];
    }

    // A role without USAGE on the schema cannot read the view.
    private static bool MayEnter(string role, string schema, Scene scene)
    {
        var own = scene.Schema.Namespaces.FirstOrDefault(n => n.Name == schema);
        return own?.Grants is { } grants
            ? role == (own.Owner ?? Creator) || grants.Any(g => g.Privileges.Contains('U') && (role == AllRoles || g.Grantee == AllRoles || g.Grantee == role))
            : schema == "public";
    }

    private static bool IsInvoker(View view) =>
        view.Options.Any(o => o.Name == "security_invoker" && o.Value.ToUpperInvariant() is "" or "TRUE" or "ON" or "YES" or "1" or "T" or "Y");

    private static Observation Draft(View view, Way way, int version, string project, ImmutableArray<FindingLocation> places, string origin)
    {
        var name = new Subject(SubjectKind.View, view.Name.Name, view.Name.Schema).ToString();
        var table = new Subject(SubjectKind.Table, way.Table.Name.Name, way.Table.Name.Schema).ToString();
        var readers = string.Join(", ", way.Readers.Select(r => r == AllRoles ? "PUBLIC" : r));
        var inner = string.Join(", ", way.Views.Skip(1).Select(v => new Subject(SubjectKind.View, v.Name.Name, v.Name.Schema).ToString()));
        var through = inner.Length == 0 ? "" : $" through {inner}";
        var canAsk = version >= FirstWithSecurityInvoker;
        return new Observation
        {
            Title = $"The view {name} bypasses the row-level security of {table}",
            Message = $"The view reads the table{through} as its owner, to whom the policies do not apply, and {readers} may read the view.{origin}",
            Impact = $"Through the view, {readers} can read rows of {table} that the policies are meant to hide.",
            Recommendation = canAsk
                ? $"Run ALTER VIEW … SET (security_invoker = true), so that the policies apply to the querying role, which then also needs the privilege on {table}. " +
                    "Or revoke the view from those roles."
                : $"Before PostgreSQL 15 a view cannot use the privileges of its reader: revoke it from {readers}, or add the condition of the policies to it.",
            Project = project,
            Subject = new Subject(SubjectKind.View, view.Name.Name, view.Name.Schema),
            Locations = places,
            Discriminator = table,
            Fix = canAsk ? new FindingFix(FixKind.Safe, string.Join('\n', way.Views.Select(Invoked))) : null,
            Effort = canAsk ? Effort.Small : Effort.Medium,
        };
    }

    private static string Invoked(View view) => $"ALTER VIEW {SqlIdentifier.Quote(view.Name)} SET (security_invoker = true);";
}
