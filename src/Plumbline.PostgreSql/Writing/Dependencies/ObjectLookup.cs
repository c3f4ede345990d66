using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Dependencies;

/// <summary>Finds the objects of a schema that names in a text stand for.</summary>
internal sealed class ObjectLookup
{
    private const string SearchPath = "public";

    private readonly Dictionary<ObjectName, ObjectKey> _types = [];
    private readonly Dictionary<ObjectName, ObjectKey> _relations = [];
    private readonly Dictionary<string, List<ObjectName>> _named = [];
    private readonly Dictionary<string, List<Function>> _functions = [];
    private readonly Dictionary<ObjectName, Table> _tables = [];

    internal ObjectLookup(DatabaseSchema schema)
    {
        foreach (var item in schema.Tables.Concat<NamedObject>(schema.Views))
        {
            Put(_relations, item.Name, ObjectKey.Of(item));
            Put(_types, item.Name, ObjectKey.Of(item));
        }

        foreach (var item in schema.Sequences.Where(s => !s.IsIdentity))
        {
            Put(_relations, item.Name, ObjectKey.Of(item));
        }

        IEnumerable<NamedObject> types = [.. schema.Enums, .. schema.Domains, .. schema.CompositeTypes, .. schema.RangeTypes];
        foreach (var item in types)
        {
            Put(_types, item.Name, ObjectKey.Of(item));
        }

        foreach (var range in schema.RangeTypes)
        {
            Put(_types, range.Name with { Name = Multirange(range) }, ObjectKey.Of(range));
        }

        foreach (var table in schema.Tables)
        {
            _tables[table.Name] = table;
        }

        foreach (var function in schema.Functions)
        {
            if (!_functions.TryGetValue(function.Name.Name, out var overloads))
            {
                _functions[function.Name.Name] = overloads = [];
            }

            overloads.Add(function);
        }
    }

    /// <summary>The type of a column, argument or attribute where the schema has it.</summary>
    internal IEnumerable<ObjectKey> Type(ColumnType type) => type.Schema is not null && _types.TryGetValue(type.QualifiedName, out var key) ? [key] : [];

    /// <summary>The columns of the table whose rows a type stands for.</summary>
    internal IEnumerable<ObjectKey> Rows(ColumnType type) =>
        type.Schema is not null && _tables.TryGetValue(type.QualifiedName, out var table) ? table.Columns.Select(c => ObjectKey.Of(ObjectKind.Column, table.Name, c.Name)) : [];

    /// <summary>What an expression needs, which asks no other table.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="table">The table whose columns it names; null where it names none.</param>
    internal IEnumerable<ObjectKey> Expression(string text, Table? table)
    {
        var references = TextReferences.Read(text);
        foreach (var key in Called(references).Concat(references.Types.SelectMany(t => Find(_types, t))).Concat(references.Regclass.SelectMany(r => Find(_relations, r))))
        {
            yield return key;
        }

        foreach (var column in table?.Columns ?? [])
        {
            if (references.Words.Contains(column.Name))
            {
                yield return ObjectKey.Of(ObjectKind.Column, table!.Name, column.Name);
            }
        }
    }

    /// <summary>What a query needs, or an expression that may ask other tables.</summary>
    /// <param name="references">The names in it.</param>
    /// <param name="table">The table whose columns it names without asking; null where there is none.</param>
    internal IEnumerable<ObjectKey> Query(TextReferences references, Table? table)
    {
        var relations = references.Relations.Concat(references.Regclass).SelectMany(r => Find(_relations, r))
            .Concat(table is null ? [] : [ObjectKey.Of(table)]).ToHashSet();
        foreach (var key in Called(references).Concat(references.Types.SelectMany(t => Find(_types, t))).Concat(relations))
        {
            yield return key;
        }

        foreach (var relation in relations.Where(r => r.Kind == ObjectKind.Table))
        {
            var asked = _tables[relation.Name];
            foreach (var column in asked.Columns.Where(c => references.Words.Contains(c.Name)))
            {
                yield return ObjectKey.Of(ObjectKind.Column, asked.Name, column.Name);
            }

            if (references.Groups && asked.PrimaryKey is { } primary)
            {
                yield return ObjectKey.Of(ObjectKind.Constraint, asked.Name, primary.Name);
            }
        }
    }

    /// <summary>The functions of a name that has no arguments beside it.</summary>
    internal IEnumerable<ObjectKey> FunctionsNamed(ObjectName name) =>
        _functions.TryGetValue(name.Name, out var overloads) ? overloads.Where(f => f.Name.Schema == name.Schema).Select(f => ObjectKey.Of(f)) : [];

    /// <summary>All functions whose names stand in a text.</summary>
    internal IEnumerable<ObjectKey> NamedFunctions(TextReferences references) =>
        references.Words.SelectMany(w => _functions.TryGetValue(w, out var overloads) ? overloads : []).Select(f => ObjectKey.Of(f));

    /// <summary>All types whose names stand in a text that names types.</summary>
    internal IEnumerable<ObjectKey> NamedTypes(TextReferences references) => references.Relations.Concat(references.Types).SelectMany(r => Find(_types, r));

    /// <summary>The key or index that a foreign key depends on; where that is not known, all that make the columns unique to which it refers.</summary>
    internal IEnumerable<ObjectKey> Keys(ForeignKey foreignKey)
    {
        var (name, columns) = (foreignKey.ReferencedTable, foreignKey.ReferencedColumns);
        if (!_tables.TryGetValue(name, out var table))
        {
            return [];
        }

        var all = Keys(table, columns);
        return foreignKey.ReferencedIndex is { } index && all.Where(k => k.Member == index).ToArray() is [var known] ? [known] : all;
    }

    private static IEnumerable<ObjectKey> Keys(Table table, ImmutableArray<string> columns)
    {
        var name = table.Name;
        foreach (var key in table.UniqueConstraints.Concat(table.PrimaryKey is { } primary ? [primary] : []))
        {
            if (key.Columns.ToHashSet().SetEquals(columns))
            {
                yield return ObjectKey.Of(ObjectKind.Constraint, name, key.Name);
            }
        }

        foreach (var index in table.Indexes.Where(i => i is { IsUnique: true, Predicate: null }))
        {
            if (index.Keys.Select(k => k.Column).ToHashSet().SetEquals(columns))
            {
                yield return ObjectKey.Of(ObjectKind.Index, name, index.Name);
            }
        }
    }

    private static string Multirange(RangeType range)
    {
        // makeMultirangeTypeName: "range" in the name becomes "multirange", else that is appended.
        var given = range.Options.FirstOrDefault(o => o.Name == "multirange_type_name")?.Value;
        var own = range.Name.Name;
        return given?.Split('.')[^1].Trim('"') ?? (own.Contains("range", StringComparison.Ordinal) ? own.Replace("range", "multirange", StringComparison.Ordinal) : own + "_multirange");
    }

    // A range type is called to make a value of it.
    private IEnumerable<ObjectKey> Called(TextReferences references)
    {
        foreach (var (schema, name) in references.Functions)
        {
            if (_functions.TryGetValue(name, out var overloads))
            {
                foreach (var function in overloads.Where(f => schema is null || f.Name.Schema == schema))
                {
                    yield return ObjectKey.Of(function);
                }
            }

            foreach (var key in Find(_types, (schema, name)))
            {
                if (key.Kind == ObjectKind.Type)
                {
                    yield return key;
                }
            }
        }
    }

    private IEnumerable<ObjectKey> Find(Dictionary<ObjectName, ObjectKey> objects, (string? Schema, string Name) name)
    {
        if (name.Schema is { } schema)
        {
            if (objects.TryGetValue(new ObjectName(schema, name.Name), out var known))
            {
                yield return known;
            }
        }
        else if (objects.TryGetValue(new ObjectName(SearchPath, name.Name), out var visible))
        {
            yield return visible;
        }
        else if (_named.TryGetValue(name.Name, out var others))
        {
            // Text that PostgreSQL did not print may have been written under another search path.
            foreach (var other in others)
            {
                if (objects.TryGetValue(other, out var key))
                {
                    yield return key;
                }
            }
        }
    }

    private void Put(Dictionary<ObjectName, ObjectKey> objects, ObjectName name, ObjectKey key)
    {
        objects[name] = key;
        if (!_named.TryGetValue(name.Name, out var all))
        {
            _named[name.Name] = all = [];
        }

        all.Add(name);
    }
}
