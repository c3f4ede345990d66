using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Statements.Objects;

/// <summary>CREATE PUBLICATION and ALTER PUBLICATION. PostgreSQL documentation, "Logical Replication".</summary>
internal static class Publications
{
    /// <summary>CREATE PUBLICATION.</summary>
    public static void Run(Execution execution, CreatePublicationStatement statement)
    {
        var database = execution.Database;
        var name = statement.Name.Name;
        if (database.FindPublication(name) is not null)
        {
            throw new RefusedException("42710", $"publication \"{name}\" already exists");
        }

        var (tables, schemas) = Objects(execution, statement.Objects);
        var publication = new PublicationObject(database, database.NextOid(), new PublicationRow(name, execution.CurrentRole)
        {
            AllTables = statement.AllTables,
            Tables = tables,
            Namespaces = schemas,
            Options = Options(statement.Options),
        });
        database.Add(publication);
    }

    /// <summary>ALTER PUBLICATION.</summary>
    public static void Run(Execution execution, AlterPublicationStatement statement)
    {
        var publication = execution.Database.FindPublication(statement.Name.Name) ?? throw new RefusedException("42704", $"publication \"{statement.Name.Name}\" does not exist");
        var row = publication.Row;
        if (!statement.Options.IsEmpty)
        {
            var options = row.Options;
            foreach (var option in Options(statement.Options))
            {
                options = options.RemoveAll(o => o.Name == option.Name).Add(option);
            }

            publication.Row = row with { Options = options };
        }
        else
        {
            var (tables, schemas) = Objects(execution, statement.Objects);
            if (row.AllTables)
            {
                throw new RefusedException(new SqlError("55000", $"publication \"{publication.Name}\" is defined as FOR ALL TABLES")
                {
                    Detail = "Tables cannot be added to or dropped from FOR ALL TABLES publications.",
                });
            }

            publication.Row = statement.Action switch
            {
                "ADD" => Add(row, tables, schemas),
                "DROP" => Drop(row, tables, schemas),
                _ => row with { Tables = tables, Namespaces = schemas },
            };
        }
    }

    private static PublicationRow Add(PublicationRow row, ImmutableArray<RelationObject> tables, ImmutableArray<NamespaceObject> schemas)
    {
        foreach (var table in tables)
        {
            if (row.Tables.Contains(table))
            {
                throw new RefusedException("42710", $"relation \"{table.Name}\" is already member of publication \"{row.Name}\"");
            }
        }

        foreach (var schema in schemas)
        {
            if (row.Namespaces.Contains(schema))
            {
                throw new RefusedException("42710", $"schema \"{schema.Name}\" is already member of publication \"{row.Name}\"");
            }
        }

        return row with { Tables = [.. row.Tables, .. tables], Namespaces = [.. row.Namespaces, .. schemas] };
    }

    private static PublicationRow Drop(PublicationRow row, ImmutableArray<RelationObject> tables, ImmutableArray<NamespaceObject> schemas)
    {
        foreach (var table in tables)
        {
            if (!row.Tables.Contains(table))
            {
                throw new RefusedException("42704", $"relation \"{table.Name}\" is not part of the publication");
            }
        }

        foreach (var schema in schemas)
        {
            if (!row.Namespaces.Contains(schema))
            {
                throw new RefusedException("42704", $"tables from schema \"{schema.Name}\" are not part of the publication");
            }
        }

        return row with { Tables = row.Tables.RemoveRange(tables), Namespaces = row.Namespaces.RemoveRange(schemas) };
    }

    private static (ImmutableArray<RelationObject> Tables, ImmutableArray<NamespaceObject> Schemas) Objects(Execution execution, ImmutableArray<PublicationObjectSpec> objects)
    {
        var tables = ImmutableArray.CreateBuilder<RelationObject>();
        var schemas = ImmutableArray.CreateBuilder<NamespaceObject>();
        foreach (var item in objects)
        {
            if (item.Table is null)
            {
                var schema = item.Schema is { } named ? execution.Namespace(named.Name) : execution.DefaultNamespace();
                if (!schemas.Contains(schema))
                {
                    schemas.Add(schema);
                }

                continue;
            }

            var table = execution.Relation(item.Table);
            if (!table.IsTable)
            {
                throw new RefusedException(new SqlError("22023", $"cannot add relation \"{table.Name}\" to publication") { Detail = $"This operation is not supported for {Sequences.KindDetail(table.Kind)}." });
            }

            if (table.Row.Persistence != 'p')
            {
                throw new RefusedException(new SqlError("22023", $"cannot add relation \"{table.Name}\" to publication")
                {
                    Detail = table.Row.Persistence == 't' ? "This operation is not supported for temporary tables." : "This operation is not supported for unlogged tables.",
                });
            }

            if (!tables.Contains(table))
            {
                tables.Add(table);
            }
        }

        return (tables.ToImmutable(), schemas.ToImmutable());
    }

    private static ImmutableArray<StorageParameter> Options(ImmutableArray<DefinitionOption> options)
    {
        var parsed = ImmutableArray.CreateBuilder<StorageParameter>();
        foreach (var option in options)
        {
            if (option.Name is not ("publish" or "publish_via_partition_root" or "publish_generated_columns"))
            {
                throw new RefusedException("42601", $"unrecognized publication parameter: \"{option.Name}\"");
            }

            parsed.Add(new StorageParameter(option.Name, option.Text ?? "true"));
        }

        return parsed.ToImmutable();
    }
}
