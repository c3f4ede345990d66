using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;

namespace Plumbline.PostgreSql.Replay.Statements.Functions;

/// <summary>Finds the function that a statement names with or without its arguments (<c>LookupFuncWithArgs</c>).</summary>
internal static class FunctionFinder
{
    /// <summary>Whether a call of this name can mean a function that is known.</summary>
    public static bool Exists(Execution execution, QualifiedName name)
    {
        if (name.Schema is { } schema)
        {
            return execution.Database.FindFunctions(schema, name.Name).Count > 0;
        }

        foreach (var candidate in execution.Database.SearchPath)
        {
            if (execution.Database.FindFunctions(candidate, name.Name).Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The function; null where there is none and that is no error.</summary>
    public static FunctionObject? Find(Execution execution, ObjectReference reference, bool missingOk)
    {
        var name = reference.Name!;
        Execution.RefuseOtherDatabase(name);
        if (name.Schema is { } schema && !execution.Database.HasSchema(schema))
        {
            return missingOk ? null : throw new RefusedException("3F000", $"schema \"{schema}\" does not exist");
        }

        var word = Word(reference.Kind);
        if (reference.Parameters is not { } parameters)
        {
            return FindByName(execution, reference, word, missingOk);
        }

        var types = ResolveTypes(execution, parameters, missingOk);
        if (types is null)
        {
            return null;
        }

        foreach (var candidate in Candidates(execution, name))
        {
            if (candidate.View.ArgumentTypes.AsSpan().SequenceEqual(types.Value.AsSpan()))
            {
                CheckKind(execution, reference.Kind, candidate);
                return candidate;
            }
        }

        var signature = $"{name}({string.Join(", ", types.Value.Select(t => execution.Database.FormatType(t)))})";
        if (BuiltinCandidates(execution, name).FirstOrDefault(f => f.ArgumentTypes.AsSpan().SequenceEqual(types.Value.AsSpan())) is { } builtin)
        {
            throw builtin.Oid >= BuiltinCatalog.FirstExtensionOid
                ? ObjectFinder.OfExtension(execution, builtin.Oid, $"function {execution.Database.FormatFunction(builtin)}")
                : new RefusedException("2BP01", $"cannot drop function {execution.Database.FormatFunction(builtin)} because it is required by the database system");
        }

        return missingOk ? null : throw new RefusedException("42883", reference.Kind switch
        {
            SqlObjectKind.Procedure => $"procedure {signature} does not exist",
            SqlObjectKind.Aggregate when types.Value.IsEmpty => $"aggregate {name}(*) does not exist",
            SqlObjectKind.Aggregate => $"aggregate {signature} does not exist",
            _ => $"function {signature} does not exist",
        });
    }

    /// <summary>The functions of a name that statements made, in the order of the search path.</summary>
    public static IEnumerable<FunctionObject> Candidates(Execution execution, QualifiedName name)
    {
        IEnumerable<string> schemas = name.Schema is { } schema ? [schema] : execution.Database.SearchPath;
        return schemas.Select(s => execution.Database.FindNamespace(s)).Where(s => s is not null).SelectMany(s => execution.Database.FindOwnFunctions(s!, name.Name));
    }

    private static IEnumerable<PgFunction> BuiltinCandidates(Execution execution, QualifiedName name)
    {
        IEnumerable<string> schemas = name.Schema is { } schema ? [schema] : execution.Database.SearchPath;
        return schemas.SelectMany(s => execution.Database.Builtins.FindFunctions(s, name.Name));
    }

    private static ImmutableArray<uint>? ResolveTypes(Execution execution, ImmutableArray<FunctionParameter> parameters, bool missingOk)
    {
        var types = ImmutableArray.CreateBuilder<uint>();
        foreach (var parameter in parameters)
        {
            if (parameter.Mode is ParameterMode.Out or ParameterMode.Table)
            {
                continue;
            }

            try
            {
                types.Add(execution.Binder.Type(parameter.Type).Oid);
            }
            catch (RefusedException refused) when (missingOk && refused.Error.SqlState is "42704" or "3F000" && missingOk)
            {
                return null;
            }
        }

        return types.ToImmutable();
    }

    private static FunctionObject? FindByName(Execution execution, ObjectReference reference, string word, bool missingOk)
    {
        var candidates = Candidates(execution, reference.Name!).Where(f => Fits(reference.Kind, f.Row.Kind)).ToList();
        if (candidates.Count == 1)
        {
            return candidates[0];
        }

        if (candidates.Count == 0)
        {
            return missingOk ? null : throw new RefusedException("42883", $"could not find {(word == "aggregate" ? "an" : "a")} {word} named \"{reference.Name}\"");
        }

        throw new RefusedException(new SqlError("42725", $"{word} name \"{reference.Name}\" is not unique") { Hint = $"Specify the argument list to select the {word} unambiguously." });
    }

    private static void CheckKind(Execution execution, SqlObjectKind kind, FunctionObject function)
    {
        if (!Fits(kind, function.Row.Kind))
        {
            var signature = $"{function.Name}({string.Join(", ", function.View.ArgumentTypes.Select(t => execution.Database.FormatType(t)))})";
            throw new RefusedException("42809", kind switch
            {
                SqlObjectKind.Procedure => $"{signature} is not a procedure",
                SqlObjectKind.Aggregate => $"function {signature} is not an aggregate",
                _ => $"{signature} is not a function",
            });
        }
    }

    private static bool Fits(SqlObjectKind kind, PgFunctionKind function) => kind switch
    {
        SqlObjectKind.Function => function is PgFunctionKind.Function or PgFunctionKind.Window or PgFunctionKind.Aggregate,
        SqlObjectKind.Procedure => function == PgFunctionKind.Procedure,
        SqlObjectKind.Aggregate => function == PgFunctionKind.Aggregate,
        _ => true,
    };

    private static string Word(SqlObjectKind kind) => kind switch
    {
        SqlObjectKind.Procedure => "procedure",
        SqlObjectKind.Routine => "routine",
        SqlObjectKind.Aggregate => "aggregate",
        _ => "function",
    };
}
