using System.Globalization;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Printing;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <summary>The types that print an object's name for its number ("Object Identifier Types").</summary>
internal static class ObjectNames
{
    /// <summary>Whether a type is one of them, or <c>oid</c> itself.</summary>
    public static bool IsOidType(string type) => type is "oid" or "regclass" or "regtype" or "regnamespace" or "regrole" or "regproc" or "regprocedure";

    /// <summary>The name that a value prints.</summary>
    public static string Print(Database database, OidValue value)
    {
        var number = value.Oid.ToString(CultureInfo.InvariantCulture);
        if (value.Oid == 0)
        {
            return value.Type == "oid" ? "0" : "-";
        }

        return value.Type switch
        {
            "regclass" => database.GetRelation(value.Oid) is { } relation ? Visibility.RelationName(database, relation) : number,
            "regtype" => database.GetType(value.Oid) is not null ? database.FormatType(value.Oid) : number,
            "regnamespace" => database.FindObject(value.Oid) is NamespaceObject schema ? Identifiers.Quote(schema.Name) : number,
            "regrole" => database.FindObject(value.Oid) is RoleObject role ? Identifiers.Quote(role.Name) : number,
            "regproc" => database.GetFunction(value.Oid) is { } function ? PrintFunction(database, function) : number,
            "regprocedure" => database.GetFunction(value.Oid) is { } function ? database.FormatFunction(function) : number,
            "oid" when value.Oid is >= BuiltinCatalog.FirstUserOid => throw new UnknownValueException("the number of an object"),
            _ => number,
        };
    }

    /// <summary>The object of a name, as <c>'name'::regclass</c> and its kin find it.</summary>
    /// <param name="execution">The session.</param>
    /// <param name="text">The name.</param>
    /// <param name="type">The type.</param>
    /// <param name="missingOk">Whether null is given for what does not exist, as <c>to_regclass</c> does.</param>
    /// <exception cref="RefusedException">There is none.</exception>
    public static OidValue? Find(Execution execution, string text, string type, bool missingOk)
    {
        if (text.Length > 0 && text.All(char.IsAsciiDigit) && uint.TryParse(text, CultureInfo.InvariantCulture, out var oid))
        {
            return new OidValue(oid, type);
        }

        if (text == "-" && type != "oid")
        {
            return new OidValue(0, type);
        }

        switch (type)
        {
            case "regclass": return FindRelation(execution, Name(text), missingOk);
            case "regtype": return FindType(execution, text, missingOk);
            case "regnamespace":
                var schema = execution.Database.FindNamespace(Name(text).Name);
                return schema is not null ? new OidValue(schema.Oid, type) : missingOk ? null
                    : throw new RefusedException("3F000", $"schema \"{Name(text).Name}\" does not exist");
            case "regrole":
                var role = execution.Database.FindRole(Name(text).Name);
                return role is not null ? new OidValue(role.Oid, type) : missingOk ? null
                    : throw new RefusedException("42704", $"role \"{Name(text).Name}\" does not exist");
            case "regproc": return FindFunction(execution, Name(text), missingOk);
            case "regprocedure": return FindSignature(execution, text, missingOk);
            default: throw new RefusedException("22P02", $"invalid input syntax for type oid: \"{text}\"");
        }
    }

    /// <summary>A relation by name.</summary>
    public static OidValue? FindRelation(Execution execution, QualifiedName name, bool missingOk)
    {
        if (name.Schema is { } schema && !missingOk)
        {
            execution.Namespace(schema);
        }

        if (execution.TryRelation(name) is { } own)
        {
            return new OidValue(own.Oid, "regclass");
        }

        foreach (var candidate in name.Schema is { } only ? [only] : execution.Database.SearchPath)
        {
            if (execution.Database.FindRelation(candidate, name.Name) is { } found)
            {
                return new OidValue(found.Oid, "regclass");
            }
        }

        return missingOk ? null : throw new RefusedException("42P01", $"relation \"{name}\" does not exist");
    }

    private static OidValue? FindType(Execution execution, string text, bool missingOk)
    {
        if (!SqlParser.TryParseType(text, out var name, out var error))
        {
            throw new RefusedException(error!.SqlState, error.Message);
        }

        try
        {
            return new OidValue(execution.Binder.Type(name!).Oid, "regtype");
        }
        catch (RefusedException refused)
        {
            return missingOk ? null : throw new RefusedException(refused.Error with { Position = null });
        }
    }

    private static OidValue? FindFunction(Execution execution, QualifiedName name, bool missingOk)
    {
        var found = Functions(execution, name).ToList();
        return found.Count switch
        {
            1 => new OidValue(found[0].Oid, "regproc"),
            0 => missingOk ? null : throw new RefusedException("42883", $"function \"{name}\" does not exist"),
            _ => missingOk ? null : throw new RefusedException("42725", $"more than one function named \"{name}\""),
        };
    }

    private static OidValue? FindSignature(Execution execution, string text, bool missingOk)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !text.TrimEnd().EndsWith(')'))
        {
            throw new RefusedException("22P02", "expected a left parenthesis");
        }

        var types = text.TrimEnd()[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(t => FindType(execution, t, missingOk)?.Oid ?? 0).ToList();
        var match = Functions(execution, Name(text[..open])).FirstOrDefault(f => f.ArgumentTypes.SequenceEqual(types));
        return match is not null ? new OidValue(match.Oid, "regprocedure") : missingOk ? null
            : throw new RefusedException("42883", $"function \"{text}\" does not exist");
    }

    /// <summary>The functions of a name.</summary>
    public static IEnumerable<PgFunction> Functions(Execution execution, QualifiedName name) =>
        (name.Schema is { } schema ? [schema] : execution.Database.SearchPath.AsEnumerable()).SelectMany(s => execution.Database.FindFunctions(s, name.Name));

    private static string PrintFunction(Database database, PgFunction function) =>
        database.SearchPath.Contains(function.Schema) ? Identifiers.Quote(function.Name)
            : $"{Identifiers.Quote(function.Schema)}.{Identifiers.Quote(function.Name)}";

    /// <summary>A name as text.</summary>
    /// <exception cref="RefusedException">It is none.</exception>
    public static QualifiedName Name(string text) =>
        SqlParser.TryParseName(text, out var name, out _) ? name! : throw new RefusedException("42602", "invalid name syntax");
}
