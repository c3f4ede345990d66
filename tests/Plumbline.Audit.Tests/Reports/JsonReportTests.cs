using System.Text;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Reports;

namespace Plumbline.Audit.Tests.Reports;

public sealed class JsonReportTests
{
    [Fact]
    public void The_report_has_the_keys_and_the_order_that_programs_rely_on()
    {
        Assert.Equal(
            """
            {
              "version": 1,
              "tool": {
                "name": "plumb",
                "version": "0.1.0"
              },
              "target": {
                "path": ".",
                "projects": [
                  {
                    "name": "app",
                    "schema": "app/prisma/schema.prisma",
                    "migrations": null
                  }
                ]
              },
              "summary": {
                "verdict": "not-ready",
                "reasons": [
                  "critical: users.email is in the schema but no migration creates it (drift/missing-column)."
                ],
                "critical": 1,
                "high": 0,
                "medium": 0,
                "low": 0,
                "info": 0,
                "verified": 1,
                "suppressed": 2,
                "incomplete": [
                  {
                    "what": "the database",
                    "why": "no database was named"
                  }
                ]
              },
              "findings": [
                {
                  "rule": "drift/missing-column",
                  "area": "drift",
                  "severity": "critical",
                  "title": "users.email is in the schema but no migration creates it",
                  "message": "100 % of it: \"email\",\nsee there.",
                  "impact": "Queries fail.",
                  "recommendation": "Add it.",
                  "project": "app",
                  "subject": {
                    "kind": "column",
                    "schema": "public",
                    "table": "users",
                    "name": "email",
                    "model": "User",
                    "field": "email"
                  },
                  "expected": "text NOT NULL",
                  "found": null,
                  "sqlState": null,
                  "locations": [
                    {
                      "role": "schema",
                      "path": "app/prisma/schema.prisma",
                      "line": 3,
                      "column": 5,
                      "endLine": 3,
                      "endColumn": 17
                    },
                    {
                      "role": "migration",
                      "path": "app/prisma/migrations/1_init/migration.sql",
                      "line": 1,
                      "column": 1,
                      "endLine": 4,
                      "endColumn": 3
                    }
                  ],
                  "fix": {
                    "kind": "needs-backfill",
                    "sql": "ALTER TABLE \"users\" ADD COLUMN \"email\" TEXT;",
                    "patch": null
                  },
                  "fingerprint": "0123456789abcdef0123",
                  "effort": "medium",
                  "phase": 1
                }
              ],
              "verified": [
                {
                  "check": "enum-values-agree",
                  "subject": {
                    "kind": "enum",
                    "schema": "public",
                    "name": "Role"
                  },
                  "projects": [
                    "app"
                  ],
                  "order": [
                    "2_b",
                    "1_a"
                  ]
                }
              ],
              "views": {}
            }

            """,
            Json(SampleAudit.Result));
    }

    [Fact]
    public void A_finding_without_a_fix_has_a_null_there() =>
        Assert.Contains("\"fix\": null", Json(SampleAudit.Of(SampleAudit.Finding with { Fix = null })), StringComparison.Ordinal);

    private static string Json(AuditResult result)
    {
        using var stream = new MemoryStream();
        JsonReport.Write(result, ".", stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
