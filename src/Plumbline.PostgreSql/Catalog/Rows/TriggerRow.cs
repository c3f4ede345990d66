namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>A row of <c>pg_trigger</c> that is no constraint's own.</summary>
internal sealed record TriggerRow(uint Oid, uint Table, string Name, char State, short Type, string FunctionSchema, string FunctionName, short[] Columns, byte[] Arguments)
{
    /// <summary>Whether it is a constraint trigger.</summary>
    public bool IsConstraint { get; init; }

    /// <summary>DEFERRABLE.</summary>
    public bool IsDeferrable { get; init; }

    /// <summary>INITIALLY DEFERRED.</summary>
    public bool IsDeferred { get; init; }

    /// <summary>The table of FROM; else 0.</summary>
    public uint Referenced { get; init; }

    /// <summary>REFERENCING OLD TABLE; else null.</summary>
    public string? OldTable { get; init; }

    /// <summary>REFERENCING NEW TABLE; else null.</summary>
    public string? NewTable { get; init; }

    /// <summary>The whole statement, where there is a condition.</summary>
    public string? Definition { get; init; }

    /// <summary>The query for all of them.</summary>
    /// <param name="version">The server's major version.</param>
    // Before PostgreSQL 15 the triggers that a partition has from its table were marked as internal.
    public static CatalogQuery<TriggerRow> Query(int version) => new(
        $"""
        SELECT t.oid, t.tgrelid, t.tgname, t.tgenabled::int4, t.tgtype, n.nspname, p.proname, t.tgattr::int2[], t.tgargs, t.tgconstraint <> 0, t.tgdeferrable, t.tginitdeferred,
               t.tgconstrrelid, t.tgoldtable, t.tgnewtable, CASE WHEN t.tgqual IS NOT NULL THEN pg_get_triggerdef(t.oid) END
          FROM path CROSS JOIN pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE {(version >= 15 ? "NOT t.tgisinternal" : """
            (NOT t.tgisinternal OR (t.tgfoid NOT BETWEEN 1644 AND 1655
              AND EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_trigger'::regclass AND d.objid = t.oid AND d.refclassid = 'pg_trigger'::regclass AND d.deptype = 'P')))
            """)}
         ORDER BY t.oid
        """,
        r => new TriggerRow(r.Oid(), r.Oid(), r.Text(), r.Letter(), r.Small(), r.Text(), r.Text(), r.Columns(), r.Bytes())
        {
            IsConstraint = r.Flag(),
            IsDeferrable = r.Flag(),
            IsDeferred = r.Flag(),
            Referenced = r.Oid(),
            OldTable = r.TextOrNull(),
            NewTable = r.TextOrNull(),
            Definition = r.TextOrNull(),
        },
        prints: true);
}

/// <summary>A row of <c>pg_policy</c>.</summary>
internal sealed record PolicyRow(uint Oid, uint Table, string Name, char Command, bool IsPermissive, uint[] Roles, string? Using, string? WithCheck)
{
    /// <summary>The query for all of them.</summary>
    public static CatalogQuery<PolicyRow> Query() => new(
        """
        SELECT p.oid, p.polrelid, p.polname, p.polcmd::int4, p.polpermissive, p.polroles, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
          FROM path CROSS JOIN pg_policy p
        """,
        r => new PolicyRow(r.Oid(), r.Oid(), r.Text(), r.Letter(), r.Flag(), r.Oids(), r.TextOrNull(), r.TextOrNull()),
        prints: true);
}

/// <summary>A row of <c>pg_rewrite</c> but for those that make views.</summary>
internal sealed record RuleRow(uint Oid, uint Table, string Name, char State, string Definition)
{
    /// <summary>The query for all of them.</summary>
    public static CatalogQuery<RuleRow> Query() => new(
        """
        SELECT r.oid, r.ev_class, r.rulename, r.ev_enabled::int4, pg_get_ruledef(r.oid) FROM path CROSS JOIN pg_rewrite r WHERE r.rulename <> '_RETURN' AND r.oid >= 16384
        """,
        r => new RuleRow(r.Oid(), r.Oid(), r.Text(), r.Letter(), r.Text()),
        prints: true);
}
