using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Security;

/// <summary>A function that runs with its owner's privileges and resolves names by its caller's search_path.</summary>
internal sealed class SecurityDefinerSearchPathRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "security/security-definer-search-path",
        Title = "A SECURITY DEFINER function does not set its search_path",
        Severity = Severity.Medium,
        Supersedes = ["drift/function"],
        Needs = [RuleNeed.Database],
        What = """
            `SECURITY DEFINER` functions and procedures of a live database without `SET search_path`. Not reported: bodies in standard SQL (`BEGIN ATOMIC`,
            `RETURN`), whose names were resolved when the function was created, functions in C, and functions of extensions.
            """,
        Why = """
            The function runs with the privileges of its owner, but finds tables, functions and operators through the search path of its caller. A role that may create
            objects, even temporary ones, can make the function use them. See "Writing SECURITY DEFINER Functions Safely" in the PostgreSQL documentation.
            """,
        Bad = """
            ```sql
            CREATE FUNCTION is_admin(uid int) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RETURN uid = 1; END $$;
            ```
            """,
        Good = """
            ```sql
            CREATE FUNCTION is_admin(uid int) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RETURN uid = 1; END $$;
            ALTER FUNCTION is_admin(int) SET search_path = pg_catalog, public, pg_temp;
            ```
            """,
        Fix = "`ALTER FUNCTION … SET search_path = …, pg_temp` in a migration, with the schemas that the function needs.",
        WhenOff = "When only the owner and superusers may call the function.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnDatabase(Check);

    private static void Check(LiveFacts live, ObservationSink sink)
    {
        foreach (var function in live.Snapshot.Schema.Functions)
        {
            if (!IsOpen(function) || !live.IsOurs(function.Name))
                continue;

            var name = new Subject(SubjectKind.Function, function.Name.Name, function.Name.Schema).ToString();
            var made = live.InMigrations(s => s.Functions.FirstOrDefault(f => f.Name == function.Name && f.Signature == function.Signature));
            sink.Report(new Observation
            {
                Title = $"The SECURITY DEFINER function {name} does not set its search_path",
                Message = $"{name}({function.Signature}) runs with the privileges of its owner and resolves names through the search path of its caller." +
                    (made is null ? live.MadeByHand : ""),
                Impact = "A role that may create objects and call the function can make it use them with the privileges of the owner.",
                Recommendation = $"ALTER FUNCTION {name}({function.Signature}) SET search_path = pg_catalog, {function.Name.Schema}, pg_temp, or the schemas that it needs.",
                Project = live.Project,
                Subject = new Subject(SubjectKind.Function, function.Name.Name, function.Name.Schema),
                Locations = LiveFacts.PlaceOf(made),
                Discriminator = function.Signature,
                Effort = Effort.Small,
            });
        }
    }

    private static bool IsOpen(Function function) =>
        function is { IsSecurityDefiner: true, IsSqlBody: false, Language: not ("c" or "internal") } &&
        !function.Settings.Any(s => string.Equals(s.Name, "search_path", StringComparison.OrdinalIgnoreCase));
}
