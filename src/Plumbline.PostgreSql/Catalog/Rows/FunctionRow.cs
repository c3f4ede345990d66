namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>A row of <c>pg_proc</c> that belongs to no extension and no type.</summary>
internal sealed record FunctionRow(uint Oid, uint Namespace, string Name, char Kind, uint Owner, string?[]? Acl, string Language, string Source)
{
    /// <summary>Its body in standard SQL, printed; else null.</summary>
    public string? SqlBody { get; init; }

    /// <summary>What it returns, printed; null for a procedure.</summary>
    public string? Result { get; init; }

    /// <summary>Whether it returns a set.</summary>
    public bool ReturnsSet { get; init; }

    /// <summary>The types of its input arguments.</summary>
    public uint[] InputTypes { get; init; } = [];

    /// <summary>The types of all its arguments; empty where all are input.</summary>
    public uint[] AllTypes { get; init; } = [];

    /// <summary>Their modes; null where all are input.</summary>
    public string?[]? Modes { get; init; }

    /// <summary>Their names; null where none has one.</summary>
    public string?[]? Names { get; init; }

    /// <summary>Of each argument its default; null where none has one.</summary>
    public string?[]? Defaults { get; init; }

    /// <summary><c>provolatile</c>.</summary>
    public char Volatility { get; init; }

    /// <summary>STRICT.</summary>
    public bool IsStrict { get; init; }

    /// <summary>SECURITY DEFINER.</summary>
    public bool IsSecurityDefiner { get; init; }

    /// <summary>LEAKPROOF.</summary>
    public bool IsLeakproof { get; init; }

    /// <summary><c>proparallel</c>.</summary>
    public char Parallel { get; init; }

    /// <summary>COST.</summary>
    public double Cost { get; init; }

    /// <summary>ROWS.</summary>
    public double Rows { get; init; }

    /// <summary>SET; null where there is none.</summary>
    public string?[]? Settings { get; init; }

    /// <summary>The query for all of them.</summary>
    /// <param name="version">The server's major version.</param>
    // What a range type has to make its values depends on the type from within ('i').
    public static CatalogQuery<FunctionRow> Query(int version) => new(
        $"""
        SELECT p.oid, p.pronamespace, p.proname, p.prokind::int4, p.proowner, p.proacl::text[], l.lanname, p.prosrc,
               {(version >= 14 ? "CASE WHEN p.prosqlbody IS NOT NULL THEN pg_get_function_sqlbody(p.oid) END" : "NULL::text")}, pg_get_function_result(p.oid), p.proretset,
               p.proargtypes::oid[], p.proallargtypes, p.proargmodes::text[], p.proargnames,
               CASE WHEN p.pronargdefaults > 0 THEN ARRAY(SELECT pg_get_function_arg_default(p.oid, n) FROM generate_series(1, coalesce(cardinality(p.proallargtypes), p.pronargs)) n ORDER BY n) END,
               p.provolatile::int4, p.proisstrict, p.prosecdef, p.proleakproof, p.proparallel::int4, p.procost::float8, p.prorows::float8, p.proconfig
          FROM path CROSS JOIN pg_proc p JOIN pg_language l ON l.oid = p.prolang
         WHERE p.oid >= 16384 AND {SystemSchemas.Outside("p.pronamespace")}
           AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.objsubid = 0 AND d.deptype IN ('e', 'i'))
        """,
        r => new FunctionRow(r.Oid(), r.Oid(), r.Text(), r.Letter(), r.Oid(), r.TextsOrNull(), r.Text(), r.Text())
        {
            SqlBody = r.TextOrNull(),
            Result = r.TextOrNull(),
            ReturnsSet = r.Flag(),
            InputTypes = r.Oids(),
            AllTypes = r.Oids(),
            Modes = r.TextsOrNull(),
            Names = r.TextsOrNull(),
            Defaults = r.TextsOrNull(),
            Volatility = r.Letter(),
            IsStrict = r.Flag(),
            IsSecurityDefiner = r.Flag(),
            IsLeakproof = r.Flag(),
            Parallel = r.Letter(),
            Cost = r.Real(),
            Rows = r.Real(),
            Settings = r.TextsOrNull(),
        },
        prints: true);
}

/// <summary>A row of <c>pg_aggregate</c> that belongs to no extension.</summary>
internal sealed record AggregateRow(uint Function, string Transition, uint State, string? Final, string? Combine, string? Initial, string? SortOperator)
{
    /// <summary>The query for all of them.</summary>
    public static CatalogQuery<AggregateRow> Query() => new(
        """
        SELECT a.aggfnoid::oid, a.aggtransfn::text, a.aggtranstype, CASE WHEN a.aggfinalfn <> 0 THEN a.aggfinalfn::text END, CASE WHEN a.aggcombinefn <> 0 THEN a.aggcombinefn::text END, a.agginitval,
               CASE WHEN a.aggsortop <> 0 THEN (SELECT o.oprname::text FROM pg_operator o WHERE o.oid = a.aggsortop) END
          FROM path CROSS JOIN pg_aggregate a WHERE a.aggfnoid::oid >= 16384
        """,
        r => new AggregateRow(r.Oid(), r.Text(), r.Oid(), r.TextOrNull(), r.TextOrNull(), r.TextOrNull(), r.TextOrNull()),
        prints: true);
}
