using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast.Objects;

namespace Plumbline.PostgreSql.Replay.Statements.Objects;

/// <summary>CREATE EXTENSION and ALTER EXTENSION. PostgreSQL documentation, "Packaging Related Objects into an Extension".</summary>
internal static class Extensions
{
    /// <summary>CREATE EXTENSION (<c>CreateExtension</c>).</summary>
    public static void Run(Execution execution, CreateExtensionStatement statement)
    {
        var name = statement.Name.Name;
        if (execution.Database.FindExtension(name) is { Row.IsAssumed: true } assumed)
        {
            Confirm(execution, assumed, statement);
            return;
        }

        if (execution.Database.FindExtension(name) is not null)
        {
            if (statement.IfNotExists)
            {
                return;
            }

            throw new RefusedException("42710", $"extension \"{name}\" already exists");
        }

        Create(execution, name, statement.Schema?.Name, statement.Version, statement.IsCascade, []);
    }

    /// <summary>Takes an extension for installed, as far as it is known.</summary>
    public static void Assume(Execution execution, string name)
    {
        var database = execution.Database;
        if (database.FindExtension(name) is not null || !KnownExtension.All.ContainsKey(name))
        {
            return;
        }

        HashSet<ExtensionObject> before = [.. database.Extensions];
        Create(execution, name, null, null, cascade: true, []);
        foreach (var extension in database.Extensions.Where(e => !before.Contains(e)).ToList())
        {
            extension.SetQuietly(extension.Row with { IsAssumed = true });
        }
    }

    // What was taken for installed is created after all.
    private static void Confirm(Execution execution, ExtensionObject assumed, CreateExtensionStatement statement)
    {
        var database = execution.Database;
        var dependents = assumed.ReferencedBy.Items.ToList();
        database.Remove(new ObjectAddress(assumed));
        Create(execution, assumed.Name, statement.Schema?.Name, statement.Version, statement.IsCascade, []);
        if (database.FindExtension(assumed.Name) is { } extension)
        {
            foreach (var dependency in dependents)
            {
                dependency.Dependent.Object.DependsOn.Remove(dependency);
                var moved = new Dependency(dependency.Dependent, new ObjectAddress(extension), dependency.Kind, dependency.Member);
                dependency.Dependent.Object.DependsOn.Add(moved);
                extension.ReferencedBy.Add(moved);
            }
        }
    }

    /// <summary>ALTER EXTENSION … UPDATE.</summary>
    public static void Run(Execution execution, AlterExtensionUpdateStatement statement)
    {
        var extension = Find(execution, statement.Name.Name);
        if (statement.Version is { } version)
        {
            extension.Row = extension.Row with { Version = version, IsVersionWritten = true };
        }
    }

    /// <summary>ALTER EXTENSION … SET SCHEMA.</summary>
    public static void Move(Execution execution, SetSchemaStatement statement)
    {
        var extension = Find(execution, statement.Object.Name!.Name);
        var target = execution.Namespace(statement.NewSchema.Name);
        if (!KnownExtension.All.TryGetValue(extension.Name, out var known))
        {
            return;
        }

        if (known.Schema is not null)
        {
            throw new RefusedException("0A000", $"extension \"{extension.Name}\" does not support SET SCHEMA");
        }

        if (extension.Row.Namespace == target)
        {
            return;
        }

        execution.Database.Install(known, target.Name);
        Database.ForgetDependencies(new ObjectAddress(extension), d => d.Referenced.Object is NamespaceObject);
        execution.Database.Depend(new ObjectAddress(extension), new ObjectAddress(target), DependencyType.Normal);
        extension.Row = extension.Row with { Namespace = target };
    }

    private static ExtensionObject Find(Execution execution, string name) =>
        execution.Database.FindExtension(name) ?? throw new RefusedException("42704", $"extension \"{name}\" does not exist");

    private static void Create(Execution execution, string name, string? schemaName, string? version, bool cascade, List<string> parents)
    {
        var database = execution.Database;
        if (!KnownExtension.All.TryGetValue(name, out var known))
        {
            throw new RefusedException(new SqlError("0A000", $"extension \"{name}\" is not available")
            {
                Hint = "The extension must first be installed on the system where PostgreSQL is running.",
            });
        }

        NamespaceObject schema;
        if (known.Schema is { } fixedSchema)
        {
            if (schemaName is not null && schemaName != fixedSchema)
            {
                throw new RefusedException("0A000", $"extension \"{name}\" must be installed in schema \"{fixedSchema}\"");
            }

            schema = database.FindNamespace(fixedSchema) ?? MakeSchema(execution, fixedSchema);
        }
        else
        {
            schema = schemaName is not null ? execution.Namespace(schemaName) : execution.DefaultNamespace();
        }

        foreach (var required in known.Requires)
        {
            if (database.FindExtension(required) is not null)
            {
                continue;
            }

            if (!cascade)
            {
                throw new RefusedException(new SqlError("42704", $"required extension \"{required}\" is not installed")
                {
                    Hint = "Use CREATE EXTENSION ... CASCADE to install required extensions too.",
                });
            }

            if (parents.Contains(required))
            {
                throw new RefusedException("42P19", $"cyclic dependency detected between extensions \"{required}\" and \"{name}\"");
            }

            Create(execution, required, schemaName, null, cascade, [.. parents, name]);
        }

        var extension = new ExtensionObject(database, database.NextOid(), new ExtensionRow(name, schema, version ?? known.Version) { IsVersionWritten = version is not null });
        database.Add(extension);
        database.Install(known, schema.Name);
        database.Depend(new ObjectAddress(extension), new ObjectAddress(schema), DependencyType.Normal);
        foreach (var required in known.Requires)
        {
            if (database.FindExtension(required) is { } needed)
            {
                database.Depend(new ObjectAddress(extension), new ObjectAddress(needed), DependencyType.Normal);
            }
        }
    }

    private static NamespaceObject MakeSchema(Execution execution, string name)
    {
        var database = execution.Database;
        var schema = new NamespaceObject(database, database.NextOid(), new NamespaceRow(name, execution.CurrentRole));
        database.Add(schema);
        return schema;
    }
}
