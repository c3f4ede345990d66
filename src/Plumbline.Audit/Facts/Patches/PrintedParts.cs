using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Printing;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Facts.Patches;

/// <summary>Parts of the database that the migrations make, as a Prisma schema says them, under the names that the schema at hand has for what it knows.</summary>
/// <param name="schema">The schema at hand.</param>
/// <param name="prisma">The database that Prisma would create for it.</param>
/// <param name="migrations">The database that the migrations make.</param>
internal sealed class PrintedParts(PrismaSchema schema, DatabaseSchema prisma, DatabaseSchema migrations)
{
    private readonly Dictionary<ObjectName, EnumType> _enums = prisma.Enums.DistinctBy(e => e.Name).ToDictionary(e => e.Name);
    private readonly Dictionary<ObjectName, Table> _tables = prisma.Tables.DistinctBy(t => t.Name).ToDictionary(t => t.Name);

    /// <summary>The schema's table of a name; null where it has none.</summary>
    public Table? Known(ObjectName table) => _tables.GetValueOrDefault(table);

    /// <summary>Prints tables of the migrations together, with the tables of the schema that they refer to, and reads that.</summary>
    public PrismaSchema Print(IReadOnlyCollection<Table> tables)
    {
        var names = tables.Select(t => t.Name).ToHashSet();
        var referenced = tables.SelectMany(t => t.ForeignKeys).Select(k => k.ReferencedTable).Distinct().Where(n => !names.Contains(n)).Select(Known).OfType<Table>()
            .Select(t => t with { ForeignKeys = [] });
        return Read(DatabaseSchema.Empty with
        {
            Namespaces = migrations.Namespaces,
            Tables = [.. tables, .. referenced],
            Enums = [.. EnumsOf(tables).Select(e => _enums.GetValueOrDefault(e.Name, e))],
        });
    }

    /// <summary>The enums of the tables' columns that the schema lacks.</summary>
    public IEnumerable<EnumType> MissingEnums(IReadOnlyCollection<Table> tables) => EnumsOf(tables).Where(e => !_enums.ContainsKey(e.Name));

    /// <summary>A table of the migrations with some of its columns, and its columns called as the schema calls them.</summary>
    public static Table Named(Table table, Table known, params IEnumerable<Column> columns) => table with
    {
        ModelName = known.ModelName,
        Columns = [.. columns.Select(c => known.FindColumn(c.Name)?.FieldName is { } field ? c with { FieldName = field } : c)],
        PrimaryKey = null,
        ForeignKeys = [],
        UniqueConstraints = [],
        Indexes = [],
    };

    /// <summary>An enum as a block.</summary>
    public string? Enum(EnumType type) => Read(DatabaseSchema.Empty with { Enums = [type] }).Enums is [var printed] ? Block(printed, type.Name) : null;

    /// <summary>A value of an enum as a line.</summary>
    public static string? Value(EnumValue value, EnumType type)
    {
        var printed = Read(DatabaseSchema.Empty with { Enums = [type with { Values = [value] }] }).Enums is [{ Values: [var only] }] ? only : null;
        return printed is null ? null : printed.DatabaseName == printed.Name ? printed.Name : $"{printed.Name} @map(\"{printed.DatabaseName}\")";
    }

    /// <summary>A block, with its database schema where the datasource lists the schemas, and without where Prisma would refuse that.</summary>
    public string Block(Declaration block, ObjectName name)
    {
        var lines = block.Source.Slice(block.Syntax.Span).Trim().ToString().ReplaceLineEndings("\n").Split('\n')
            .Where(line => !line.TrimStart().StartsWith("@@schema(", StringComparison.Ordinal)).ToList();
        while (lines.Count > 2 && lines[^2].Trim().Length == 0)
            lines.RemoveAt(lines.Count - 2);

        if (schema.Datasource is { Schemas.IsEmpty: false })
            lines.InsertRange(lines.Count - 1, lines.Exists(l => l.TrimStart().StartsWith("@@", StringComparison.Ordinal)) ? [$"  @@schema(\"{name.Schema}\")"] : ["", $"  @@schema(\"{name.Schema}\")"]);

        return WithNativeTypesOf(string.Join('\n', lines));
    }

    /// <summary>A field as a line, without the blanks that align it with other fields.</summary>
    public string Line(Field field)
    {
        var parts = field.Syntax.Attributes.Select(a => a.Span).Prepend(field.Syntax.Type?.Span ?? field.Syntax.Name.Span).Prepend(field.Syntax.Name.Span);
        return WithNativeTypesOf(string.Join(' ', parts.Distinct().Select(span => field.Source.Slice(span).Trim().ToString())));
    }

    // Native types are called by the name of the datasource.
    private string WithNativeTypesOf(string text) => schema.Datasource is { Name: not "db" and var name } ? text.Replace(" @db.", $" @{name}.", StringComparison.Ordinal) : text;

    private IEnumerable<EnumType> EnumsOf(IReadOnlyCollection<Table> tables)
    {
        var types = tables.SelectMany(t => t.Columns).Select(c => c.Type.QualifiedName).ToHashSet();
        return migrations.Enums.Where(e => types.Contains(e.Name));
    }

    private static PrismaSchema Read(DatabaseSchema part) => PrismaSchema.Read([new SourceText("patch.prisma", SchemaPrinter.Print(part))]);
}
