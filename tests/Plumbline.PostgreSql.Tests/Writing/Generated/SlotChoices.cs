namespace Plumbline.PostgreSql.Tests.Writing.Generated;

/// <summary>
/// Random choices, each under a name of its own. Two schemas of a pair make the same choice under the same name, but for the share that is rolled again
/// for the second: so they differ in some things, and agree in all others.
/// </summary>
/// <param name="seed">What the choices follow from.</param>
/// <param name="other">What the choices that are rolled again follow from; null for the first schema of a pair.</param>
/// <param name="share">How many of a hundred choices are rolled again.</param>
/// <param name="focus">The beginning of the names of choices that are all rolled again; null for none.</param>
internal sealed class SlotChoices(int seed, int? other = null, int share = 0, string? focus = null)
{
    /// <summary>A number from 0 to below <paramref name="count"/>.</summary>
    public int Roll(string slot, int count)
    {
        var isOther = other is { } second && (Hash(slot, second) % 100 < share || (focus is not null && slot.StartsWith(focus, StringComparison.Ordinal)));
        return (int)(Hash(slot, isOther ? other!.Value ^ 0x5bd1 : seed) % count);
    }

    /// <summary>Whether something that is so in so many of a hundred schemas is so here.</summary>
    public bool Has(string slot, int percent = 50) => Roll(slot, 100) < percent;

    /// <summary>One of several texts.</summary>
    public string Pick(string slot, params ReadOnlySpan<string> options) => options[Roll(slot, options.Length)];

    /// <summary>A text that is there in so many of a hundred schemas.</summary>
    public string Maybe(string slot, string text, int percent = 50) => Has(slot, percent) ? text : "";

    // FNV-1a, and a last stir: neighboring seeds give unlike choices.
    private static uint Hash(string slot, int seed)
    {
        var hash = 2166136261u ^ (uint)(seed * 0x9E3779B1);
        foreach (var character in slot)
        {
            hash = (hash ^ character) * 16777619u;
        }

        hash ^= hash >> 15;
        hash *= 0x2c1b3c6d;
        hash ^= hash >> 12;
        hash *= 0x297a2d39;
        return hash ^ (hash >> 15);
    }
}
