using System.Globalization;
using Plumbline.Audit.Reports.Inspect;
using Plumbline.Audit.Views;
using static Plumbline.Audit.Reports.MarkdownText;

namespace Plumbline.Audit.Reports;

/// <summary>Writes the views of an audit as tables of the Markdown report.</summary>
internal static class ReportViews
{
    /// <summary>The section about schemas: drift field by field, and shared schemas side by side.</summary>
    public static void WriteSchema(AuditViews views, TextWriter output)
    {
        if (views.DriftByTable.IsEmpty && views.SchemaComparison.IsEmpty)
            return;

        output.Write("\n## Schema analysis\n");
        foreach (var table in views.DriftByTable)
        {
            output.Write($"\n### {Escape(table.Table)}: schema and migrations, field by field\n\n| column | schema | migrations | status |\n|---|---|---|---|\n");
            foreach (var column in table.Columns)
                output.Write($"| {Escape(column.Name)} | {Cell(column.Schema)} | {Cell(column.Migrations)} | {column.Status} |\n");
        }

        if (views.SchemaComparison.IsEmpty)
            return;

        output.Write("\n### Models of schemas that share a database\n\n| model | table | status | why |\n|---|---|---|---|\n");
        foreach (var model in views.SchemaComparison)
            output.Write($"| {Escape(model.Model)} | {Escape(model.Table)} | {model.Status} | {Escape(model.Why)} |\n");
    }

    /// <summary>The section about migrations: the timeline with the order in which they work, and the histories of tables.</summary>
    public static void WriteMigrations(AuditViews views, TextWriter output)
    {
        if (views.MigrationTimeline.IsEmpty)
            return;

        output.Write("\n## Migrations and environment\n\n| position | should run | migration | statements | failed | depends on |\n|---|---|---|---|---|---|\n");
        foreach (var row in views.MigrationTimeline)
        {
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Position} | {row.WorkingPosition ?? row.Position} | {Escape(row.Migration)} | {row.Statements} | {row.Failed} | {string.Join(", ", row.DependsOn.Select(Escape))} |\n"));
        }
    }

    /// <summary>A diagram of the tables of each project.</summary>
    public static void WriteDiagrams(AuditViews views, TextWriter output)
    {
        var databases = views.Databases.Where(d => !d.Value.Tables.IsEmpty).ToList();
        if (databases.Count == 0)
            return;

        output.Write("\n## Diagram\n");
        foreach (var (project, schema) in databases)
        {
            using var diagram = new StringWriter();
            MermaidDiagram.Write(schema, diagram);
            output.Write($"\n### {Escape(project)}\n\n{Block(diagram.ToString(), "mermaid")}");
        }
    }

    private static string Cell(string? text) => text is null ? "" : Code(text);
}
