using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Reports;
using Plumbline.Audit.Views;

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
                "occurrences": 1,
                "verified": 1,
                "suppressed": 2,
                "accepted": 3,
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
                    "patch": null,
                    "migrations": [
                      {
                        "name": "add_users_email",
                        "sql": "ALTER TABLE \"users\" ADD COLUMN \"email\" TEXT;"
                      }
                    ]
                  },
                  "fingerprint": "0123456789abcdef0123",
                  "effort": "medium",
                  "phase": 1,
                  "cause": {
                    "kind": "dropped-by-migration",
                    "text": "1_init drops it",
                    "location": {
                      "role": "migration",
                      "path": "app/prisma/migrations/1_init/migration.sql",
                      "line": 1,
                      "column": 1,
                      "endLine": 4,
                      "endColumn": 3
                    }
                  },
                  "occurrences": [
                    {
                      "rule": "drift/missing-column",
                      "severity": "critical",
                      "title": "users.email is in the schema but no migration creates it",
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
                        }
                      ],
                      "fix": null,
                      "fingerprint": "0123456789abcdef0123"
                    }
                  ]
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

    [Fact]
    public void A_finding_without_a_known_cause_has_a_null_there() =>
        Assert.Contains("\"cause\": null", Json(SampleAudit.Of(SampleAudit.Finding with { Cause = null })), StringComparison.Ordinal);

    [Fact]
    public void Findings_and_facts_are_counted_apart()
    {
        var occurrence = SampleAudit.Finding.Occurrences[0];
        using var report = JsonDocument.Parse(Json(SampleAudit.Of(SampleAudit.Finding with { Occurrences = [occurrence, occurrence with { Fingerprint = "b" }] })));
        var summary = report.RootElement.GetProperty("summary");
        Assert.Equal((1, 2), (summary.GetProperty("critical").GetInt32(), summary.GetProperty("occurrences").GetInt32()));
    }

    [Fact]
    public void Views_have_their_projects_and_tables_as_keys_and_are_left_out_where_empty()
    {
        var views = new AuditViews
        {
            TableHistory = [new TableHistory("events", [new TableStep("1_a", 3, "rename-table", "Event → events")])],
            SchemaComparison =
            [
                new ModelComparison("Shop", "shops", "subset", [], [new FieldComparison("name", [new("app", "String?"), new("monitor", null)], "missing")], AtRisk: true, "why"),
            ],
            TableMappings = [new TableMapping("shops", [new("monitor", "Shop"), new("app", "Store")], Agrees: false)],
        };
        using var report = JsonDocument.Parse(Json(SampleAudit.Of(SampleAudit.Finding) with { LazyViews = new Lazy<AuditViews>(views) }));
        Assert.Equal(
            """
            {"tableHistory":{"events":[{"migration":"1_a","line":3,"change":"rename-table","detail":"Event → events"}]},
            "schemaComparison":[{"model":"Shop","table":"shops","status":"subset","missingFrom":[],
            "fields":[{"name":"name","app":"String?","monitor":null,"status":"missing"}],"atRisk":true,"why":"why"}],
            "tableMappings":[{"table":"shops","names":{"monitor":"Shop","app":"Store"},"agrees":false}]}
            """.ReplaceLineEndings(""),
            Compact(report.RootElement.GetProperty("views")));
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element, new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static string Json(AuditResult result)
    {
        using var stream = new MemoryStream();
        JsonReport.Write(result, ".", stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
