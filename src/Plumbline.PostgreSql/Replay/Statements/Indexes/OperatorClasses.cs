using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Analysis;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.PostgreSql.Replay.Statements.Indexes;

/// <summary>Which operator class an index uses (<c>ResolveOpClass</c>, <c>GetDefaultOpClass</c>). PostgreSQL documentation, "Operator Classes and Operator Families".</summary>
internal static class OperatorClasses
{
    /// <summary>The class of a name, or the default one of a type; null where it may be one that nobody knows of.</summary>
    /// <exception cref="RefusedException">42704: there is none; 42804: it does not take the type.</exception>
    public static PgOperatorClass? Resolve(Execution execution, QualifiedName? name, uint type, string method)
    {
        var database = execution.Database;
        var types = new TypeSystem(database);
        if (name is null)
        {
            if (Default(database, types, type, method) is { } found)
            {
                return found;
            }

            if (database.HasUnknownObjects && types.BaseType(type) >= BuiltinCatalog.FirstUserOid)
            {
                return null;
            }

            throw new RefusedException(new SqlError("42704", $"data type {database.FormatType(type)} has no default operator class for access method \"{method}\"")
            {
                Hint = "You must specify an operator class for the index or define a default operator class for the data type.",
            });
        }

        if (name.Schema is { } schema)
        {
            execution.Namespace(schema);
        }

        PgOperatorClass? named = null;
        foreach (var candidate in database.OperatorClasses(method))
        {
            if (candidate.Name == name.Name && (name.Schema is null ? database.SearchPath.Contains(candidate.Schema) : candidate.Schema == name.Schema))
            {
                named = candidate;
                break;
            }
        }

        if (named is null)
        {
            return database.HasUnknownObjects ? null : throw new RefusedException("42704", $"operator class \"{name}\" does not exist for access method \"{method}\"");
        }

        if (!types.IsBinaryCoercible(type, named.InputOid))
        {
            throw new RefusedException("42804", $"operator class \"{name}\" does not accept data type {database.FormatType(type)}");
        }

        return named;
    }

    /// <summary>The default class of a type; null where it has none.</summary>
    public static PgOperatorClass? Default(Database database, TypeSystem types, uint type, string method)
    {
        type = types.BaseType(type);
        var candidates = database.OperatorClasses(method);
        foreach (var candidate in candidates)
        {
            if (candidate.IsDefault && candidate.InputOid == type)
            {
                return candidate;
            }
        }

        var category = database.GetType(type)?.Category;
        PgOperatorClass? compatible = null;
        PgOperatorClass? preferred = null;
        foreach (var candidate in candidates)
        {
            if (!candidate.IsDefault || !types.IsBinaryCoercible(type, candidate.InputOid))
            {
                continue;
            }

            if (category is { } c && types.IsPreferred(c, candidate.InputOid))
            {
                preferred ??= candidate;
            }
            else
            {
                compatible ??= candidate;
            }
        }

        return preferred ?? compatible;
    }
}
