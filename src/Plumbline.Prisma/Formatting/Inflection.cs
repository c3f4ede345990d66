using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.Prisma.Formatting;

/// <summary>Names of relation fields as Prisma's formatter makes them of the names of models.</summary>
internal static class Inflection
{
    private static readonly HashSet<string> Uncountable = new(StringComparer.Ordinal)
    {
        "accommodation", "adulthood", "advertising", "advice", "aggression", "aid", "air", "aircraft", "alcohol", "anger", "applause", "arithmetic", "assistance",
        "athletics", "bacon", "baggage", "beef", "biology", "blood", "botany", "bread", "butter", "carbon", "cardboard", "cash", "chalk", "chaos", "chess", "crossroads",
        "countryside", "dancing", "deer", "dignity", "dirt", "dust", "economics", "education", "electricity", "engineering", "enjoyment", "envy", "equipment", "ethics",
        "evidence", "evolution", "fame", "fiction", "flour", "flu", "food", "fuel", "fun", "furniture", "gallows", "garbage", "garlic", "genetics", "gold", "golf",
        "gossip", "gratitude", "grief", "guilt", "gymnastics", "happiness", "hardware", "harm", "hate", "hatred", "health", "heat", "help", "homework", "honesty",
        "honey", "hospitality", "housework", "humour", "hunger", "hydrogen", "ice", "importance", "inflation", "information", "innocence", "iron", "irony", "jam",
        "jewelry", "judo", "karate", "knowledge", "lack", "laughter", "lava", "leather", "leisure", "lightning", "linguine", "linguini", "linguistics", "literature",
        "litter", "livestock", "logic", "loneliness", "luck", "luggage", "macaroni", "machinery", "magic", "management", "mankind", "marble", "mathematics",
        "mayonnaise", "measles", "methane", "milk", "minus", "money", "mud", "music", "mumps", "nature", "news", "nitrogen", "nonsense", "nurture", "nutrition",
        "obedience", "obesity", "oxygen", "pasta", "patience", "physics", "poetry", "pollution", "poverty", "pride", "psychology", "publicity", "punctuation",
        "quartz", "racism", "relaxation", "reliability", "research", "respect", "revenge", "rice", "rubbish", "rum", "safety", "scenery", "seafood", "seaside",
        "series", "shame", "sheep", "shopping", "sleep", "smoke", "smoking", "snow", "soap", "software", "soil", "spaghetti", "species", "steam", "stuff",
        "stupidity", "sunshine", "symmetry", "tennis", "thirst", "thunder", "timber", "traffic", "transportation", "trust", "underwear", "unemployment", "unity",
        "validity", "veal", "vegetation", "vegetarianism", "vengeance", "violence", "vitality", "warmth", "wealth", "weather", "welfare", "wheat", "wildlife",
        "wisdom", "yoga", "zinc", "zoology"
    };

    private static readonly Dictionary<string, string> Irregular = new Dictionary<string, string>
    {
        ["ox"] = "oxen",
        ["man"] = "men",
        ["woman"] = "women",
        ["die"] = "dice",
        ["yes"] = "yeses",
        ["foot"] = "feet",
        ["eave"] = "eaves",
        ["goose"] = "geese",
        ["tooth"] = "teeth",
        ["quiz"] = "quizzes",
    };

    // The first that fits counts.
    private static readonly (Regex Pattern, string Ending)[] Rules =
    [
        .. new (string Pattern, string Ending)[]
        {
            (@"^(\w*eaux)$", ""),
            (@"(\w*(child))(?:ren)?$", "ren"),
            (@"(\w*(pe))(?:rson|ople)$", "ople"),
            (@"(\w*(m|l))(?:ice|ouse)$", "ice"),
            (@"(\w*(matr|cod|mur|sil|vert|ind|append))(?:ix|ex)$", "ices"),
            (@"(\w*(x|ch|ss|sh|zz))$", "es"),
            (@"(\w*(x|ch|ss|sh|zz)es)$", ""),
            (@"(\w*([^ch][ieo][ln]))ey$", "ies"),
            (@"(\w*([^aeiouy]|qu))y$", "ies"),
            (@"(\w*(ar|l|ea|eo|oa|hoo))f$", "ves"),
            (@"(\w*(kni|wi|li))fe$", "ves"),
            (@"(\w*)sis$", "ses"),
            (@"(\w*(apheli|hyperbat|periheli|asyndet|noumen|phenomen|criteri|organ|prolegomen|hedr|automat))(?:a|on)$", "a"),
            (@"(\w*(agend|addend|millenni|dat|extrem|bacteri|desiderat|strat|candelabr|errat|ov|symposi|curricul|automat|quor))(?:a|um)$", "a"),
            (@"(\w*(her|at|gr))o$", "oes"),
            (@"(\w*(seraph|cherub))(?:im)?$", "im"),
            (@"(\w*(alumn|alg|vertebr))(?:a|ae)$", "ae"),
            (@"(\w*(alumn|syllab|octop|vir|radi|nucle|fung|cact|stimul|termin|bacill|foc|uter|loc|strat))(?:us|i)$", "i"),
            (@"(\w*([^l]ias|[aeiou]las|[emjzr]as|[iu]am))$", ""),
            (@"(\w*(e[mn]u))s?$", "s"),
            (@"(\w*(alias|[^aou]us|tlas|gas|ris))$", "es"),
            (@"(\w*(ax|test))is$", "es"),
            (@"(\w*([^aeiou]ese))$", ""),
            (@"(\w*)s$", "s"),
        }.Select(r => (new Regex(@"(?<!\w)" + r.Pattern, RegexOptions.CultureInvariant), r.Ending)),
    ];

    /// <summary>A name in camel case: <c>OrderLine</c> → <c>orderLine</c>.</summary>
    public static string CamelCase(string name)
    {
        var result = new StringBuilder(name.Length);
        var startsWord = false;
        var lastSmall = '\0';
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c))
            {
                startsWord = result.Length > 0;
            }
            else if (char.IsDigit(c))
            {
                startsWord = true;
                result.Append(c);
            }
            else if (startsWord || (char.IsLower(lastSmall) && char.IsUpper(c)))
            {
                startsWord = false;
                result.Append(char.ToUpperInvariant(c));
            }
            else
            {
                // A capital after a capital counts here, which makes the server of an HTTPServer small.
                lastSmall = c;
                result.Append(char.ToLowerInvariant(c));
            }
        }

        return result.ToString();
    }

    /// <summary>A name for several.</summary>
    public static string Plural(string name)
    {
        if (Uncountable.Contains(name))
        {
            return name;
        }

        if (Irregular.TryGetValue(name, out var irregular))
        {
            return irregular;
        }

        foreach (var (pattern, ending) in Rules)
        {
            if (pattern.Match(name) is { Success: true } match)
            {
                return match.Groups[1].Value + ending;
            }
        }

        return name + "s";
    }
}
