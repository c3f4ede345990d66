using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>
/// The names of keys, indexes and foreign keys, to find those that stand twice where PostgreSQL wants them once: keys and indexes in a database schema, and
/// keys and foreign keys on a table. Also what else has to be unique: names in the client, and relation names between two models.
/// </summary>
internal sealed class ConstraintNamespace
{
    private const string Global = "global for primary key, indexes and unique constraints";

    private readonly Dictionary<(string? Schema, string Name), int> _global = [];
    private readonly Dictionary<(Model Model, string Name), int> _local = [];
    private readonly Dictionary<(Model Model, string Name), int> _clientNames = [];
    private readonly HashSet<(Model Model, string Name)> _uniqueNames = [];
    private readonly Dictionary<(Model From, Model To, string Name), List<Field>> _relationFields = [];
    private readonly bool _isPostgreSql;

    public ConstraintNamespace(SchemaChecks checks)
    {
        _isPostgreSql = checks.IsPostgreSql;
        foreach (var model in checks.ModelsAndViews)
        {
            Add(model);
        }

        foreach (var relation in checks.Relations)
        {
            if (relation.ForeignKeyName is { } name)
            {
                // Of a relation that only side B declares, Prisma counts the name there.
                Count(_local, (relation.FieldA is null ? relation.ModelB : relation.ModelA, name));
            }
        }
    }

    /// <summary>The fields of a model that would be the same side of the same relation.</summary>
    public IReadOnlyList<Field> RelationFields(Field field) => _relationFields[RelationKey(field)];

    /// <summary>The namespaces in which the name of an index stands more than once, as the messages call them.</summary>
    public IEnumerable<string> ViolationsOfIndex(Model model, string name)
    {
        if (_isPostgreSql && _global.GetValueOrDefault((model.SchemaName, name)) > 1)
        {
            yield return Global;
        }
    }

    /// <summary>The namespaces in which the name of a primary key stands more than once.</summary>
    public IEnumerable<string> ViolationsOfPrimaryKey(Model model, string name) => ViolationsOfIndex(model, name).Concat(ViolationsOfForeignKey(model, name));

    /// <summary>The namespaces in which the name of a foreign key stands more than once.</summary>
    public IEnumerable<string> ViolationsOfForeignKey(Model model, string name)
    {
        if (_isPostgreSql && _local.GetValueOrDefault((model, name)) > 1)
        {
            yield return $"on model `{model.Name}` for primary key, indexes, unique constraints and foreign keys";
        }
    }

    /// <summary>Whether a unique constraint of a model has a name in the client.</summary>
    public bool IsUniqueNamed(Model model, string name) => _uniqueNames.Contains((model, name));

    /// <summary>Whether a client name stands more than once on a model.</summary>
    public bool IsClientNameRepeated(Model model, string name) => _clientNames.GetValueOrDefault((model, name)) > 1;

    private static (Model From, Model To, string Name) RelationKey(Field field)
    {
        var from = (Model)field.Container;
        var to = ((ModelFieldType)field.Type).Model;
        return (from, to, RelationName(field, from, to));
    }

    private static string RelationName(Field field, Model from, Model to) => field.RelationArguments?.Name
        ?? (string.CompareOrdinal(from.Name, to.Name) < 0 ? $"{from.Name}To{to.Name}" : $"{to.Name}To{from.Name}");

    private static void Count<T>(Dictionary<T, int> counts, T key)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;

    private void Add(Model model)
    {
        if (model.PrimaryKey is { } key)
        {
            Count(_global, (model.SchemaName, key.DatabaseName));
            Count(_local, (model, key.DatabaseName));
            if (key.ClientName is { } name)
            {
                Count(_clientNames, (model, name));
            }
        }

        foreach (var index in model.Indexes)
        {
            Count(_global, (model.SchemaName, index.DatabaseName));
            Count(_local, (model, index.DatabaseName));
            if (index.ClientName is { } name)
            {
                _uniqueNames.Add((model, name));
                Count(_clientNames, (model, name));
            }
        }

        foreach (var field in model.RelationFields)
        {
            var relation = RelationKey(field);
            if (!_relationFields.TryGetValue(relation, out var fields))
            {
                _relationFields[relation] = fields = [];
            }

            fields.Add(field);
        }
    }
}
