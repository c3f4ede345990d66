using Plumbline.PostgreSql.Expressions.Tree;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <summary>The choice among functions or operators of one name ("Type Conversion": Operators, Functions).</summary>
internal static class CandidateChoice
{
    /// <summary>Chooses the candidate that fits best (<c>func_select_candidate</c>), among those whose arguments the inputs can be converted to.</summary>
    /// <typeparam name="T">What is chosen.</typeparam>
    /// <param name="types">The types.</param>
    /// <param name="inputs">Types of the arguments.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="argumentTypes">Gives a candidate's argument types, as many as there are inputs.</param>
    /// <returns>The candidate; null where none is best.</returns>
    public static T? Best<T>(TypeSystem types, uint[] inputs, List<T> candidates, Func<T, uint[]> argumentTypes)
        where T : class
    {
        if (candidates.Count == 1)
        {
            return candidates[0];
        }

        var bases = Array.ConvertAll(inputs, type => type == TypeOids.Unknown ? type : types.BaseType(type));
        candidates = KeepMost(candidates, candidate => Count(bases, argumentTypes(candidate), (input, declared) => input == declared));
        if (candidates.Count == 1)
        {
            return candidates[0];
        }

        candidates = KeepMost(candidates, candidate => Count(bases, argumentTypes(candidate), (input, declared) => input == declared ||
            types.IsPreferred(types.Category(input), declared)));
        if (candidates.Count == 1)
        {
            return candidates[0];
        }

        if (Array.IndexOf(bases, TypeOids.Unknown) < 0)
        {
            return null;
        }

        var kept = ByCategory(types, bases, candidates, argumentTypes);
        if (kept.Count == 1)
        {
            return kept[0];
        }

        return ByKnownType(types, bases, kept, argumentTypes);
    }

    private static int Count(uint[] inputs, uint[] declared, Func<uint, uint, bool> matches)
    {
        var count = 0;
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] != TypeOids.Unknown && matches(inputs[i], declared[i]))
            {
                count++;
            }
        }

        return count;
    }

    private static List<T> KeepMost<T>(List<T> candidates, Func<T, int> count)
    {
        var best = 0;
        var kept = new List<T>();
        foreach (var candidate in candidates)
        {
            var matches = count(candidate);
            if (matches > best || kept.Count == 0)
            {
                best = matches;
                kept.Clear();
                kept.Add(candidate);
            }
            else if (matches == best)
            {
                kept.Add(candidate);
            }
        }

        return kept;
    }

    // Unknown literals: strings win; else all candidates must agree on the category of the argument.
    private static List<T> ByCategory<T>(TypeSystem types, uint[] inputs, List<T> candidates, Func<T, uint[]> argumentTypes)
    {
        var categories = new char[inputs.Length];
        var preferred = new bool[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] != TypeOids.Unknown)
            {
                continue;
            }

            var conflict = false;
            foreach (var candidate in candidates)
            {
                var type = types.Get(argumentTypes(candidate)[i]);
                if (categories[i] == '\0' || (categories[i] != type.Category && type.Category == 'S'))
                {
                    categories[i] = type.Category;
                    preferred[i] = type.IsPreferred;
                }
                else if (categories[i] == type.Category)
                {
                    preferred[i] |= type.IsPreferred;
                }
                else
                {
                    conflict = true;
                }
            }

            if (conflict && categories[i] != 'S')
            {
                return candidates;
            }
        }

        var kept = candidates.FindAll(candidate =>
        {
            var declared = argumentTypes(candidate);
            for (var i = 0; i < inputs.Length; i++)
            {
                if (inputs[i] == TypeOids.Unknown && types.Get(declared[i]) is var type &&
                    (type.Category != categories[i] || (preferred[i] && !type.IsPreferred)))
                {
                    return false;
                }
            }

            return true;
        });
        return kept.Count > 0 ? kept : candidates;
    }

    // Last: where all known arguments have one type, the unknown ones are taken to have it too.
    private static T? ByKnownType<T>(TypeSystem types, uint[] inputs, List<T> candidates, Func<T, uint[]> argumentTypes)
        where T : class
    {
        var known = inputs.Where(type => type != TypeOids.Unknown).Distinct().ToArray();
        if (known.Length != 1)
        {
            return null;
        }

        var assumed = Enumerable.Repeat(known[0], inputs.Length).ToArray();
        var fitting = candidates.FindAll(candidate => types.CanCoerce(assumed, argumentTypes(candidate), CoercionContext.Implicit));
        return fitting.Count == 1 ? fitting[0] : null;
    }
}
