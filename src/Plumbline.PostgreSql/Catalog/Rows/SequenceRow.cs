namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>A row of <c>pg_sequence</c>, with the column that owns it.</summary>
internal sealed record SequenceRow(uint Relation, uint Type, long Start, long Increment, long Max, long Min, long Cache, bool Cycles, uint OwnerTable, int OwnerColumn, bool IsIdentity)
{
    /// <summary>The query for all of them.</summary>
    public static CatalogQuery<SequenceRow> Query() => new(
        """
        SELECT s.seqrelid, s.seqtypid, s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcache, s.seqcycle, coalesce(d.refobjid, 0::oid), coalesce(d.refobjsubid, 0), coalesce(d.deptype = 'i', false)
          FROM pg_sequence s LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.objsubid = 0 AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
                                                  AND d.deptype IN ('a', 'i')
        """,
        r => new SequenceRow(r.Oid(), r.Oid(), r.Great(), r.Great(), r.Great(), r.Great(), r.Great(), r.Flag(), r.Oid(), r.Number(), r.Flag()));
}
