namespace Plumbline.PostgreSql.Sql.Lexing;

/// <summary>What kind of name a key word may still be, as PostgreSQL's grammar divides them.</summary>
internal enum KeywordCategory : byte
{
    /// <summary>Any name.</summary>
    Unreserved,

    /// <summary>The name of a column or table, not of a function or type.</summary>
    ColumnName,

    /// <summary>The name of a function or type, not of a column or table.</summary>
    TypeOrFunctionName,

    /// <summary>Only a label behind AS.</summary>
    Reserved,
}

/// <summary>The categories of PostgreSQL's key words.</summary>
internal static class KeywordTable
{
    private const string UnreservedWords = """
        abort absent absolute access action add admin after aggregate also alter always asensitive assertion assignment at atomic attach attribute
        backward before begin breadth by cache call called cascade cascaded catalog chain characteristics checkpoint class close cluster columns
        comment comments commit committed compression conditional configuration conflict connection constraints content continue conversion copy
        cost csv cube current cursor cycle data database day deallocate declare defaults deferred definer delete delimiter delimiters depends depth
        detach dictionary disable discard document domain double drop each empty enable encoding encrypted enforced enum error escape event exclude
        excluding exclusive execute explain expression extension external family filter finalize first following force format forward function
        functions generated global granted groups handler header hold hour identity if immediate immutable implicit import include including
        increment indent index indexes inherit inherits inline input insensitive insert instead invoker isolation keep key keys label language large
        last leakproof level listen load local location lock locked logged mapping match matched materialized maxvalue merge method minute minvalue
        mode month move name names nested new next nfc nfd nfkc nfkd no normalized nothing notify nowait nulls object objects of off oids old omit
        operator option options ordinality others over overriding owned owner parallel parameter parser partial partition passing password path
        period plan plans policy preceding prepare prepared preserve prior privileges procedural procedure procedures program publication quote
        quotes range read reassign recursive ref referencing refresh reindex relative release rename repeatable replace replica reset restart
        restrict return returns revoke role rollback rollup routine routines rows rule savepoint scalar schema schemas scroll search second security
        sequence sequences serializable server session set sets share show simple skip snapshot source sql stable standalone start statement
        statistics stdin stdout storage stored strict string strip subscription support sysid system tables tablespace target temp template
        temporary text ties transaction transform trigger truncate trusted type types uescape unbounded uncommitted unconditional unencrypted
        unknown unlisten unlogged until update vacuum valid validate validator value varying version view views virtual volatile whitespace within
        without work wrapper write xml year yes zone
        """;

    private const string ColumnNameWords = """
        between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout int integer interval json
        json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value least
        merge_action national nchar none normalize nullif numeric out overlay position precision real row setof smallint substring time timestamp
        treat trim values varchar xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
        """;

    private const string TypeOrFunctionNameWords = """
        authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left like natural notnull outer
        overlaps right similar tablesample verbose
        """;

    private const string ReservedWords = """
        all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create current_catalog current_date
        current_role current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign from
        grant group having in initially intersect into lateral leading limit localtime localtimestamp not null offset on only or order placing
        primary references returning select session_user some symmetric system_user table then to trailing true union unique user using variadic
        when where window with
        """;

    // Those that are no label of a column unless AS precedes them.
    private const string WordsThatNeedAs = """
        array as char character create day except fetch filter for from grant group having hour intersect into limit minute month offset on order
        over overlaps precision returning second to union varying where window with within without year
        """;

    private const int LongestWord = 17;

    private static readonly Dictionary<string, Keyword> ByName = NumberWords();

    private static readonly Dictionary<string, Keyword>.AlternateLookup<ReadOnlySpan<char>> BySpan = ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly KeywordCategory[] Categories = FindCategories();

    private static readonly bool[] NeedsAsWord = FindNeedsAs();

    /// <summary>The key word that a word is, in any case of letters; <see cref="Keyword.NoKeyword"/> where it is none.</summary>
    public static Keyword Find(ReadOnlySpan<char> word)
    {
        if (word.Length > LongestWord)
        {
            return Keyword.NoKeyword;
        }

        Span<char> lower = stackalloc char[LongestWord];
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            lower[i] = c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
        }

        return BySpan.TryGetValue(lower[..word.Length], out var keyword) ? keyword : Keyword.NoKeyword;
    }

    /// <summary>The category of a key word.</summary>
    public static KeywordCategory CategoryOf(Keyword keyword) => Categories[(int)keyword];

    /// <summary>Whether a key word is a column's label only behind AS.</summary>
    public static bool NeedsAs(Keyword keyword) => NeedsAsWord[(int)keyword];

    // The members of Keyword stand in the alphabetical order of their words, behind NoKeyword.
    private static Dictionary<string, Keyword> NumberWords()
    {
        string[] words = [.. Words(UnreservedWords), .. Words(ColumnNameWords), .. Words(TypeOrFunctionNameWords), .. Words(ReservedWords)];
        Array.Sort(words, StringComparer.Ordinal);
        var numbers = new Dictionary<string, Keyword>(words.Length, StringComparer.Ordinal);
        for (var i = 0; i < words.Length; i++)
        {
            numbers.Add(words[i], (Keyword)(i + 1));
        }

        return numbers;
    }

    private static string[] Words(string words) => words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static KeywordCategory[] FindCategories()
    {
        var categories = new KeywordCategory[ByName.Count + 1];
        Mark(UnreservedWords, KeywordCategory.Unreserved);
        Mark(ColumnNameWords, KeywordCategory.ColumnName);
        Mark(TypeOrFunctionNameWords, KeywordCategory.TypeOrFunctionName);
        Mark(ReservedWords, KeywordCategory.Reserved);
        return categories;

        void Mark(string words, KeywordCategory category)
        {
            foreach (var word in Words(words))
            {
                categories[(int)ByName[word]] = category;
            }
        }
    }

    private static bool[] FindNeedsAs()
    {
        var needsAs = new bool[ByName.Count + 1];
        foreach (var word in Words(WordsThatNeedAs))
        {
            needsAs[(int)ByName[word]] = true;
        }

        return needsAs;
    }
}
