using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Objects;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <summary>The catalogs in <c>pg_catalog</c> that migrations ask, over the database in memory. PostgreSQL documentation, "System Catalogs" and "System
/// Views".</summary>
/// <param name="database">The database.</param>
internal sealed class SystemCatalogs(Database database)
{
    /// <summary>A catalog; null where it is not followed.</summary>
    public CatalogTable? Find(string name) => name switch
    {
        "pg_namespace" => CatalogTable.Of("oid nspname nspowner", database.Namespaces.Select(n => new object?[] { n.Oid, n.Name, n.Row.Owner.Oid })),
        "pg_class" => Classes(),
        "pg_type" => Types(),
        "pg_attribute" => Attributes(),
        "pg_attrdef" => CatalogTable.Of("oid adrelid adnum", Relations.SelectMany(r => r.LiveColumns).Where(c => c.Row.Default is not null)
            .Select(c => new object?[] { c.Row.Default!.Oid, c.Relation.Oid, c.Number })),
        "pg_constraint" => Constraints(),
        "pg_index" => Indexes(),
        "pg_indexes" => CatalogTable.Of("schemaname tablename indexname tablespace indexdef", Relations.Where(r => r.IsIndex).Select(r =>
            new object?[] { r.Namespace.Name, r.Row.Index!.Table.Name, r.Name, null, Definitions.Index(database, r) })),
        "pg_tables" => CatalogTable.Of("schemaname tablename tableowner tablespace hasindexes hasrules hastriggers rowsecurity",
            Relations.Where(r => r.IsTable).Select(r =>
            new object?[] { r.Namespace.Name, r.Name, r.Row.Owner.Name, null, r.Indexes.Items.Length > 0, r.Rules.Items.Length > 0, HasTriggers(r),
                r.Row.RowSecurity })),
        "pg_views" => CatalogTable.Of("schemaname viewname viewowner", Relations.Where(r => r.Kind == 'v')
            .Select(r => new object?[] { r.Namespace.Name, r.Name, r.Row.Owner.Name })),
        "pg_matviews" => CatalogTable.Of("schemaname matviewname matviewowner tablespace hasindexes ispopulated", Relations.Where(r => r.Kind == 'm')
            .Select(r =>
            new object?[] { r.Namespace.Name, r.Name, r.Row.Owner.Name, null, r.Indexes.Items.Length > 0, r.Row.IsPopulated })),
        "pg_sequences" => CatalogTable.Of("schemaname sequencename sequenceowner", Relations.Where(r => r.Kind == 'S')
            .Select(r => new object?[] { r.Namespace.Name, r.Name, r.Row.Owner.Name })),
        "pg_policy" => CatalogTable.Of("oid polname polrelid polcmd polpermissive",
            Policies.Select(p => new object?[] { p.Oid, p.Name, p.Table.Oid, Letter(p), p.Row.IsPermissive })),
        "pg_policies" => CatalogTable.Of("schemaname tablename policyname permissive roles cmd", Policies.Select(p => new object?[]
        {
            p.Table.Namespace.Name, p.Table.Name, p.Name, p.Row.IsPermissive ? "PERMISSIVE" : "RESTRICTIVE",
            p.Row.Roles.IsEmpty ? ["public"] : p.Row.Roles.Select(r => r.Name), p.Row.Command.ToString().ToUpperInvariant(),
        })),
        "pg_enum" => Labels(),
        "pg_trigger" => CatalogTable.Of("oid tgrelid tgparentid tgname tgfoid tgisinternal tgenabled", Triggers.Select(t =>
            new object?[] { t.Oid, t.Table.Oid, t.Row.Parent?.Oid ?? 0u, t.Name, t.Row.FunctionOid, false, Enabled(t.Row.State) }).Concat(InternalTriggers())),
        "pg_proc" => Functions(),
        "pg_extension" => CatalogTable.Of("oid extname extowner extnamespace extversion", database.Extensions.Select(e =>
            new object?[] { e.Oid, e.Name, database.Superuser.Oid, e.Row.Namespace.Oid,
                (object?)e.Row.Version ?? new UnknownValue("an extension's version") })),
        "pg_roles" => Roles("oid rolname rolsuper", false),
        "pg_authid" => Roles("oid rolname rolsuper", false),
        "pg_user" => Roles("usesysid usename usesuper", true),
        "pg_publication" => CatalogTable.Of("oid pubname pubowner puballtables",
            database.Publications.Select(p => new object?[] { p.Oid, p.Name, p.Row.Owner.Oid, p.Row.AllTables })),
        "pg_publication_tables" => CatalogTable.Of("pubname schemaname tablename", database.Publications.SelectMany(Published)),
        "pg_publication_rel" =>
            CatalogTable.Of("prpubid prrelid", database.Publications.SelectMany(p => p.Row.Tables.Select(t => new object?[] { p.Oid, t.Oid }))),
        "pg_sequence" => CatalogTable.Of("seqrelid seqtypid seqstart seqincrement seqmax seqmin seqcache seqcycle",
            Relations.Where(r => r.Row.Sequence is not null).Select(r => r.Row.Sequence is { } s
            ? new object?[] { r.Oid, s.TypeOid, s.Start, s.Increment, s.Max, s.Min, s.Cache, s.Cycle }
            : throw new InvalidOperationException())),
        "pg_inherits" => CatalogTable.Of("inhrelid inhparent inhseqno",
            Relations.SelectMany(r => r.Row.Parents.Select((p, i) => new object?[] { r.Oid, p.Oid, i + 1 }))),
        "pg_depend" or "pg_description" => null,
        "pg_database" => CatalogTable.Of("datname", [["postgres"], ["template1"], ["template0"]]),
        _ => null,
    };

    private IEnumerable<RelationObject> Relations => database.Relations;

    private IEnumerable<PolicyObject> Policies => Relations.SelectMany(r => r.Policies.Items);

    private IEnumerable<TriggerObject> Triggers => Relations.SelectMany(r => r.Triggers.Items);

    private CatalogTable Classes() => CatalogTable.Of(
        "oid relname relnamespace reltype relowner relkind relpersistence relhasindex relrowsecurity relforcerowsecurity relispartition relhastriggers relhasrules relnatts relam",
        Relations.Select(r => new object?[]
        {
            r.Oid, r.Name, r.Namespace.Oid, r.Row.RowType?.Oid ?? 0u, r.Row.Owner.Oid, r.Kind, r.Row.Persistence, r.Indexes.Items.Length > 0, r.Row.RowSecurity,
            r.Row.ForceRowSecurity, r.Row.IsPartition, HasTriggers(r), r.Rules.Items.Length > 0 || r.Kind is 'v' or 'm', r.Columns.Items.Length,
                new UnknownValue("access methods"),
        }).Concat(Builtin(g => g.Relations()).Select(r => new object?[]
        {
            r.Oid, r.Name, SchemaOid(r.Schema), r.RowTypeOid, database.Superuser.Oid, r.Kind, 'p', r.Kind == 'r', false, false, false, false, r.Kind == 'v',
                r.Columns.Length, new UnknownValue("access methods"),
        })));

    private CatalogTable Types() => CatalogTable.Of(
        "oid typname typnamespace typowner typtype typcategory typrelid typelem typarray typbasetype typnotnull",
        database.Types.Select(t => Type(t.View, t.Row.Owner.Oid, t.Row.IsNotNull))
            .Concat(Builtin(g => g.Types()).Select(t => Type(t, database.Superuser.Oid, false))));

    private object?[] Type(PgType t, uint owner, bool isNotNull) =>
        [t.Oid, t.Name, SchemaOid(t.Schema), owner, TypeLetter(t.Kind), t.Category, t.RelationOid, t.ElementOid, t.ArrayOid, t.BaseOid, isNotNull];

    private CatalogTable Attributes() => CatalogTable.Of(
        "attrelid attname atttypid attnum atttypmod attnotnull atthasdef attidentity attgenerated attisdropped attislocal attinhcount attcollation attndims",
        Relations.SelectMany(r => r.Columns.Items.Select(c => Attribute(r.Oid, c))));

    private static object?[] Attribute(uint relation, ColumnObject c) =>
    [
        relation, c.Row.IsDropped ? $"........pg.dropped.{c.Number}........" : c.Name, c.Row.IsDropped ? 0u : c.Row.TypeOid, c.Number, c.Row.Modifier,
            c.Row.IsNotNull, c.Row.Default is not null,
        c.Row.Identity, c.Row.IsGenerated ? c.Row.IsVirtual ? 'v' : 's' : '\0', c.Row.IsDropped, c.Row.IsLocal, c.Row.InheritCount, c.Row.CollationOid,
            new UnknownValue("the number of an array's dimensions"),
    ];

    private CatalogTable Constraints() => CatalogTable.Of(
        "oid conname connamespace contype condeferrable condeferred convalidated conrelid contypid conindid conparentid confrelid confupdtype confdeltype confmatchtype conislocal coninhcount connoinherit conkey confkey",
        Relations.SelectMany(r => r.Constraints.Items).Concat(database.Types.SelectMany(t => t.Constraints.Items)).Select(c => new object?[]
        {
            c.Oid, c.Name, c.Row.Table?.Namespace.Oid ?? c.Row.Domain?.Namespace.Oid ?? 0u, KindLetter(c.Row.Kind), c.Row.IsDeferrable, c.Row.IsDeferred,
                c.Row.IsValidated,
            c.Row.Table?.Oid ?? 0u, c.Row.Domain?.Oid ?? 0u, c.Row.Index?.Oid ?? 0u, c.Row.Parent?.Oid ?? 0u, c.Row.ReferencedTable?.Oid ?? 0u,
            Action(c, c.Row.OnUpdate), Action(c, c.Row.OnDelete), c.Row.Kind != ConstraintKind.ForeignKey ? " " : c.Row.MatchFull ? "f" : "s",
            c.Row.IsLocal, c.Row.InheritCount, c.Row.NoInherit || c.Row.Kind is not ConstraintKind.Check, c.Row.Columns.IsEmpty ? null : c.Row.Columns,
            c.Row.ReferencedColumns.IsEmpty ? null : c.Row.ReferencedColumns,
        }));

    private CatalogTable Indexes() => CatalogTable.Of(
        "indexrelid indrelid indnatts indnkeyatts indisunique indisprimary indisexclusion indimmediate indisclustered indisvalid indisready indislive indkey indpred indexprs",
        Relations.Where(r => r.Row.Index is not null).Select(r => Index(r, r.Row.Index!)));

    private static object?[] Index(RelationObject r, IndexInfo i) =>
    [
        r.Oid, i.Table.Oid, i.Keys.Length + i.Include.Length, i.Keys.Length, i.IsUnique, i.IsPrimary, i.IsExclusion, i.IsImmediate, i.IsClustered, i.IsValid,
            true, true,
        i.Keys.Select(k => k.Column).Concat(i.Include), i.Predicate is null ? null : new UnknownValue("an index's predicate"),
        i.Keys.All(k => k.Expression is null) ? null : new UnknownValue("an index's expressions"),
    ];

    private CatalogTable Labels() => CatalogTable.Of(
        "oid enumtypid enumsortorder enumlabel",
        database.Types.Where(t => t.Kind == PgTypeKind.Enum)
            .SelectMany(t => t.Row.Labels.Select((l, i) => new object?[] { new UnknownValue("the number of a label"), t.Oid, i + 1, l.Name })));

    private CatalogTable Functions() => CatalogTable.Of(
        "oid proname pronamespace proowner prokind prosecdef proisstrict proretset provolatile pronargs prorettype proargtypes prosrc",
        database.Functions.Select(f => new object?[]
        {
            f.Oid, f.Name, f.Namespace.Oid, f.Row.Owner.Oid, FunctionLetter(f.Row.Kind), f.Row.IsSecurityDefiner, f.Row.IsStrict, f.Row.ReturnsSet,
                VolatilityLetter(f.Row.Volatility),
            f.View.ArgumentTypes.Length, f.Row.ReturnTypeOid, f.View.ArgumentTypes, f.Row.Body,
        }).Concat(Builtin(g => g.Functions()).Select(f => new object?[]
        {
            f.Oid, f.Name, SchemaOid(f.Schema), database.Superuser.Oid, FunctionLetter(f.Kind), false, new UnknownValue("whether a function is strict"),
                f.ReturnsSet, VolatilityLetter(f.Volatility),
            f.ArgumentTypes.Length, f.ReturnTypeOid, f.ArgumentTypes, new UnknownValue("the source of a built-in function"),
        })));

    private CatalogTable Roles(string columns, bool isUsers) =>
        CatalogTable.Of(columns, database.Roles.Where(r => !isUsers || !r.Name.StartsWith("pg_", StringComparison.Ordinal))
            .Select(r => new object?[] { r.Oid, r.Name, r == database.Superuser || r.Row.IsSuperuser }));

    private IEnumerable<object?[]> Published(PublicationObject publication)
    {
        var tables = publication.Row.AllTables
            ? Relations.Where(r => r.IsTable && r.Row.Persistence == 'p')
            : publication.Row.Tables.Concat(Relations.Where(r => r.IsTable && publication.Row.Namespaces.Contains(r.Namespace))).Distinct();
        return tables.Select(t => new object?[] { publication.Name, t.Namespace.Name, t.Name });
    }

    // Each foreign key has two triggers on either side; their names hold numbers that nobody knows.
    private IEnumerable<object?[]> InternalTriggers() =>
        from relation in Relations
        from key in relation.Constraints.Items
        where key.Row is { Kind: ConstraintKind.ForeignKey, ReferencedTable: not null }
        from table in new[] { relation, relation, key.Row.ReferencedTable!, key.Row.ReferencedTable! }
        select new object?[] { new UnknownValue("the number of a trigger"), table.Oid, 0u, "RI_ConstraintTrigger",
            new UnknownValue("the function of a key's trigger"), true, 'O' };

    private IEnumerable<T> Builtin<T>(Func<ObjectGroup, IEnumerable<T>> items) =>
        items(database.Builtins.Own).Concat(database.Extensions.Select(e => database.Builtins.Extension(e.Name)).OfType<ObjectGroup>().SelectMany(items));

    private object SchemaOid(string schema) => database.FindNamespace(schema)?.Oid ?? 0u;

    private static bool HasTriggers(RelationObject relation) =>
        relation.Triggers.Items.Length > 0 || relation.Constraints.Items.Any(c => c.Row.Kind == ConstraintKind.ForeignKey)
        || relation.ReferencedBy.Items.Any(d => d.Dependent.Object is ConstraintObject { Row.Kind: ConstraintKind.ForeignKey });

    private static char TypeLetter(PgTypeKind kind) => kind switch
    {
        PgTypeKind.Composite => 'c',
        PgTypeKind.Domain => 'd',
        PgTypeKind.Enum => 'e',
        PgTypeKind.Pseudo => 'p',
        PgTypeKind.Range => 'r',
        PgTypeKind.Multirange => 'm',
        _ => 'b',
    };

    private static char KindLetter(ConstraintKind kind) => kind switch
    {
        ConstraintKind.PrimaryKey => 'p',
        ConstraintKind.Unique => 'u',
        ConstraintKind.ForeignKey => 'f',
        ConstraintKind.Exclusion => 'x',
        ConstraintKind.Trigger => 't',
        _ => 'c',
    };

    private static string Action(ConstraintObject constraint, Plumbline.Schema.Model.ReferentialAction action) =>
        constraint.Row.Kind != ConstraintKind.ForeignKey ? " " : action switch
        {
            Plumbline.Schema.Model.ReferentialAction.Restrict => "r",
            Plumbline.Schema.Model.ReferentialAction.Cascade => "c",
            Plumbline.Schema.Model.ReferentialAction.SetNull => "n",
            Plumbline.Schema.Model.ReferentialAction.SetDefault => "d",
            _ => "a",
        };

    private static char FunctionLetter(PgFunctionKind kind) => kind switch
    {
        PgFunctionKind.Procedure => 'p',
        PgFunctionKind.Aggregate => 'a',
        PgFunctionKind.Window => 'w',
        _ => 'f',
    };

    private static char VolatilityLetter(PgVolatility volatility) => volatility switch
    {
        PgVolatility.Immutable => 'i',
        PgVolatility.Stable => 's',
        _ => 'v',
    };

    private static char Letter(PolicyObject policy) => policy.Row.Command switch
    {
        Plumbline.Schema.Model.PolicyCommand.Select => 'r',
        Plumbline.Schema.Model.PolicyCommand.Insert => 'a',
        Plumbline.Schema.Model.PolicyCommand.Update => 'w',
        Plumbline.Schema.Model.PolicyCommand.Delete => 'd',
        _ => '*',
    };

    private static char Enabled(Plumbline.Schema.Model.TriggerState state) => state switch
    {
        Plumbline.Schema.Model.TriggerState.Disabled => 'D',
        Plumbline.Schema.Model.TriggerState.Replica => 'R',
        Plumbline.Schema.Model.TriggerState.Always => 'A',
        _ => 'O',
    };
}
