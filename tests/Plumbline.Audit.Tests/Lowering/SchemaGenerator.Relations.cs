namespace Plumbline.Audit.Tests.Lowering;

internal sealed partial class SchemaGenerator
{
    private static readonly string[] Actions = ["Cascade", "Restrict", "NoAction", "SetNull", "SetDefault"];

    private void AddRelation()
    {
        var from = Pick(_models);
        var to = Pick(_models);
        if (Chance(30) && from.HasId && to.HasId && from.Key.Count == 1 && to.Key.Count == 1)
        {
            AddManyToMany(from, to);
        }
        else if (!_emulatesRelations || _models.IndexOf(from) > _models.IndexOf(to))
        {
            // Where the client keeps references whole, it refuses those that could run in circles.
            AddKeyed(from, to);
        }
    }

    private void AddManyToMany(ModelDraft from, ModelDraft to)
    {
        // Models of one relation without a name must have no other between them; so the name is left out only where Prisma would give it once.
        var isNamed = ReferenceEquals(from, to) || !_constraintNames.Add($"relation {from.Name} {to.Name}") || !_constraintNames.Add($"relation {to.Name} {from.Name}");
        var name = Unique(Pick(["likes", "friends of "])) + (Chance(30) ? " in a relation with a name that is far longer than a table of PostgreSQL can have it" : "");
        var attribute = isNamed ? Pick([$"@relation(\"{name}\")", $"@relation(name: \"{name}\")"]) : "";
        AddSide(from, to, "[]", attribute);
        AddSide(to, from, "[]", attribute);
    }

    private void AddKeyed(ModelDraft from, ModelDraft to)
    {
        var isOneToOne = Chance(30);
        var isOptional = Chance(50);
        var prefix = Unique("fk_");
        var keys = to.Key.Select((k, i) => (Referenced: to.Find(k), Name: $"fk_{(char)('a' + i)}_{prefix}")).ToList();
        foreach (var (referenced, name) in keys)
        {
            var key = from.Add(name, referenced.Type + (isOptional ? "?" : ""));
            key.NativeType = referenced.NativeType;
            if (Chance(20))
            {
                key.Attributes.Add($"@map(\"{(from.HasLongName ? name + "_" : DatabaseName(name) ?? name + "_")}\")");
            }
        }

        var names = string.Join(", ", keys.Select(k => k.Name));
        if (isOneToOne && keys.Count == 1)
        {
            from.Find(keys[0].Name).Attributes.Add($"@unique(map: \"{Unique("uq")}\")");
        }
        else if (isOneToOne)
        {
            from.Attributes.Add($"@@unique([{names}], map: \"{Unique("uq")}\")");
        }

        var relation = Unique("rel");
        var arguments = new List<string> { $"fields: [{names}]", $"references: [{string.Join(", ", to.Key)}]" };
        arguments.Insert(Chance(50) ? 0 : 2, $"name: \"{relation}\"");
        if (!_emulatesRelations && Chance(50))
        {
            arguments.Add($"onDelete: {Pick(Actions)}");
        }

        if (!_emulatesRelations && Chance(50))
        {
            arguments.Add($"onUpdate: {Pick(Actions)}");
        }

        if (from.HasLongName || Chance(20))
        {
            arguments.Add($"map: \"{Unique("fk")}\"");
        }

        AddSide(from, to, isOptional ? "?" : "", $"@relation({string.Join(", ", arguments)})");
        AddSide(to, from, isOneToOne ? "?" : "[]", $"@relation(\"{relation}\")");
    }

    // A field whose type is an ignored model must be ignored itself.
    private void AddSide(ModelDraft model, ModelDraft type, string arity, string attribute)
    {
        var field = model.Add(Unique("r"), type.Name + arity);
        field.Attributes.Add(attribute);
        if (type.IsIgnored && !model.IsIgnored)
        {
            field.Attributes.Add("@ignore");
        }
    }

    private void AddIndexes(ModelDraft model)
    {
        if (model.IsView)
        {
            return;
        }

        var candidates = model.Fields.SelectMany(f => Indexes.Where(i => i.Kind == f.Kind).Select(i => (Field: f, Index: i))).ToList();
        for (var i = Math.Min(candidates.Count, 3); i > 0; i--)
        {
            var (field, (type, _, operators)) = Pick(candidates);
            AddIndex(model, field.Name, Pick(operators), type);
        }

        foreach (var list in model.Fields.Where(f => f.Type.EndsWith("[]", StringComparison.Ordinal) && f.Type is "Int[]" or "String[]" && f.NativeType.Length == 0))
        {
            AddIndex(model, list.Name, Pick(["", "ops: ArrayOps"]), "Gin");
        }

        var ordered = model.Fields.Where(f => f.Kind is "text" or "int4" or "int8" or "timestamp" or "bool" or "uuid" or "numeric" or "enum").ToList();
        if (ordered.Count < 2)
        {
            return;
        }

        var (first, second) = (ordered[0], ordered[^1]);
        model.Attributes.Add($"@@index({Pick(["", "fields: "])}[{first.Name}(sort: Desc), {second.Name}], map: \"{Unique("ix")}\")");
        model.Attributes.Add($"@@unique([{second.Name}, {first.Name}(sort: Desc)], name: \"{Unique("both")}\"{(model.HasLongName ? $", map: \"{Unique("uq")}\"" : "")})");
        if (_hasExtensions && first is { Kind: "text", NativeType: "" })
        {
            AddIndex(model, first.Name, "ops: raw(\"gin_trgm_ops\")", "Gin");
        }

        if (Chance(40))
        {
            model.Attributes.Add($"@@index([{first.Name}], name: \"{Unique("legacy name ")}\")");
        }

        AddPartialIndex(model, ordered);
    }

    private void AddIndex(ModelDraft model, string field, string inParentheses, string type)
    {
        var key = inParentheses.Length == 0 ? field : $"{field}({inParentheses})";
        var name = model.HasLongName || !_constraintNames.Add($"{model.Name}_{field}_idx") ? $", map: \"{Unique("ix")}\"" : "";
        model.Attributes.Add($"@@index([{key}]{(type == "BTree" && Chance(50) ? "" : $", type: {type}")}{name})");
    }

    private void AddPartialIndex(ModelDraft model, List<FieldDraft> fields)
    {
        var conditions = fields.Select(f => f.Kind switch
        {
            "bool" => $"{f.Name}: {Pick(["true", "false", "{ not: true }"])}",
            "int4" or "int8" or "numeric" => $"{f.Name}: {Pick(["5", "-3", "{ not: 4 }"])}",
            "text" => $"{f.Name}: {Pick(["\"it's\"", "{ not: \"\" }"])}",
            "timestamp" => $"{f.Name}: \"2020-01-01T00:00:00Z\"",
            _ => $"{f.Name}: {Pick(["null", "{ not: null }"])}",
        }).Where(_ => Chance(50)).ToList();
        if (conditions.Count > 0)
        {
            model.Attributes.Add($"@@{Pick(["index", "unique"])}([{fields[0].Name}], where: {{ {string.Join(", ", conditions)} }}, map: \"{Unique("ix")}\")");
        }

        // SQL names the column, which @map may have renamed.
        var plain = fields.Find(f => f.Kind == "int4" && !f.Attributes.Exists(a => a.StartsWith("@map", StringComparison.Ordinal)));
        if (plain is not null)
        {
            model.Attributes.Add($"@@index([{plain.Name}], where: raw(\"\\\"{plain.Name}\\\" between 1 and 5\"), map: \"{Unique("ix")}\")");
        }
    }
}
