using System.Text;
using Plumbline.Prisma.Formatting;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Printing;

/// <summary>
/// From a database to the Prisma schema that <c>prisma db pull</c> would give for it. What no Prisma schema can say stands in <c>///</c> comments above the
/// model that it
/// belongs to, or at the end. The text is formatted as <c>prisma format</c> does.
/// </summary>
public sealed class SchemaPrinter
{
    private readonly PrintingPlan _plan;
    private readonly RelationPlan _relations;
    private readonly HashSet<ObjectName> _ignored;
    private readonly StringBuilder _text = new();

    private SchemaPrinter(DatabaseSchema schema)
    {
        _plan = new PrintingPlan(schema);
        _ignored = _plan.Models.Where(t => t.IsIgnored || !IsUsable(t)).Select(t => t.Name).ToHashSet();
        _relations = new RelationPlan(_plan, _ignored);
    }

    /// <summary>Prints a database.</summary>
    public static string Print(DatabaseSchema schema) => new SchemaPrinter(schema).Run();

    private string Run()
    {
        PrintConfiguration();
        foreach (var table in _plan.Models)
        {
            PrintModel(table);
        }

        foreach (var type in _plan.Schema.Enums)
        {
            PrintEnum(type);
        }

        foreach (var note in DatabaseNotes.Of(_plan.Schema).SelectMany(PrismaText.Documentation))
        {
            Line(note);
        }

        return PrismaFormatter.Write(SchemaSyntax.Parse(new SourceText("schema.prisma", _text.ToString())));
    }

    private void PrintConfiguration()
    {
        var extensions = _plan.Schema.Extensions.Where(e => e.Name != "plpgsql").ToList();
        var hasPredicates = _plan.Models.Any(t => t.Indexes.Any(i => i.Predicate is not null && i.Keys.All(k => k.Column is not null)));
        List<string> features = [];
        if (hasPredicates)
        {
            features.Add("\"partialIndexes\"");
        }

        if (extensions.Count > 0)
        {
            features.Add("\"postgresqlExtensions\"");
        }

        Line("generator client {");
        Line("  provider = \"prisma-client-js\"");
        if (features.Count > 0)
        {
            Line($"  previewFeatures = [{string.Join(", ", features)}]");
        }

        Line("}");
        Line("");
        Line("datasource db {");
        Line("  provider = \"postgresql\"");
        if (_plan.IsMultiSchema)
        {
            Line($"  schemas = [{string.Join(", ", _plan.NamespacesInUse.Select(PrismaText.Quote))}]");
        }

        if (extensions.Count > 0)
        {
            var names = new PrismaNames();
            Line($"  extensions = [{string.Join(", ", extensions.Select(e => Extension(e, names)))}]");
        }

        Line("}");
        Line("");
    }

    private static string Extension(Extension extension, PrismaNames names)
    {
        var name = names.TakeMember(extension.Name);
        var arguments = new[]
        {
            name == extension.Name ? "" : $"map: {PrismaText.Quote(extension.Name)}",
            extension.Schema is null or "public" ? "" : $"schema: {PrismaText.Quote(extension.Schema)}",
            extension.Version is null ? "" : $"version: {PrismaText.Quote(extension.Version)}",
        }.Where(a => a.Length > 0).ToList();
        return arguments.Count == 0 ? name : $"{name}({string.Join(", ", arguments)})";
    }

    private void PrintModel(Table table)
    {
        var indexes = new PrintedIndexes(_plan, table);
        var notes = DatabaseNotes.Of(table).Concat(indexes.Notes).Concat(_relations.NotesOf(table.Name)).ToList();
        foreach (var note in (table.Comment is null ? notes : [table.Comment, .. notes]).SelectMany(PrismaText.Documentation))
        {
            Line(note);
        }

        if (!IsUsable(table))
        {
            Line("/// The table has no key whose columns are all required, so that Prisma Client can't be used with it.");
        }

        var name = _plan.ModelNames[table.Name];
        Line($"model {name} {{");
        foreach (var column in table.Columns)
        {
            PrintField(table, column, indexes.OfFields.GetValueOrDefault(column.Name, []));
        }

        foreach (var relation in _relations.LinesOf(table.Name))
        {
            Line($"  {relation}");
        }

        Line("");
        foreach (var attribute in indexes.OfBlock)
        {
            Line($"  {attribute}");
        }

        PrintBlockEnd(name, table.Name);
        if (_ignored.Contains(table.Name))
        {
            Line("  @@ignore");
        }

        Line("}");
        Line("");
    }

    private void PrintField(Table table, Column column, List<string> indexAttributes)
    {
        foreach (var note in DatabaseNotes.Of(column).SelectMany(PrismaText.Documentation))
        {
            Line($"  {note}");
        }

        var type = _plan.TypeOf(column);
        var enumValues = type.Kind == PrintedTypeKind.Enum ? _plan.EnumValues.GetValueOrDefault(column.Type.QualifiedName) : null;
        var field = _plan.FieldOf(table.Name, column.Name);
        var parts = new List<string> { field, type.Name + (column.Type.IsArray ? "[]" : column.IsNullable ? "?" : "") };
        parts.AddRange(indexAttributes);
        if (PrintedDefault.Of(column, type, enumValues, _plan.IsSerial(table, column)) is { } value)
        {
            parts.Add($"@default({value})");
        }

        if (field != column.Name)
        {
            parts.Add($"@map({PrismaText.Quote(column.Name)})");
        }

        if (type.NativeType is { } native)
        {
            parts.Add(native);
        }

        Line($"  {string.Join(' ', parts)}");
    }

    private void PrintEnum(EnumType type)
    {
        foreach (var note in type.Comment is null ? [] : PrismaText.Documentation(type.Comment))
        {
            Line(note);
        }

        var name = _plan.EnumNames[type.Name];
        Line($"enum {name} {{");
        foreach (var value in type.Values)
        {
            var valueName = _plan.EnumValues[type.Name][value.Name];
            Line($"  {valueName}{(valueName == value.Name ? "" : $" @map({PrismaText.Quote(value.Name)})")}");
        }

        Line("");
        PrintBlockEnd(name, type.Name);
        Line("}");
        Line("");
    }

    private void PrintBlockEnd(string name, ObjectName databaseName)
    {
        if (name != databaseName.Name)
        {
            Line($"  @@map({PrismaText.Quote(databaseName.Name)})");
        }

        if (_plan.IsMultiSchema)
        {
            Line($"  @@schema({PrismaText.Quote(databaseName.Schema)})");
        }
    }

    // Prisma Client finds a row by columns that are unique, required, and of a type that it knows.
    private bool IsUsable(Table table) =>
        PrintingPlan.UniqueColumns(table).Any(columns => columns.All(c => table.FindColumn(c) is { IsNullable: false } column &&
            _plan.TypeOf(column).Kind != PrintedTypeKind.Unsupported));

    private void Line(string line) => _text.Append(line).Append('\n');
}
