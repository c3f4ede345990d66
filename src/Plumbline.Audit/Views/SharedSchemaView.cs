using System.Collections.Immutable;
using Plumbline.Audit.Facts;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Views;

/// <summary>The models of projects that share one database, side by side.</summary>
internal static class SharedSchemaView
{
    /// <summary>Compares the models of each group of projects that share a database, table by table.</summary>
    public static (ImmutableArray<ModelComparison> Models, ImmutableArray<TableMapping> Mappings) Build(IReadOnlyList<ImmutableArray<ProjectFacts>> groups)
    {
        var models = new List<ModelComparison>();
        var mappings = new List<TableMapping>();
        foreach (var group in groups)
        {
            var tables = new SortedDictionary<ObjectName, Dictionary<string, Model>>();
            foreach (var project in group)
            {
                foreach (var model in project.Prisma?.Models ?? [])
                {
                    var name = new ObjectName(project.SchemaOf(model.SchemaName), model.DatabaseName);
                    if (!tables.TryGetValue(name, out var byProject))
                        tables.Add(name, byProject = new Dictionary<string, Model>(StringComparer.Ordinal));

                    byProject.TryAdd(project.Name, model);
                }
            }

            foreach (var (table, byProject) in tables)
            {
                models.Add(Compare(table, byProject, group));
                if (byProject.Count > 1)
                    mappings.Add(Map(table, byProject, group));
            }
        }

        return (
            [.. models.OrderBy(m => m.Model, StringComparer.Ordinal).ThenBy(m => m.Table, StringComparer.Ordinal)],
            [.. mappings.OrderBy(m => m.Table, StringComparer.Ordinal)]);
    }

    private static TableMapping Map(ObjectName table, Dictionary<string, Model> byProject, ImmutableArray<ProjectFacts> group)
    {
        ImmutableArray<KeyValuePair<string, string>> names =
            [.. group.Where(p => byProject.ContainsKey(p.Name)).Select(p => KeyValuePair.Create(p.Name, byProject[p.Name].Name))];
        return new TableMapping(ObjectText.Of(table), names, names.All(n => n.Value == names[0].Value));
    }

    private static ModelComparison Compare(ObjectName table, Dictionary<string, Model> byProject, ImmutableArray<ProjectFacts> group)
    {
        ImmutableArray<string> missing = [.. group.Where(p => !byProject.ContainsKey(p.Name)).Select(p => p.Name)];
        var name = group.Where(p => byProject.ContainsKey(p.Name)).Select(p => byProject[p.Name].Name).First();
        if (!missing.IsEmpty)
            return new ModelComparison(
                name,
                ObjectText.Of(table),
                "missing",
                missing,
                [],
                AtRisk: false,
                $"Only {string.Join(", ", byProject.Keys.Order(StringComparer.Ordinal))} has the table.");

        // One column may have two names in two schemas: what counts is the column.
        var fields = group.SelectMany(p => byProject[p.Name].Fields).Select(KeyOf).Distinct(StringComparer.Ordinal)
            .Select(key => Compare(key, byProject, group))
            .ToImmutableArray();
        var lacking = fields.Where(f => f.Status == "missing")
            .SelectMany(f => f.Types.Where(t => t.Value is null).Select(t => t.Key))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var status = fields.Any(f => f.Status == "differs") || lacking.Count > 1 ? "differs" : lacking.Count == 1 ? "subset" : "agrees";
        var why = status switch
        {
            "agrees" => "All projects have the same fields; a change to one must be made in all of them.",
            "subset" => $"{lacking[0]} lacks {string.Join(", ", fields.Where(f => f.Status == "missing").Select(f => f.Name))}.",
            _ => $"The projects have different fields or types: {string.Join(", ", fields.Where(f => f.Status != "agrees").Select(f => f.Name))}.",
        };
        return new ModelComparison(name, ObjectText.Of(table), status, missing, fields, AtRisk: true, why);
    }

    private static FieldComparison Compare(string key, Dictionary<string, Model> byProject, ImmutableArray<ProjectFacts> group)
    {
        var fields = group.Select(p => (Project: p.Name, Field: byProject[p.Name].Fields.FirstOrDefault(f => KeyOf(f) == key))).ToList();
        var name = fields.Select(f => f.Field?.Name).OfType<string>().First();
        ImmutableArray<KeyValuePair<string, string?>> types =
            [.. fields.Select(f => KeyValuePair.Create(f.Project, f.Field is { } field ? TypeOf(field) : null))];
        var status = types.Any(t => t.Value is null) ? "missing" : types.All(t => t.Value == types[0].Value) ? "agrees" : "differs";
        return new FieldComparison(name, types, status);
    }

    private static string KeyOf(Field field) => field.IsRelation ? field.Name : field.DatabaseName;

    private static string TypeOf(Field field)
    {
        var type = field.Type switch
        {
            ScalarFieldType scalar => scalar.Scalar.ToString(),
            EnumFieldType values => values.Enum.Name,
            ModelFieldType model => model.Model.Name,
            CompositeFieldType composite => composite.CompositeType.Name,
            UnsupportedFieldType unsupported => $"Unsupported(\"{unsupported.Name}\")",
            UnknownFieldType unknown => unknown.Name,
            _ => "",
        };
        return field.Arity switch
        {
            FieldArity.Optional => type + "?",
            FieldArity.List => type + "[]",
            _ => type,
        };
    }
}
