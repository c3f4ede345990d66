using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Connections.Credentials;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Security;

/// <summary>A password of a database is in a file of the repository.</summary>
internal sealed class CredentialsInRepositoryRule : Rule
{
    private const string Impact = "Everyone who can read the repository can log in to the database.";
    private const string ImpactOfSetup = "Everyone who can read the repository knows the password of every database that is set up with this file.";
    private const string Recommendation =
        "Change it on the server, and read it from the environment or from a secret store. Removing the line is not enough, because the git history keeps it.";

    // Files and folders for databases that hold nothing of value.
    private static readonly string[] Throwaway =
    [
        "ci", "cypress", "demo", "dev", "devcontainer", "develop", "development", "e2e", "example", "examples", "integration", "local", "localhost", "playground", "playwright",
        "preview", "sample", "samples", "test", "testing", "tests",
    ];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "security/credentials-in-repository",
        Title = "A database password is in the repository",
        Severity = Severity.Critical,
        Needs = [RuleNeed.Repository],
        What = """
            Passwords of database servers in files that git does not ignore: URLs (PostgreSQL, MySQL, and the API keys of Prisma Accelerate and Prisma
            Postgres), variables such as `PGPASSWORD` and `DB_PASSWORD`, and `CREATE ROLE … PASSWORD`. The rule searches environment files, Markdown
            outside hidden folders, shell scripts, CI, Docker Compose, deployment files, SQL, and the code that reads settings or is in a folder for
            scripts, up to 512 KiB for each file. It never shows a password.

            - Critical: the password of a server that is named and that is neither local nor a service of Docker Compose. If the password is a simple
              word, the severity is medium, and documents and templates are ignored.
            - Medium: a password that looks generated, of a server that cannot be determined, such as `POSTGRES_PASSWORD` in a Compose file. Documents,
              templates, CI, files for development or tests, and passwords that are also used for a local server are ignored.
            - Medium: any password in a migration, because every database gets it.

            Placeholders (`<password>`, `changeme`, `$VAR`), common words (`postgres`, `secret`, the name of the user), example hosts, local servers and
            test code are ignored.
            """,
        Why = "Everyone who can read the repository, a fork or a backup can log in to the database. The git history keeps the password after the line is removed.",
        Bad = """
            ```sql
            CREATE ROLE reporter LOGIN PASSWORD 'k7Vq2mXw9TzL';
            ```
            """,
        Good = """
            ```sql
            -- ALTER ROLE reporter PASSWORD … is run by hand, once for each server.
            CREATE ROLE reporter LOGIN;
            ```
            """,
        Fix = "Change the password on the server. Then remove it from the file, and read it from the environment or from a secret store.",
        WhenOff = "When the databases are reachable only from machines that are thrown away with them.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnRepository(Check);
        rule.Word(Word);
    }

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        var local = context.Passwords.Where(password => password.Reach is HostReach.Local or HostReach.Socket)
            .Select(password => password.Secret)
            .ToHashSet(StringComparer.Ordinal);
        var number = 0;
        foreach (var same in context.Passwords.Where(password => SeverityOf(password, local) is not null).GroupBy(password => password.Secret, StringComparer.Ordinal))
        {
            // Where one place names the server, the others are about it too.
            var places = same.OrderByDescending(password => SeverityOf(password, local)).ThenBy(password => password.Server is null).ToList();
            var cause = places.Count == 1 ? null : new Cause(CauseKind.SameCode, $"password {++number}", "The same password is in several places");
            string?[] projects = [.. places.Select(password => context.ProjectOf(password.Location.Path)?.Name).Distinct(StringComparer.Ordinal)];
            foreach (var password in places)
                sink.Report(Describe(password, SeverityOf(password, local)!.Value) with { Cause = cause, Project = projects is [var only] ? only : null });
        }
    }

    private static Severity? SeverityOf(WrittenPassword password, HashSet<string> local)
    {
        if (password.Place == CredentialPlace.Migration && password.Form == CredentialForm.Role)
            return password.Look > PasswordLook.Placeholder ? Severity.Medium : null;

        var isText = password.Place is CredentialPlace.Document or CredentialPlace.Template;
        if (IsRemote(password))
        {
            return password.Look switch
            {
                PasswordLook.Strong or PasswordLook.Generated => Severity.Critical,
                PasswordLook.Weak when !isText => Severity.Medium,
                _ => null,
            };
        }

        var isUnknown = password.Reach is HostReach.Unknown or HostReach.Network or HostReach.Internal;
        return isUnknown && password.Look == PasswordLook.Generated && !isText && password.Place != CredentialPlace.Pipeline &&
            !local.Contains(password.Secret) && !IsThrowaway(password.Location.Path)
            ? Severity.Medium
            : null;
    }

    // A name inside a cluster or a company's network may be that of any server; the platforms' own names lead to one.
    private static bool IsRemote(WrittenPassword password) =>
        password.Reach is HostReach.Public or HostReach.Proxy ||
        (password.Reach == HostReach.Internal && DatabaseHosts.PlatformOf(password.Server!.Split(':')[0]) is { } platform && platform != DatabaseHosts.SomePlatform);

    private static bool IsThrowaway(string path) =>
        path.Split(['/', '.', '-', '_']).Any(part => Throwaway.Contains(part, StringComparer.OrdinalIgnoreCase));

    private static Observation Describe(WrittenPassword password, Severity severity) => new()
    {
        Severity = severity,
        Title = password.Form == CredentialForm.Role
            ? $"{password.Location.Path} sets the password of the role {password.User}"
            : $"The {WhatOf(password)} is in {password.Location.Path}",
        Message = password.Form switch
        {
            CredentialForm.Role when password.Place == CredentialPlace.Migration => "The password is a literal in the migration, so every database that runs it has the same one.",
            CredentialForm.Role => "The password is a literal in the statement.",
            CredentialForm.Variable => $"{password.Shown} is set to a literal.",
            CredentialForm.ApiKey => "The URL contains the key.",
            _ => "The URL contains the password.",
        },
        Impact = IsRemote(password) ? Impact : ImpactOfSetup,
        Recommendation = Recommendation,
        Project = null,
        Subject = new Subject(SubjectKind.Environment, password.Server ?? password.User ?? password.Shown),
        Locations = [new FindingLocation(RoleOf(password.Place), password.Location)],
        Discriminator = password.User ?? "",
    };

    private static string WhatOf(WrittenPassword password)
    {
        var what = password.Form == CredentialForm.ApiKey ? "API key" : "password";
        return (password.User, password.Server) switch
        {
            ({ } user, { } server) => $"{what} of {user} on {server}",
            (null, { } server) => $"{what} of {server}",
            ({ } user, null) => $"{what} of the database user {user}",
            _ => $"database {what} {password.Shown}",
        };
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations)
    {
        var first = observations[0].Observation;
        var files = observations.Select(reported => reported.Observation.Locations[0].Place.Path).Distinct(StringComparer.Ordinal).ToList();
        return files.Count == 1
            ? new FindingText(first.Title, $"It is there {observations.Length} times.", first.Impact, first.Recommendation)
            : new FindingText(
                $"{first.Title} and in {Plural.Of(files.Count - 1, "other file", "other files")}", $"It is in {NameList.Of(files)}.", first.Impact, first.Recommendation);
    }

    private static LocationRole RoleOf(CredentialPlace place) => place switch
    {
        CredentialPlace.Migration => LocationRole.Migration,
        CredentialPlace.Sql => LocationRole.Stray,
        CredentialPlace.Document => LocationRole.Document,
        CredentialPlace.Environment or CredentialPlace.Template => LocationRole.Environment,
        CredentialPlace.Code => LocationRole.Code,
        _ => LocationRole.Configuration,
    };
}
