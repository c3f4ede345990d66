using System.Collections.Immutable;
using System.Text;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Statements.Types;

/// <summary>CREATE TYPE in its forms. PostgreSQL documentation, "CREATE TYPE".</summary>
internal static class CreateType
{
    /// <summary>CREATE TYPE … AS ENUM (<c>DefineEnum</c>).</summary>
    public static void Run(Execution execution, CreateEnumStatement statement)
    {
        var (schema, name) = Place(execution, statement.Name);
        CheckName(execution, schema, name);
        var labels = ImmutableArray.CreateBuilder<EnumLabel>(statement.Labels.Length);
        var seen = new HashSet<string>(statement.Labels.Length);
        foreach (var label in statement.Labels)
        {
            CheckLabel(label.Text);
            if (!seen.Add(label.Text))
            {
                throw new RefusedException(new SqlError("23505", "duplicate key value violates unique constraint \"pg_enum_typid_label_index\"")
                {
                    Detail = $"Key (enumtypid, enumlabel)=({execution.Database.PeekOid}, {label.Text}) already exists.",
                });
            }

            labels.Add(new EnumLabel(label.Text, execution.Journal.Statement));
        }

        var type = Create(execution, schema, name, PgTypeKind.Enum, row => row with { Labels = labels.ToImmutable() });
    }

    /// <summary>CREATE TYPE … AS (…) (<c>DefineCompositeType</c>).</summary>
    public static void Run(Execution execution, CreateCompositeTypeStatement statement)
    {
        var (schema, name) = Place(execution, statement.Name);
        if (execution.Database.FindOwnType(schema, name) is { } existing && !MoveArray(execution, existing))
        {
            throw new RefusedException("42710", $"type \"{name}\" already exists");
        }

        var columns = new List<ColumnRow>();
        foreach (var field in statement.Fields)
        {
            var type = execution.Binder.Type(field.Type);
            var collation = execution.Database.GetType(type.Oid)?.CollationOid ?? 0;
            columns.Add(new ColumnRow(field.Name.Name, type.Oid, type.Modifier, field.Collation is null ? collation : execution.Binder.Collation(field.Collation).Oid) { WrittenType = type.Oid == 0 ? type.Type : null });
        }

        for (var i = 0; i < columns.Count; i++)
        {
            if (columns.FindIndex(c => c.Name == columns[i].Name) < i)
            {
                throw new RefusedException("42701", $"column \"{columns[i].Name}\" specified more than once");
            }

            Relations.CheckType(execution, columns[i].Name, columns[i].TypeOid, 'c');
        }

        var relation = Relations.Create(execution, schema, name, 'c', 'p', row => row);
        foreach (var column in columns)
        {
            Relations.AddColumn(execution.Database, relation, column);
        }
    }

    /// <summary>CREATE TYPE … AS RANGE (<c>DefineRange</c>).</summary>
    public static void Run(Execution execution, CreateRangeTypeStatement statement)
    {
        var database = execution.Database;
        var (schema, name) = Place(execution, statement.Name);
        CheckName(execution, schema, name);
        uint subtype = 0;
        var multirangeName = ImplicitNames.ForMultirange(name);
        var options = ImmutableArray.CreateBuilder<StorageParameter>();
        foreach (var option in statement.Options)
        {
            switch (option.Name)
            {
                case "subtype" when option.Value is SqlTypeName written:
                    subtype = execution.Binder.Type(written).Oid;
                    break;
                case "multirange_type_name":
                    multirangeName = option.Text ?? multirangeName;
                    options.Add(new StorageParameter(option.Name, option.Text ?? ""));
                    break;
                case "subtype_opclass" or "collation" or "canonical" or "subtype_diff":
                    options.Add(new StorageParameter(option.Name, option.Text ?? ""));
                    break;
                case "subtype":
                    break;
                default:
                    throw new RefusedException("42601", $"type attribute \"{option.Name}\" not recognized");
            }
        }

        if (subtype == 0)
        {
            throw new RefusedException("42601", "type attribute \"subtype\" is required");
        }

        var range = Create(execution, schema, name, PgTypeKind.Range, row => row with { SubtypeOid = subtype, Options = options.ToImmutable() });
        var multirange = Create(execution, schema, multirangeName, PgTypeKind.Multirange, row => row with { SubtypeOid = range.Oid });
        range.SetQuietly(range.Row with { Multirange = multirange });
        database.Depend(new ObjectAddress(multirange), new ObjectAddress(range), DependencyType.Internal);
        database.DependOnType(new ObjectAddress(range), subtype);
        RangeConstructors.Create(execution, range, multirange);
    }

    /// <summary>CREATE TYPE of a base type or shell, whose functions are in C: only its name is known.</summary>
    public static void Run(Execution execution, CreateBaseTypeStatement statement)
    {
        var (schema, name) = Place(execution, statement.Name);
        if (execution.Database.FindOwnType(schema, name) is not null && statement.Options is null)
        {
            throw new RefusedException("42710", $"type \"{name}\" already exists");
        }

        throw new CannotKnowException("Base types are built from C functions, which the replay cannot analyze.");
    }

    /// <summary>Makes a type with the array over it.</summary>
    public static TypeObject Create(Execution execution, NamespaceObject schema, string name, PgTypeKind kind, Func<TypeRow, TypeRow> shape)
    {
        var database = execution.Database;
        var owner = execution.CurrentRole;
        var array = new TypeObject(database, database.NextOid(), new TypeRow("", schema, PgTypeKind.Base, owner) { IsArray = true });
        var type = new TypeObject(database, database.NextOid(), shape(new TypeRow(name, schema, kind, owner) { ArrayType = array, Acl = DefaultPrivileges.For(execution, 'T', schema) }));
        database.Add(type);
        array.SetQuietly(array.Row with { Name = ImplicitNames.ForArray(database, schema, name), ElementOid = type.Oid, CollationOid = type.Row.CollationOid });
        database.Add(array);
        database.Depend(new ObjectAddress(array), new ObjectAddress(type), DependencyType.Internal);
        database.Depend(new ObjectAddress(type), new ObjectAddress(schema), DependencyType.Normal);
        return type;
    }

    /// <summary>Gives an array type that PostgreSQL named by itself another name, where its name is wanted by somebody else (<c>moveArrayTypeName</c>).</summary>
    public static bool MoveArray(Execution execution, TypeObject type)
    {
        if (!type.Row.IsArray)
        {
            return false;
        }

        var database = execution.Database;
        var element = database.FindObject(type.Row.ElementOid) as TypeObject;
        if (element?.Row.ArrayType != type)
        {
            return false;
        }

        database.Rename(type, type.Namespace, ImplicitNames.ForArray(database, type.Namespace, element.Name));
        return true;
    }

    /// <summary>Refuses a name that is taken.</summary>
    public static void CheckName(Execution execution, NamespaceObject schema, string name)
    {
        if (execution.Database.FindOwnType(schema, name) is { } existing && !MoveArray(execution, existing))
        {
            throw new RefusedException("42710", $"type \"{name}\" already exists");
        }
    }

    /// <summary>Refuses labels that are too long.</summary>
    public static void CheckLabel(string label)
    {
        if (Encoding.UTF8.GetByteCount(label) > ImplicitNames.MaxBytes)
        {
            throw new RefusedException(new SqlError("42602", $"invalid enum label \"{label}\"") { Detail = "Labels must be 63 bytes or less." });
        }
    }

    /// <summary>Schema and name of a type that is to be made.</summary>
    public static (NamespaceObject Schema, string Name) Place(Execution execution, QualifiedName name) => (execution.CreationNamespace(name), name.Name);

    /// <summary>The type that a statement alters, which must be one that statements made.</summary>
    /// <exception cref="RefusedException">42704: there is none.</exception>
    public static TypeObject Find(Execution execution, QualifiedName name, int? position = null)
    {
        if (TryFind(execution, name) is { } type)
        {
            return type;
        }

        throw execution.Binder.FindType(name) is { } builtin
            ? builtin.Oid >= BuiltinCatalog.FirstExtensionOid ? new CannotKnowException($"Type \"{name}\" belongs to an extension.") : new RefusedException("42501", $"must be owner of type {execution.Database.FormatType(builtin.Oid)}")
            : name.Schema is { } schema && !execution.Database.HasSchema(schema)
                ? new RefusedException("3F000", $"schema \"{schema}\" does not exist", position)
                : new RefusedException("42704", $"type \"{name}\" does not exist", position);
    }

    /// <summary>The type of a name that statements made; null where there is none.</summary>
    public static TypeObject? TryFind(Execution execution, QualifiedName name) =>
        execution.Binder.FindType(name) is { } found ? execution.Database.FindObject(found.Oid) as TypeObject : null;
}
