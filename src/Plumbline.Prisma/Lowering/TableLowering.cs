using System.Collections.Immutable;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Model;

namespace Plumbline.Prisma.Lowering;

/// <summary>The table of a model: columns, primary key and indexes. Its foreign keys come from the relations.</summary>
internal static class TableLowering
{
    /// <summary>Lowers a model. What its errors leave open is left out.</summary>
    /// <param name="model">The model.</param>
    /// <param name="context">What is around it.</param>
    /// <param name="sequences">Makes the sequence of a column that counts up by itself.</param>
    public static Table Lower(Model model, LoweringContext context, SequenceLowering sequences)
    {
        var name = context.NameOf(model);
        var columns = ImmutableArray.CreateBuilder<Column>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in model.ScalarFields)
        {
            if (context.TypeOf(field) is { } type && names.Add(LoweringContext.NameOf(field)))
            {
                columns.Add(LowerColumn(field, type, name, sequences));
            }
        }

        return new Table
        {
            Name = name,
            Location = model.Location,
            ModelName = model.Name,
            IsIgnored = model.IsIgnored,
            Columns = columns.DrainToImmutable(),
            PrimaryKey = LowerPrimaryKey(model.PrimaryKey, names),
            Indexes = LowerIndexes(model, context, names),
        };
    }

    private static Column LowerColumn(Field field, ColumnType type, ObjectName table, SequenceLowering sequences)
    {
        var name = LoweringContext.NameOf(field);
        var isSerial = field.Default is FunctionDefault { Name: "autoincrement" } && type is { Name: "smallint" or "integer" or "bigint", IsArray: false };
        return new Column
        {
            Name = name,
            Type = type,
            Location = field.Location,
            FieldName = field.Name,

            // Prisma declares lists without NOT NULL, and SERIAL implies it.
            IsNullable = field.Arity != FieldArity.Required && !isSerial,
            Default = isSerial ? sequences.Add(table, name, type, field.Location) : field.Default is { } value ? DefaultExpressions.Of(value, type) : null,
            HasClientDefault = field.IsUpdatedAt || field.Default is FunctionDefault { Name: not ("autoincrement" or "now" or "dbgenerated") },
            HasUnstatedDefault = field.Default is FunctionDefault { Name: "dbgenerated", Text: null or "" },
        };
    }

    private static KeyConstraint? LowerPrimaryKey(PrimaryKey? key, HashSet<string> columns) =>
        key is not null && ColumnsOf(key.Fields, columns) is { } names
            ? new KeyConstraint { Name = DatabaseNames.Cut(key.DatabaseName), Columns = names, Location = key.Location }
            : null;

    private static ImmutableArray<Index> LowerIndexes(Model model, LoweringContext context, HashSet<string> columns)
    {
        var indexes = new List<Index>(model.Indexes.Length);
        foreach (var index in model.Indexes)
        {
            // PostgreSQL has no full-text indexes of this kind.
            if (index.Kind == ModelIndexKind.Fulltext || ColumnsOf(index.Fields, columns) is null)
            {
                continue;
            }

            var method = MethodOf(index.Algorithm);
            var isUnique = index.Kind == ModelIndexKind.Unique;
            indexes.Add(new Index
            {
                Name = DatabaseNames.Cut(index.DatabaseName),
                Location = index.Location,
                Method = method,
                IsUnique = isUnique,
                IsPrismaUnique = isUnique,
                Keys = [.. index.Fields.Select(f => LowerKey(f, method, context))],
                Predicate = IndexPredicates.Of(index.Where, context),
            });
        }

        return [.. indexes.DistinctBy(i => i.Name, StringComparer.Ordinal).OrderBy(i => i.Name, StringComparer.Ordinal)];
    }

    private static IndexKey LowerKey(IndexedField field, string method, LoweringContext context)
    {
        var isDescending = field.Sort == SortOrder.Descending;
        return new IndexKey
        {
            Column = LoweringContext.NameOf(field.Field),
            OperatorClass = LowerOperatorClass(field, method, context),
            IsDescending = isDescending,
            NullsFirst = isDescending,
        };
    }

    private static string? LowerOperatorClass(IndexedField field, string method, LoweringContext context)
    {
        if (field.OperatorClass is not { } given || context.TypeOf(field.Field) is not { } type)
        {
            return null;
        }

        var name = given.IsRaw ? given.Name : OperatorClasses.NameOf(given.Name);
        return name == OperatorClasses.DefaultOf(method, type, field.Field.Type is EnumFieldType) ? null : name;
    }

    private static string MethodOf(IndexAlgorithm? algorithm) => algorithm switch
    {
        IndexAlgorithm.Hash => "hash",
        IndexAlgorithm.Gist => "gist",
        IndexAlgorithm.Gin => "gin",
        IndexAlgorithm.SpGist => "spgist",
        IndexAlgorithm.Brin => "brin",
        _ => "btree",
    };

    private static ImmutableArray<string>? ColumnsOf(ImmutableArray<IndexedField> fields, HashSet<string> columns)
    {
        var names = fields.Select(f => LoweringContext.NameOf(f.Field)).ToImmutableArray();
        return !fields.IsEmpty && fields.All(f => f.Path.IsEmpty) && names.All(columns.Contains) ? names : null;
    }
}
