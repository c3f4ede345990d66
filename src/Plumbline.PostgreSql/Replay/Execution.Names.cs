using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.PostgreSql.Replay;

/// <content>Finding what names mean, with PostgreSQL's errors where they mean nothing.</content>
internal sealed partial class Execution
{
    /// <summary>The schema of a name (<c>get_namespace_oid</c>).</summary>
    /// <exception cref="RefusedException">3F000.</exception>
    public NamespaceObject Namespace(string name) =>
        Database.FindNamespace(name) ?? throw new RefusedException("3F000", $"schema \"{name}\" does not exist");

    /// <summary>The relation of a name; null where there is none (<c>RangeVarGetRelid</c>).</summary>
    /// <param name="name">The name.</param>
    /// <param name="missingOk">Whether a missing schema is no error either.</param>
    public RelationObject? TryRelation(QualifiedName name, bool missingOk = true)
    {
        RefuseOtherDatabase(name);
        if (name.Schema is { } schema)
        {
            var found = Database.FindNamespace(schema);
            return found is not null
                ? Database.FindRelation(found, name.Name)
                : missingOk
                ? null
                : throw new RefusedException("3F000", $"schema \"{schema}\" does not exist");
        }

        foreach (var candidate in Database.SearchPath)
        {
            if (Database.FindNamespace(candidate) is { } found && Database.FindRelation(found, name.Name) is { } relation)
            {
                return relation;
            }
        }

        return null;
    }

    /// <summary>The relation of a name.</summary>
    /// <exception cref="RefusedException">42P01 or 3F000.</exception>
    public RelationObject Relation(QualifiedName name) => TryRelation(name, missingOk: false) ?? throw MissingRelation(name);

    /// <summary>That there is no such relation.</summary>
    public RefusedException MissingRelation(QualifiedName name, int? position = null)
    {
        RefuseSystemRelation(name);
        return new RefusedException("42P01", $"relation \"{name}\" does not exist", position);
    }

    /// <summary>What belongs to the server itself is beyond what a replay changes; PostgreSQL refuses it too.</summary>
    public void RefuseSystemRelation(QualifiedName name)
    {
        var schema = name.Schema;
        var found = schema is null ? Database.Builtins.FindRelation("pg_catalog", name.Name) : Database.Builtins.FindRelation(schema, name.Name);
        if (found is not null)
        {
            throw found.Oid >= BuiltinCatalog.FirstExtensionOid
                ? new CannotKnowException($"\"{name}\" belongs to an extension, and the replay does not know its tables.")
                : new RefusedException("42501", $"permission denied: \"{name.Name}\" is a system catalog");
        }
    }

    /// <summary>Where something new is to live (<c>RangeVarGetCreationNamespace</c>).</summary>
    /// <exception cref="RefusedException">3F000.</exception>
    public NamespaceObject CreationNamespace(QualifiedName name, bool isTemporary = false, bool endsWithTransaction = false)
    {
        RefuseOtherDatabase(name);
        if (isTemporary)
        {
            // What a block makes and its own end drops is the same however the block was sent. What is still there when a file ends is looked at then.
            DependsOnSession |= endsWithTransaction && !IsInOpenBlock;
            if (name.Schema is { } explicitSchema and not "pg_temp")
            {
                Namespace(explicitSchema);
                throw new RefusedException("42P16", "cannot create temporary relation in non-temporary schema");
            }

            return TemporaryNamespace();
        }

        if (name.Schema is { } schema)
        {
            DependsOnSession |= schema == "pg_temp";
            return schema == "pg_temp" ? TemporaryNamespace() : CheckCreation(Namespace(schema), name.Name);
        }

        return CheckCreation(DefaultNamespace(), name.Name);
    }

    /// <summary>The first schema of the search path, where new objects go.</summary>
    /// <exception cref="RefusedException">3F000.</exception>
    public NamespaceObject DefaultNamespace()
    {
        Budget.UseSteps(Settings.Path.Length);
        foreach (var entry in Settings.Path)
        {
            var name = entry == "$user" ? CurrentRole.Name : entry;
            if (Database.FindNamespace(name) is { } found)
            {
                return found;
            }
        }

        throw new RefusedException("3F000", "no schema has been selected to create in");
    }

    /// <summary>The name of the schema where new objects go; null where there is none.</summary>
    public string? CreationSchemaName
    {
        get
        {
            Budget.UseSteps(Settings.Path.Length);
            foreach (var entry in Settings.Path)
            {
                var name = entry == "$user" ? CurrentRole.Name : entry;
                if (Database.FindNamespace(name) is not null)
                {
                    return name;
                }
            }

            return null;
        }
    }

    /// <summary>Has a temporary table go with the transaction.</summary>
    public void DropAtCommit(NamespaceObject schema, string table)
    {
        if (Database.FindRelation(schema, table) is { } found)
        {
            DroppedAtCommit.Add(found.Oid);
        }
    }

    /// <summary>The schema of temporary tables, which is made when it is first needed.</summary>
    public NamespaceObject TemporaryNamespace()
    {
        if (Database.FindNamespace("pg_temp") is { } found)
        {
            return found;
        }

        var schema = new NamespaceObject(Database, Database.NextOid(), new NamespaceRow("pg_temp", Database.Superuser));
        Database.Add(schema);
        return schema;
    }

    /// <summary>The role that a statement names.</summary>
    /// <exception cref="RefusedException">42704.</exception>
    public RoleObject Role(RoleSpec role) => role.Kind switch
    {
        RoleKind.CurrentRole or RoleKind.CurrentUser => CurrentRole,
        RoleKind.SessionUser => Settings.SessionRole,
        RoleKind.Public => throw new RefusedException("42704", "role \"public\" does not exist"),
        _ => Role(role.Name!),
    };

    /// <summary>The role of a name.</summary>
    /// <exception cref="RefusedException">42704.</exception>
    public RoleObject Role(string name) => Database.FindRole(name) ?? throw new RefusedException("42704", $"role \"{name}\" does not exist");

    /// <summary>The role that a statement names; null for PUBLIC.</summary>
    public RoleObject? RoleOrPublic(RoleSpec role) => role.Kind == RoleKind.Public ? null : Role(role);

    /// <summary>Refuses names with a database in front that is not this one.</summary>
    public static void RefuseOtherDatabase(QualifiedName name)
    {
        if (name.Catalog is not null)
        {
            throw new RefusedException("0A000", $"cross-database references are not implemented: \"{name}\"");
        }
    }

    private static NamespaceObject CheckCreation(NamespaceObject schema, string name)
    {
        if (schema.Name == "pg_catalog")
        {
            throw new RefusedException(new SqlError(
                "42501", $"permission denied to create \"pg_catalog.{name}\"")
            { Detail = "System catalog modifications are currently disallowed." });
        }

        return schema;
    }
}
