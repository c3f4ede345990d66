using System.Globalization;
using System.Text;

namespace Plumbline.Audit.Tests.Lowering;

/// <summary>
/// Writes Prisma schemas that Prisma accepts and PostgreSQL can create. A seed always gives the same schema; many seeds together use everything that the language has
/// for PostgreSQL (<see cref="Features"/> lists it).
/// </summary>
internal sealed partial class SchemaGenerator
{
    private readonly Random _random;
    private readonly List<EnumDraft> _enums = [];
    private readonly List<ModelDraft> _models = [];
    private readonly HashSet<string> _constraintNames = new(StringComparer.Ordinal);
    private readonly int _seed;
    private readonly bool _isMultiSchema;
    private readonly bool _emulatesRelations;
    private readonly bool _hasExtensions;
    private int _number;

    private SchemaGenerator(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        _isMultiSchema = seed % 5 == 1;
        _emulatesRelations = seed % 11 == 2;
        _hasExtensions = seed % 3 == 0;
    }

    /// <summary>The schema of a seed.</summary>
    public static string Generate(int seed) => new SchemaGenerator(seed).Run();

    private string Run()
    {
        for (var i = 0; i < 2; i++)
        {
            _enums.Add(NewEnum());
        }

        var count = _random.Next(3, 6);
        for (var i = 0; i < count; i++)
        {
            _models.Add(NewModel());
        }

        foreach (var model in _models)
        {
            AddScalars(model, _random.Next(4, 9));
        }

        for (var i = _random.Next(3, 8); i > 0; i--)
        {
            AddRelation();
        }

        foreach (var model in _models)
        {
            AddIndexes(model);
        }

        if (_seed % 4 == 0)
        {
            AddView();
        }

        return Write();
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];

    private string Unique(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{++_number}");

    // Names of the database are what the schema makes of them: blanks, other alphabets, key words, too long ones.
    private string? DatabaseName(string name) => _random.Next(10) switch
    {
        0 => $"{name} with blanks",
        1 => $"{name}_größe_名前",
        2 => $"{name}_{new string('x', 70)}",
        3 => $"{name}_{string.Concat(Enumerable.Repeat("äöü", 14))}",
        4 => name.ToLowerInvariant(),
        5 => $"{name}-$.'%",
        _ => null,
    };

    private EnumDraft NewEnum()
    {
        var name = Unique("Enum");
        var values = Enumerable.Range(1, _random.Next(1, 5))
            .Select(i => ($"V{i}", Chance(30) ? Pick(["with blank", "ünï", "lower", "a-b", "x.y"]) + i.ToString(CultureInfo.InvariantCulture) : null))
            .ToList();
        return new EnumDraft(name, Chance(30) ? DatabaseName(name) : null, Schema(), values);
    }

    private string? Schema() => _isMultiSchema ? Pick(["public", "auth", "Other schema"]) : null;

    private ModelDraft NewModel()
    {
        // Some names need no @@map to be too long for PostgreSQL, or to be one of its key words.
        var name = _random.Next(8) switch
        {
            0 => Unique("Order") + new string('L', 60),
            1 => Unique("user"),
            _ => Unique("Model"),
        };
        var model = new ModelDraft(name, Chance(40) ? DatabaseName(name) : null, Schema()) { IsIgnored = Chance(5) };
        switch (_random.Next(10))
        {
            case 0 or 1:
                model.Add("a", "Int");
                model.Add("b", Pick(["String", "String @db.VarChar(30)", "BigInt", "DateTime @db.Date"]));
                model.Key = ["a", "b"];
                model.Attributes.Add($"@@id([a, b]{Pick(["", $", map: \"{Unique("pk")}\"", ", name: \"both\""])})");
                break;
            case 2:
                model.Add("code", "String").Attributes.Add($"@unique{Pick(["", $"(map: \"{Unique("uq")}\")", "(sort: Desc)"])}");
                model.Key = ["code"];
                model.HasId = false;
                break;
            default:
                var (type, attributes) = Pick(IdTypes);
                var id = model.Add(Pick(["id", "Id", "key"]), type);
                id.Attributes.Add(Pick(["@id", "@id", $"@id(map: \"{Unique("pk")}\")"]));
                id.Attributes.Add(Pick(attributes));
                id.Attributes.Add(Chance(20) ? $"@map(\"{Pick(["ID", "the id", "îd"])}\")" : "");
                model.Key = [id.Name];
                break;
        }

        return model;
    }

    private void AddScalars(ModelDraft model, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var field = Chance(12) ? NewEnumField(model) : Chance(8) ? NewUnsupported(model) : NewScalar(model);
            if (Chance(15))
            {
                field.Attributes.Add($"@map(\"{DatabaseName(field.Name) ?? field.Name + "_"}\")");
            }

            if (Chance(5) && !model.IsIgnored && !field.Type.StartsWith("Unsupported", StringComparison.Ordinal))
            {
                field.Attributes.Add("@ignore");
            }
        }
    }

    private FieldDraft NewEnumField(ModelDraft model)
    {
        var type = Pick(_enums);
        var values = type.Values.Select(v => v.Name).ToList();
        switch (_random.Next(3))
        {
            case 0:
                var list = model.Add(Unique("e"), type.Name + "[]");
                list.Attributes.Add(Pick(["", "@default([])", $"@default([{string.Join(", ", values)}])"]));
                return list;
            case 1:
                return model.Add(Unique("e"), type.Name + "?");
            default:
                var field = model.Add(Unique("e"), type.Name);
                field.Attributes.Add($"@default({Pick(values)})");
                field.Kind = "enum";
                return field;
        }
    }

    private FieldDraft NewUnsupported(ModelDraft model)
    {
        var (type, value) = Pick(UnsupportedTypes);
        var field = model.Add(Unique("u"), $"Unsupported(\"{type}\"){Pick(["?", "?", "", "[]"])}");
        if (Chance(50) && value.Length > 0 && !field.Type.EndsWith(']'))
        {
            field.Attributes.Add($"@default(dbgenerated(\"{value}\"))");
        }

        return field;
    }

    private FieldDraft NewScalar(ModelDraft model)
    {
        var template = Pick(Scalars);
        if (template.NeedsCitext && !_hasExtensions)
        {
            template = Scalars[0];
        }

        var native = template.Native.Length == 0 ? "" : "@db." + template.Native;
        var field = model.Add(Unique("f"), template.Scalar);
        field.NativeType = native;
        var arity = _random.Next(4);
        if (arity == 3)
        {
            field.Type += "[]";
            field.Attributes.Add(_random.Next(3) switch
            {
                0 => "@default([])",
                1 when template.Values.Length > 0 => $"@default([{string.Join(", ", template.Values.Where(_ => Chance(70)))}])",
                _ => "",
            });
            return field;
        }

        field.Kind = arity == 2 ? "" : template.Index;
        field.Type += arity == 2 ? "?" : "";
        field.Attributes.Add(_random.Next(3) switch
        {
            0 when template.Functions.Length > 0 => Pick(template.Functions),
            1 when template.Values.Length > 0 => $"@default({Pick(template.Values)})",
            _ => "",
        });
        if (Chance(10) && arity != 2 && template.Index.Length > 0)
        {
            field.Attributes.Add($"@unique{Pick([$"(map: \"{Unique("uq")}\")", $"(map: \"{Unique("uq")}\", sort: Desc)", ConstraintName(model, field.Name, "key")])}");
        }

        return field;
    }

    // Prisma's own names can clash once they are cut; then the constraint gets one of its own.
    private string ConstraintName(ModelDraft model, string column, string suffix) =>
        model.HasLongName || !_constraintNames.Add($"{model.Name}_{column}_{suffix}") ? $"(map: \"{Unique("uq")}\")" : "";

    private void AddView()
    {
        var view = new ModelDraft(Unique("View"), Chance(50) ? Unique("view_") : null, Schema()) { IsView = true };
        view.Add("id", "Int").Attributes.Add("@unique");
        view.Add("name", "String?");
        _models.Add(view);
    }

    private string Write()
    {
        var text = new StringBuilder("generator client {\n  provider        = \"prisma-client\"\n  output          = \"./client\"\n");
        text.Append("  previewFeatures = [\"views\", \"postgresqlExtensions\", \"partialIndexes\"]\n}\n\ndatasource db {\n  provider = \"postgresql\"\n");
        text.Append(_emulatesRelations ? "  relationMode = \"prisma\"\n" : _seed % 7 == 0 ? "  relationMode = \"foreignKeys\"\n" : "");
        text.Append(_isMultiSchema ? "  schemas = [\"public\", \"auth\", \"Other schema\", \"unused\"]\n" : "");
        text.Append(_hasExtensions ? "  extensions = [citext, trigrams(map: \"pg_trgm\", schema: \"public\"), uuidOssp(map: \"uuid-ossp\", version: \"1.1\")]\n" : "");
        text.Append("}\n");
        foreach (var type in _enums)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n/// Documentation is no comment of the database.\nenum {type.Name} {{\n");
            foreach (var (name, mapped) in type.Values)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {name}{(mapped is null ? "" : $" @map(\"{mapped}\")")}\n");
            }

            WriteBlockEnd(text, type.MappedName, type.Schema, []);
        }

        foreach (var model in _models)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{(model.IsView ? "view" : "model")} {model.Name} {{\n");
            foreach (var field in model.Fields)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {field.Name} {field.Type} {field.NativeType} {string.Join(' ', field.Attributes.Where(a => a.Length > 0))}\n");
            }

            WriteBlockEnd(text, model.MappedName, model.Schema, model.IsIgnored ? [.. model.Attributes, "@@ignore"] : model.Attributes);
        }

        return text.ToString();
    }

    private static void WriteBlockEnd(StringBuilder text, string? mappedName, string? schema, List<string> attributes)
    {
        text.AppendJoin("", attributes.Select(a => $"\n  {a}")).Append('\n');
        text.Append(mappedName is null ? "" : $"\n  @@map(\"{mappedName}\")\n").Append(schema is null ? "" : $"\n  @@schema(\"{schema}\")\n").Append("}\n");
    }

    private sealed record EnumDraft(string Name, string? MappedName, string? Schema, List<(string Name, string? Mapped)> Values);

    private sealed record ModelDraft(string Name, string? MappedName, string? Schema)
    {
        public List<FieldDraft> Fields { get; } = [];

        public List<string> Attributes { get; } = [];

        public List<string> Key { get; set; } = [];

        public bool HasId { get; set; } = true;

        public bool IsIgnored { get; init; }

        public bool IsView { get; init; }

        public bool HasLongName => Encoding.UTF8.GetByteCount(MappedName ?? Name) > 40;

        public FieldDraft Add(string name, string type)
        {
            var words = type.Split(' ', 2);
            var field = new FieldDraft(name, type.StartsWith("Unsupported", StringComparison.Ordinal) ? type : words[0]);
            if (words.Length > 1 && words[1].StartsWith("@db", StringComparison.Ordinal))
            {
                field.NativeType = words[1];
            }

            Fields.Add(field);
            return field;
        }

        public FieldDraft Find(string name) => Fields.First(f => f.Name == name);
    }

    private sealed record FieldDraft(string Name, string InitialType)
    {
        public string Type { get; set; } = InitialType;

        public string NativeType { get; set; } = "";

        public string Kind { get; set; } = "";

        public List<string> Attributes { get; } = [];
    }
}
