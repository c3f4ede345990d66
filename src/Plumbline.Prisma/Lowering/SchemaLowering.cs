using System.Collections.Immutable;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Model;

namespace Plumbline.Prisma.Lowering;

/// <summary>
/// From a Prisma schema to the database that Prisma's schema engine would create for it on PostgreSQL. Nothing is thrown whatever the schema holds: what its
/// errors
/// leave open is left out.
/// </summary>
public static class SchemaLowering
{
    /// <summary>Lowers a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="options">What beside the schema decides; null for the newest Prisma.</param>
    public static DatabaseSchema Lower(PrismaSchema schema, LoweringOptions? options = null)
    {
        var context = new LoweringContext(schema, options ?? LoweringOptions.Default);
        var sequences = new SequenceLowering();
        var modelTables = LowerModels(context, sequences);
        var foreignKeys = LowerForeignKeys(context, modelTables);
        var tables = modelTables.Values.Select(t => foreignKeys.TryGetValue(t.Name, out var keys) ? t with { ForeignKeys = Sorted(keys) } : t)
            .Concat(LowerJoinTables(context, modelTables))
            .OrderBy(t => t.Name)
            .ToImmutableArray();
        var enums = LowerEnums(context);
        return new DatabaseSchema
        {
            Source = SourceKind.Prisma,
            Namespaces = LowerNamespaces(context, tables, enums),
            VisibleNamespaces = schema.Datasource is { Schemas: { IsEmpty: false } schemas }
                ? [.. schemas.Distinct().Order(StringComparer.Ordinal)]
                : [context.Options.DefaultSchema],
            Tables = tables,
            Views = LowerViews(context),
            Enums = enums,
            Sequences = [.. sequences.Sequences.OrderBy(s => s.Name)],
            Extensions = LowerExtensions(schema),
        };
    }

    private static Dictionary<Model, Table> LowerModels(LoweringContext context, SequenceLowering sequences)
    {
        var tables = new Dictionary<Model, Table>();
        var names = new HashSet<ObjectName>();
        foreach (var model in context.Schema.Models)
        {
            if (names.Add(context.NameOf(model)))
            {
                var table = TableLowering.Lower(model, context, sequences);
                sequences.Occupy(table);
                tables.Add(model, table);
            }
        }

        return tables;
    }

    private static Dictionary<ObjectName, List<ForeignKey>> LowerForeignKeys(LoweringContext context, Dictionary<Model, Table> tables)
    {
        var keys = new Dictionary<ObjectName, List<ForeignKey>>();
        if (context.Schema.RelationMode == RelationMode.Prisma)
        {
            return keys;
        }

        foreach (var relation in context.Schema.Relations)
        {
            if (RelationLowering.Lower(relation, tables, context) is { } key)
            {
                var table = tables[relation.ModelA].Name;
                if (!keys.TryGetValue(table, out var ofTable))
                {
                    keys.Add(table, ofTable = []);
                }

                ofTable.Add(key);
            }
        }

        return keys;
    }

    private static ImmutableArray<ForeignKey> Sorted(List<ForeignKey> keys) =>
        [.. keys.DistinctBy(k => k.Name, StringComparer.Ordinal).OrderBy(k => k.Name, StringComparer.Ordinal)];

    private static IEnumerable<Table> LowerJoinTables(LoweringContext context, Dictionary<Model, Table> tables)
    {
        var names = tables.Values.Select(t => t.Name).ToHashSet();
        var joinTables = new Dictionary<ObjectName, Table>();
        foreach (var relation in context.Schema.Relations)
        {
            if (relation.Kind == RelationKind.ImplicitManyToMany && JoinTableLowering.Lower(relation, tables, context) is { } table &&
                !names.Contains(table.Name))
            {
                // Of two relations whose names are cut to one, Prisma makes the table of the last.
                joinTables[table.Name] = table;
            }
        }

        return joinTables.Values;
    }

    // Prisma knows views, but neither what they select nor how to create them.
    private static ImmutableArray<View> LowerViews(LoweringContext context) =>
    [
        .. context.Schema.Views
            .Select(view => new View
            {
                Name = context.NameOf(view),
                Location = view.Location,
                ModelName = view.Name,
                Definition = new SqlExpression("", IsCanonical: false),
                Columns = LowerViewColumns(view, context),
            })
            .DistinctBy(v => v.Name)
            .OrderBy(v => v.Name),
    ];

    private static ImmutableArray<Column> LowerViewColumns(Model view, LoweringContext context)
    {
        var columns = ImmutableArray.CreateBuilder<Column>();
        foreach (var field in view.ScalarFields)
        {
            if (context.TypeOf(field) is { } type)
            {
                columns.Add(new Column { Name = LoweringContext.NameOf(field), Type = type, FieldName = field.Name, Location = field.Location });
            }
        }

        return [.. columns.DistinctBy(c => c.Name, StringComparer.Ordinal)];
    }

    private static ImmutableArray<EnumType> LowerEnums(LoweringContext context) =>
    [
        .. context.Schema.Enums
            .Select(e => new EnumType
            {
                Name = context.NameOf(e),
                Location = e.Location,
                EnumName = e.Name,
                Values =
                [
                    .. e.Values.Select(v => new EnumValue { Name = DatabaseNames.Cut(v.DatabaseName), PrismaName = v.Name, Location = v.Location })
                        .DistinctBy(v => v.Name, StringComparer.Ordinal),
                ],
            })
            .DistinctBy(e => e.Name)
            .OrderBy(e => e.Name),
    ];

    private static ImmutableArray<Extension> LowerExtensions(PrismaSchema schema) =>
    [
        .. (schema.Datasource?.Extensions ?? [])
            .Select(e => new Extension { Name = e.DatabaseName, Schema = e.Schema, Version = e.Version, Location = e.Location })
            .DistinctBy(e => e.Name, StringComparer.Ordinal)
            .OrderBy(e => e.Name, StringComparer.Ordinal),
    ];

    // Prisma creates the schemas that something lies in, and that of its URL.
    private static ImmutableArray<Namespace> LowerNamespaces(LoweringContext context, ImmutableArray<Table> tables, ImmutableArray<EnumType> enums) =>
    [
        .. tables.Select(t => t.Name.Schema)
            .Concat(enums.Select(e => e.Name.Schema))
            .Append(context.Options.DefaultSchema)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(n => new Namespace { Name = n, Location = n == context.Options.DefaultSchema ? null : context.Schema.Datasource?.Location }),
    ];
}
