using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Reports.Inspect;

/// <summary>Prints a schema as Markdown, for people: a section for each table with its columns, keys and indexes, then everything else.</summary>
public static class MarkdownSchema
{
    /// <summary>Writes the document; ends in a line feed.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="title">What the document is about.</param>
    /// <param name="output">Takes the text.</param>
    public static void Write(DatabaseSchema schema, string title, TextWriter output)
    {
        output.Write($"# {MarkdownText.Escape(title)}\n");
        foreach (var table in schema.Tables)
        {
            WriteTable(table, output);
        }

        foreach (var view in schema.Views)
        {
            output.Write($"\n## {MarkdownText.Escape(ObjectText.Of(view.Name))} ({(view.IsMaterialized ? "materialized view" : "view")})\n");
            WriteComment(view, output);
            output.Write("\n" + MarkdownText.Block(view.Definition.Text, "sql"));
        }

        WriteList("Enums", schema.Enums.Select(type => $"{MarkdownText.Code(ObjectText.Of(type.Name))}: {string.Join(", ", type.Values.Select(value => MarkdownText.Code(value.Name)))}"), output);
        WriteList("Domains", schema.Domains.Select(domain => $"{MarkdownText.Code(ObjectText.Of(domain.Name))}: {MarkdownText.Code(ObjectText.Of(domain.BaseType))}{(domain.NotNull ? ", not null" : "")}"), output);
        WriteList("Composite types", schema.CompositeTypes.Select(type => $"{MarkdownText.Code(ObjectText.Of(type.Name))}: {string.Join(", ", type.Attributes.Select(attribute => MarkdownText.Code($"{attribute.Name} {ObjectText.Of(attribute.Type)}")))}"), output);
        WriteList(
            "Range types",
            schema.RangeTypes.Select(type => $"{MarkdownText.Code(ObjectText.Of(type.Name))} of {MarkdownText.Code(ObjectText.Of(type.Subtype))}"),
            output);
        WriteList(
            "Sequences",
            schema.Sequences.Where(sequence => sequence.OwnedByTable is null).Select(sequence => MarkdownText.Code(ObjectText.Of(sequence.Name))),
            output);
        WriteList("Functions", schema.Functions.Select(function => MarkdownText.Code(ObjectText.Of(function.Name) + ObjectText.Of(function))), output);
        WriteList("Extensions", schema.Extensions.Select(extension => MarkdownText.Code(extension.Name)), output);
        WriteList("Schemas", schema.Namespaces.Where(name => name.Name != "public").Select(name => MarkdownText.Code(name.Name)), output);
    }

    private static void WriteTable(Table table, TextWriter output)
    {
        output.Write($"\n## {MarkdownText.Escape(ObjectText.Of(table.Name))}\n");
        if (table.ModelName is { } model && model != table.Name.Name)
        {
            output.Write($"\nModel {MarkdownText.Code(model)}.\n");
        }

        WriteComment(table, output);
        output.Write("\n| column | type | null | default | references |\n|---|---|---|---|---|\n");
        foreach (var column in table.Columns)
        {
            var isKey = table.PrimaryKey?.Columns.Contains(column.Name) == true;
            output.Write($"| {(isKey ? "**" : "")}{MarkdownText.Code(column.Name)}{(isKey ? "**" : "")} | {MarkdownText.Code(ObjectText.Of(column.Type))} | {(column.IsNullable ? "yes" : "")} | {ValueOf(column)} | {ReferencesOf(table, column)} |\n");
        }

        var keys = new List<string>();
        if (table.PrimaryKey is { } primary)
        {
            keys.Add($"{MarkdownText.Code(primary.Name)}: primary key on {Columns(primary.Columns)}");
        }

        keys.AddRange(table.UniqueConstraints.Select(key => $"{MarkdownText.Code(key.Name)}: unique on {Columns(key.Columns)}"));
        keys.AddRange(table.Indexes.Select(index => $"{MarkdownText.Code(index.Name)}: {MarkdownText.Code(ObjectText.Of(index))}"));
        keys.AddRange(table.ForeignKeys.Where(key => key.Columns.Length > 1).Select(key => $"{MarkdownText.Code(key.Name)}: {MarkdownText.Code(ObjectText.Of(key))}"));
        keys.AddRange(table.Checks.Select(check => $"{MarkdownText.Code(check.Name)}: {MarkdownText.Code(check.Expression.Text)}"));
        keys.AddRange(table.Policies.Select(policy => $"{MarkdownText.Code(policy.Name)}: {MarkdownText.Code(ObjectText.Of(policy))}"));
        keys.AddRange(table.Triggers.Select(trigger => $"{MarkdownText.Code(trigger.Name)}: {MarkdownText.Code(ObjectText.Of(trigger))}"));
        if (table.RowSecurity)
        {
            keys.Add("Row-level security is enabled.");
        }

        if (keys.Count > 0)
        {
            output.Write("\n" + string.Concat(keys.Select(key => $"- {key}\n")));
        }
    }

    private static string ValueOf(Column column) => column switch
    {
        { Generated: { } generated } => "generated: " + MarkdownText.Code(generated.Text),
        { Identity: not IdentityKind.None } => "identity",
        { Default: { } value } => MarkdownText.Code(value.Text),
        { HasClientDefault: true } => "by the client",
        _ => "",
    };

    private static string ReferencesOf(Table table, Column column) =>
        string.Join(", ", table.ForeignKeys.Where(key => key.Columns.Length == 1 && key.Columns[0] == column.Name)
            .Select(key => MarkdownText.Code($"{ObjectText.Of(key.ReferencedTable)}.{key.ReferencedColumns[0]}")));

    private static string Columns(IEnumerable<string> columns) => string.Join(", ", columns.Select(MarkdownText.Code));

    private static void WriteComment(SchemaObject named, TextWriter output)
    {
        if (named.Comment is { Length: > 0 } comment)
        {
            output.Write($"\n{MarkdownText.Escape(comment)}\n");
        }
    }

    private static void WriteList(string heading, IEnumerable<string> items, TextWriter output)
    {
        var all = items.ToList();
        if (all.Count > 0)
        {
            output.Write($"\n## {heading}\n\n" + string.Concat(all.Select(item => $"- {item}\n")));
        }
    }
}
