using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Model;

namespace Plumbline.Prisma.Lowering;

/// <summary>What the parts of the lowering ask about the schema as a whole.</summary>
internal sealed class LoweringContext
{
    private readonly Dictionary<string, string> _extensionSchemas = new(StringComparer.Ordinal);

    public LoweringContext(PrismaSchema schema, LoweringOptions options)
    {
        Schema = schema;
        Options = options;
        foreach (var extension in schema.Datasource?.Extensions ?? [])
        {
            _extensionSchemas.TryAdd(extension.DatabaseName, extension.Schema ?? options.DefaultSchema);
        }
    }

    /// <summary>The schema that is lowered.</summary>
    public PrismaSchema Schema { get; }

    /// <summary>How it is lowered.</summary>
    public LoweringOptions Options { get; }

    /// <summary>The name of a model's table.</summary>
    public ObjectName NameOf(Model model) => new(NamespaceOf(model.SchemaName), DatabaseNames.Cut(model.DatabaseName));

    /// <summary>The name of an enum's type.</summary>
    public ObjectName NameOf(PrismaEnum @enum) => new(NamespaceOf(@enum.SchemaName), DatabaseNames.Cut(@enum.DatabaseName));

    /// <summary>The name of a field's column.</summary>
    public static string NameOf(Field field) => DatabaseNames.Cut(field.DatabaseName);

    /// <summary>The type of a field's column; null for a relation and for what has no type in PostgreSQL.</summary>
    public ColumnType? TypeOf(Field field)
    {
        var type = field.Type switch
        {
            ScalarFieldType scalar => field.NativeType is { } native
                ? NativeTypes.Of(native.Name, native.Arguments, SchemaOfExtension) ?? NativeTypes.Default(scalar.Scalar)
                : NativeTypes.Default(scalar.Scalar),
            EnumFieldType { Enum: var @enum } => NameOf(@enum) is var name ? new ColumnType(name.Name, name.Schema) : null,
            UnsupportedFieldType unsupported => TypeText.Parse(unsupported.Name, SchemaOfExtension),
            _ => null,
        };
        return field.Arity == FieldArity.List && type is not null ? type with { IsArray = true } : type;
    }

    // An extension usually has the name of its first type (citext, vector, hstore, ltree).
    private string SchemaOfExtension(string name) => _extensionSchemas.GetValueOrDefault(name, Options.DefaultSchema);

    private string NamespaceOf(string? name) => name is null ? Options.DefaultSchema : DatabaseNames.Cut(name);
}
