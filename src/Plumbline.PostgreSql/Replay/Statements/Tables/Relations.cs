using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Types;

namespace Plumbline.PostgreSql.Replay.Statements.Tables;

/// <summary>What every relation with columns has when it is new: its row type, its privileges, its place in the catalogs (<c>heap_create_with_catalog</c>).</summary>
internal static class Relations
{
    /// <summary>Makes a relation without columns.</summary>
    /// <exception cref="RefusedException">42P07 or 42710: the name is taken.</exception>
    public static RelationObject Create(Execution execution, NamespaceObject schema, string name, char kind, char persistence, Func<RelationRow, RelationRow> shape)
    {
        var database = execution.Database;
        if (database.FindRelation(schema, name) is not null)
        {
            throw new RefusedException("42P07", $"relation \"{name}\" already exists");
        }

        RefuseTypeName(execution, schema, name);
        var relation = new RelationObject(database, database.NextOid(), shape(new RelationRow(name, schema, kind, execution.CurrentRole) { Persistence = persistence }));
        var array = new TypeObject(database, database.NextOid(), new TypeRow(ImplicitNames.ForArray(database, schema, name), schema, PgTypeKind.Base, execution.CurrentRole) { IsArray = true });
        var type = new TypeObject(database, database.NextOid(), new TypeRow(name, schema, PgTypeKind.Composite, execution.CurrentRole) { Relation = relation, ArrayType = array });
        array.SetQuietly(array.Row with { ElementOid = type.Oid });
        relation.SetQuietly(relation.Row with { RowType = type, Acl = kind == 'c' ? null : DefaultPrivileges.For(execution, 'r', schema) });
        database.Add(relation);
        database.Add(type);
        database.Add(array);
        database.Depend(new ObjectAddress(array), new ObjectAddress(type), DependencyType.Internal);
        if (kind == 'c')
        {
            database.Depend(new ObjectAddress(relation), new ObjectAddress(type), DependencyType.Internal);
            database.Depend(new ObjectAddress(type), new ObjectAddress(schema), DependencyType.Normal);
        }
        else
        {
            database.Depend(new ObjectAddress(type), new ObjectAddress(relation), DependencyType.Internal);
            database.Depend(new ObjectAddress(relation), new ObjectAddress(schema), DependencyType.Normal);
        }

        return relation;
    }

    /// <summary>Refuses the name of a type; an array type makes way.</summary>
    /// <exception cref="RefusedException">42710.</exception>
    public static void RefuseTypeName(Execution execution, NamespaceObject schema, string name)
    {
        if (execution.Database.FindOwnType(schema, name) is { } taken && !CreateType.MoveArray(execution, taken))
        {
            throw new RefusedException(new SqlError("42710", $"type \"{name}\" already exists")
            {
                Hint = "A relation has an associated type of the same name, so you must use a name that doesn't conflict with any existing type.",
            });
        }
    }

    /// <summary>Refuses what has no rows of its own (<c>table_open</c>).</summary>
    /// <exception cref="RefusedException">42809: an index or a composite type.</exception>
    public static RelationObject Open(RelationObject relation) => relation.Kind switch
    {
        'i' or 'I' => throw new RefusedException("42809", $"\"{relation.Name}\" is an index"),
        'c' => throw new RefusedException("42809", $"\"{relation.Name}\" is a composite type"),
        _ => relation,
    };

    /// <summary>Adds a column at the end, with what it depends on.</summary>
    public static ColumnObject AddColumn(Database database, RelationObject relation, ColumnRow row)
    {
        var column = new ColumnObject(database, relation, (short)(relation.Columns.Items.Length + 1), row);
        relation.AddColumn(column);
        database.DependOnType(new ObjectAddress(relation, column.Number), row.TypeOid);
        return column;
    }

    /// <summary>Refuses types that no column may have (<c>CheckAttributeType</c>).</summary>
    /// <param name="execution">The session.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="type">The type.</param>
    /// <param name="kind">The relation's kind.</param>
    /// <param name="relation">The relation, where it is there already, so that no row of it may hold one of its own.</param>
    public static void CheckType(Execution execution, string column, uint type, char kind, RelationObject? relation = null)
    {
        if (relation?.Row.RowType is { } own && Holds(execution.Database, type, own.Oid, 0))
        {
            throw new RefusedException("42P16", $"composite type {execution.Database.FormatType(own.Oid)} cannot be made a member of itself");
        }

        if (execution.Database.GetType(type) is not { Kind: PgTypeKind.Pseudo } pseudo || (kind is 'v' && type is TypeOids.Unknown))
        {
            return;
        }

        throw new RefusedException("42P16", $"column \"{column}\" has pseudo-type {execution.Database.FormatType(pseudo.Oid)}");
    }

    private static bool Holds(Database database, uint type, uint row, int depth)
    {
        if (type == row)
        {
            return true;
        }

        if (depth >= 50 || database.GetType(type) is not { } found)
        {
            return false;
        }

        if (database.FindObject(type) is TypeObject { Row.Relation: { } relation })
        {
            foreach (var column in relation.LiveColumns)
            {
                if (Holds(database, column.Row.TypeOid, row, depth + 1))
                {
                    return true;
                }
            }

            return false;
        }

        var inner = found.IsArray ? found.ElementOid : found.Kind == PgTypeKind.Domain ? found.BaseOid : found.SubtypeOid;
        return inner != 0 && Holds(database, inner, row, depth + 1);
    }
}
