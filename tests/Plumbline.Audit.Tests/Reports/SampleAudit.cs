using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Tests.Reports;

/// <summary>An audit with one finding of everything, for the reports' tests.</summary>
internal static class SampleAudit
{
    public static Finding Finding { get; } = new()
    {
        Rule = "drift/missing-column",
        Severity = Severity.Critical,
        Title = "users.email is in the schema but no migration creates it",
        Message = "100 % of it: \"email\",\nsee there.",
        Impact = "Queries fail.",
        Recommendation = "Add it.",
        Project = "app",
        Subject = new Subject(SubjectKind.Column, "email", "public", "users", "User", "email"),
        Expected = "text NOT NULL",
        Locations =
        [
            new FindingLocation(LocationRole.Schema, new SourceLocation("app/prisma/schema.prisma", 3, 5, 3, 17)),
            new FindingLocation(LocationRole.Migration, new SourceLocation("app/prisma/migrations/1_init/migration.sql", 1, 1, 4, 3)),
        ],
        Fix = new FindingFix(FixKind.NeedsBackfill, "ALTER TABLE \"users\" ADD COLUMN \"email\" TEXT;")
        {
            Migrations = [new FixMigration("add_users_email", "ALTER TABLE \"users\" ADD COLUMN \"email\" TEXT;", FixKind.NeedsBackfill)],
        },
        Fingerprint = "0123456789abcdef0123",
        Effort = Effort.Medium,
        Phase = 1,
        Cause = new Cause(
            CauseKind.DroppedByMigration, "1_init", "1_init drops it", new FindingLocation(LocationRole.Migration, new SourceLocation("app/prisma/migrations/1_init/migration.sql", 1, 1, 4, 3))),
        Occurrences =
        [
            new Occurrence
            {
                Rule = "drift/missing-column",
                Severity = Severity.Critical,
                Title = "users.email is in the schema but no migration creates it",
                Subject = new Subject(SubjectKind.Column, "email", "public", "users", "User", "email"),
                Expected = "text NOT NULL",
                Locations = [new FindingLocation(LocationRole.Schema, new SourceLocation("app/prisma/schema.prisma", 3, 5, 3, 17))],
                Fingerprint = "0123456789abcdef0123",
            },
        ],
    };

    public static AuditResult Result { get; } = Of(Finding);

    public static AuditResult Of(params ImmutableArray<Finding> findings) => new()
    {
        Repository = new Repository
        {
            Root = "/repository",
            RepositoryRoot = "/repository",
            Files = [new WorkspaceFile(new SourceText("app/prisma/schema.prisma", "model User {\n  id Int @id\n    email String\n}\n"))],
            Projects = [new Project { Name = "app", SchemaPath = "app/prisma/schema.prisma", ExpectedMigrationsPath = "app/prisma/migrations" }],
        },
        Readiness = Readiness.Of(findings, []),
        Findings = findings,
        Verified = [new VerifiedFact("enum-values-agree", new Subject(SubjectKind.Enum, "Role", "public"), ["app"], ["2_b", "1_a"])],
        Incomplete = [new Incomplete("the database", "no database was named")],
        Suppressed = 2,
        Accepted = 3,
    };
}
