using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <summary>A function that a call may mean, with its arguments in the order of the call.</summary>
/// <param name="Function">The function.</param>
/// <param name="ArgumentTypes">The declared types: those of named arguments where the call has them, a variadic one as often as it is given, then those left to
/// defaults.</param>
/// <param name="PathPosition">Which schema of the search path it is in.</param>
/// <param name="VariadicCount">How many arguments the variadic one takes; 0 where it is none or not expanded.</param>
/// <param name="DefaultCount">How many arguments are left to their defaults.</param>
/// <param name="ArgumentNumbers">For a call with names: which argument of the function each one is.</param>
internal sealed record FunctionCandidate(
    PgFunction Function, uint[] ArgumentTypes, int PathPosition, int VariadicCount, int DefaultCount, int[]? ArgumentNumbers)
{
    /// <summary>Whether another function fits as well, so that neither can be chosen.</summary>
    public bool IsAmbiguous { get; set; }
}

/// <summary>The search for the functions that a call may mean (<c>FuncnameGetCandidates</c>).</summary>
internal static class FunctionLookup
{
    // With more candidates than these, those of the same arguments are looked up and not searched.
    private const int MostSearched = 16;

    /// <summary>The candidates, less those that others hide.</summary>
    /// <param name="catalog">The database.</param>
    /// <param name="name">The function's name.</param>
    /// <param name="count">Number of arguments in the call.</param>
    /// <param name="names">Names of the last of them.</param>
    /// <param name="expandVariadic">Whether a variadic argument may take several.</param>
    public static List<FunctionCandidate> Candidates(IObjectCatalog catalog, QualifiedName name, int count, ImmutableArray<string> names, bool expandVariadic)
    {
        var result = new List<FunctionCandidate>();
        Dictionary<FunctionCandidate, int>? indexes = null;
        var schemas = name.Schema is { } schema ? [schema] : catalog.SearchPath;
        for (var position = 0; position < schemas.Length; position++)
        {
            foreach (var function in catalog.FindFunctions(schemas[position], name.Name))
            {
                if (Match(function, count, names, expandVariadic, position) is { } candidate)
                {
                    Add(result, candidate, ref indexes);
                }
            }
        }

        return result;
    }

    private static FunctionCandidate? Match(PgFunction function, int count, ImmutableArray<string> names, bool expandVariadic, int position)
    {
        var declared = function.ArgumentTypes;
        var usesDefaults = declared.Length > count;
        if (usesDefaults && count + function.DefaultCount < declared.Length)
        {
            return null;
        }

        if (!names.IsEmpty)
        {
            if ((function.VariadicOid != 0 && expandVariadic) || (declared.Length != count && !usesDefaults) ||
                MatchNames(function, count, names) is not { } numbers)
            {
                return null;
            }

            return new FunctionCandidate(
                function, Array.ConvertAll(numbers, n => declared[n]), position, 0, usesDefaults ? declared.Length - count : 0, numbers);
        }

        var variadic = declared.Length <= count && expandVariadic && function.VariadicOid != 0;
        if (declared.Length != count && !variadic && !usesDefaults)
        {
            return null;
        }

        var types = new uint[Math.Max(declared.Length, count)];
        declared.CopyTo(types);
        if (variadic)
        {
            Array.Fill(types, function.VariadicOid, declared.Length - 1, types.Length - declared.Length + 1);
        }

        return new FunctionCandidate(
            function, types, position, variadic ? types.Length - declared.Length + 1 : 0, usesDefaults ? declared.Length - count : 0, null);
    }

    private static int[]? MatchNames(PgFunction function, int count, ImmutableArray<string> names)
    {
        if (function.ArgumentNames.IsEmpty)
        {
            return null;
        }

        var positional = count - names.Length;
        var numbers = new List<int>(Enumerable.Range(0, positional));
        foreach (var name in names)
        {
            var number = function.ArgumentNames.IndexOf(name);
            if (number < 0 || numbers.Contains(number))
            {
                return null;
            }

            numbers.Add(number);
        }

        for (var number = positional; number < function.ArgumentTypes.Length; number++)
        {
            if (numbers.Contains(number))
            {
                continue;
            }

            if (number < function.ArgumentTypes.Length - function.DefaultCount)
            {
                return null;
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static void Add(List<FunctionCandidate> result, FunctionCandidate candidate, ref Dictionary<FunctionCandidate, int>? indexes)
    {
        var index = IndexOf(result, candidate, ref indexes);
        if (index < 0)
        {
            indexes?.Add(candidate, result.Count);
            result.Add(candidate);
            return;
        }

        // The one earlier in the search path wins, then the one that is not variadic.
        var other = result[index];
        if (candidate.PathPosition > other.PathPosition ||
            (candidate.PathPosition == other.PathPosition && candidate.VariadicCount > 0 && other.VariadicCount == 0))
        {
            return;
        }

        if (candidate.PathPosition == other.PathPosition && (candidate.VariadicCount > 0 || other.VariadicCount == 0))
        {
            other.IsAmbiguous = true;
            return;
        }

        result[index] = candidate;
    }

    // The candidate that has the same arguments, of which there is one at most.
    private static int IndexOf(List<FunctionCandidate> result, FunctionCandidate candidate, ref Dictionary<FunctionCandidate, int>? indexes)
    {
        if (result.Count <= MostSearched)
        {
            return result.FindIndex(other => GivenArguments.Instance.Equals(other, candidate));
        }

        if (indexes is null)
        {
            indexes = new Dictionary<FunctionCandidate, int>(GivenArguments.Instance);
            for (var i = 0; i < result.Count; i++)
            {
                indexes.Add(result[i], i);
            }
        }

        return indexes.TryGetValue(candidate, out var index) ? index : -1;
    }

    // Candidates are the same for a call where the arguments that it gives have the same types.
    private sealed class GivenArguments : IEqualityComparer<FunctionCandidate>
    {
        public static readonly GivenArguments Instance = new();

        public bool Equals(FunctionCandidate? x, FunctionCandidate? y) => x is not null && y is not null && Of(x).SequenceEqual(Of(y));

        public int GetHashCode(FunctionCandidate obj)
        {
            var hash = default(HashCode);
            foreach (var type in Of(obj))
            {
                hash.Add(type);
            }

            return hash.ToHashCode();
        }

        private static ReadOnlySpan<uint> Of(FunctionCandidate candidate) => candidate.ArgumentTypes.AsSpan(0, candidate.ArgumentTypes.Length - candidate.DefaultCount);
    }
}
