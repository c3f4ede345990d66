using System.Collections.Immutable;
using Npgsql;
using Plumbline.PostgreSql.Builtins;

namespace Plumbline.PostgreSql.Tests.Expressions;

/// <summary>The objects that a real database's users made, read from its catalog, over the built-in ones of Plumbline.</summary>
internal sealed class ServerCatalog : IObjectCatalog
{
    private readonly Dictionary<uint, PgType> _types = [];
    private readonly Dictionary<uint, PgRelation> _relations = [];
    private readonly Dictionary<uint, PgFunction> _functions = [];
    private readonly Dictionary<uint, PgOperator> _operators = [];
    private readonly Dictionary<(uint, uint), PgCast> _casts = [];
    private readonly List<PgOperatorClass> _operatorClasses = [];
    private readonly HashSet<string> _schemas = [];
    private readonly Dictionary<(string, string), PgType> _typesByName;
    private readonly ILookup<(string, string), PgFunction> _functionsByName;
    private readonly ILookup<(string, string), PgOperator> _operatorsByName;

    public ServerCatalog(NpgsqlConnection connection)
    {
        var labels = Rows(connection, "select enumtypid, enumlabel from pg_enum order by enumtypid, enumsortorder").ToLookup(r => (uint)r[0], r => (string)r[1]);
        foreach (var r in Rows(connection, """
            select t.oid, n.nspname, t.typname, t.typtype::text, t.typcategory::text, t.typispreferred, t.typelem, t.typsubscript = 'array_subscript_handler'::regproc, t.typarray, t.typbasetype,
                   t.typtypmod, t.typrelid, t.typcollation, coalesce((select rngsubtype from pg_range where rngtypid = t.oid), 0::oid)
              from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.oid >= 16384
            """))
        {
            var kind = (string)r[3] switch { "c" => PgTypeKind.Composite, "d" => PgTypeKind.Domain, "e" => PgTypeKind.Enum, "r" => PgTypeKind.Range, "m" => PgTypeKind.Multirange, "p" => PgTypeKind.Pseudo, _ => PgTypeKind.Base };
            _types[(uint)r[0]] = new PgType((uint)r[0], (string)r[1], (string)r[2])
            {
                Kind = kind,
                Category = ((string)r[4])[0],
                IsPreferred = (bool)r[5],
                ElementOid = (uint)r[6],
                IsArray = (bool)r[7],
                ArrayOid = (uint)r[8],
                BaseOid = (uint)r[9],
                BaseModifier = (int)r[10],
                RelationOid = (uint)r[11],
                CollationOid = (uint)r[12],
                SubtypeOid = (uint)r[13],
                EnumLabels = [.. labels[(uint)r[0]]],
            };
        }

        var columns = Rows(connection, "select attrelid, attnum, attname, atttypid, atttypmod, attcollation, attnotnull, attgenerated <> '' from pg_attribute where attrelid >= 16384 and attnum > 0 and not attisdropped order by attrelid, attnum")
            .ToLookup(r => (uint)r[0], r => new PgColumn((short)r[1], (string)r[2], (uint)r[3], (int)r[4], (uint)r[5]) { IsNotNull = (bool)r[6], IsGenerated = (bool)r[7] });
        var keys = Rows(connection, "select conrelid, oid, conkey from pg_constraint where contype = 'p'").ToDictionary(r => (uint)r[0], r => ((uint)r[1], (short[])r[2]));
        foreach (var r in Rows(connection, "select c.oid, n.nspname, c.relname, c.relkind::text, c.reltype from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid >= 16384 and c.relkind <> 't'"))
        {
            var (keyOid, key) = keys.GetValueOrDefault((uint)r[0], (0u, []));
            _relations[(uint)r[0]] = new PgRelation((uint)r[0], (string)r[1], (string)r[2], ((string)r[3])[0])
            {
                RowTypeOid = (uint)r[4],
                Columns = [.. columns[(uint)r[0]]],
                PrimaryKey = [.. key ?? []],
                PrimaryKeyOid = keyOid,
            };
        }

        foreach (var r in Rows(connection, """
            select p.oid, n.nspname, p.proname, p.prokind::text, p.provolatile::text, p.prorettype, p.proretset, p.proargtypes::oid[], p.pronargdefaults::int, p.provariadic,
                   coalesce((select array_agg(coalesce(p.proargnames[i], '') order by i) from generate_series(1, cardinality(p.proargnames)) i where p.proargmodes is null or p.proargmodes[i] in ('i', 'b', 'v')), '{}'),
                   coalesce((select array_agg(coalesce(p.proargnames[i], '') || ':' || p.proallargtypes[i] order by i) from generate_series(1, cardinality(p.proallargtypes)) i where p.proargmodes[i] in ('o', 'b', 't')), '{}'),
                   (select lanname from pg_language l where l.oid = p.prolang) = 'sql'
              from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.oid >= 16384
            """))
        {
            _functions[(uint)r[0]] = new PgFunction((uint)r[0], (string)r[1], (string)r[2])
            {
                Kind = (string)r[3] switch { "p" => PgFunctionKind.Procedure, "a" => PgFunctionKind.Aggregate, "w" => PgFunctionKind.Window, _ => PgFunctionKind.Function },
                Volatility = (string)r[4] switch { "i" => PgVolatility.Immutable, "s" => PgVolatility.Stable, _ => PgVolatility.Volatile },
                ReturnTypeOid = (uint)r[5],
                ReturnsSet = (bool)r[6],
                ArgumentTypes = [.. (uint[])r[7]],
                DefaultCount = (int)r[8],
                VariadicOid = (uint)r[9],
                ArgumentNames = [.. (string[])r[10]],
                OutColumns = [.. ((string[])r[11]).Select(c => new PgOutColumn(c[..c.IndexOf(':')], uint.Parse(c[(c.IndexOf(':') + 1)..])))],
                IsSqlLanguage = (bool)r[12],
            };
        }

        foreach (var r in Rows(connection, "select o.oid, n.nspname, o.oprname, o.oprleft, o.oprright, o.oprresult, o.oprcode::oid, p.provolatile::text from pg_operator o join pg_namespace n on n.oid = o.oprnamespace join pg_proc p on p.oid = o.oprcode where o.oid >= 16384"))
        {
            _operators[(uint)r[0]] = new PgOperator((uint)r[0], (string)r[1], (string)r[2], (uint)r[3], (uint)r[4], (uint)r[5], (uint)r[6], (string)r[7] == "i" ? PgVolatility.Immutable : (string)r[7] == "s" ? PgVolatility.Stable : PgVolatility.Volatile);
        }

        foreach (var r in Rows(connection, "select castsource, casttarget, castfunc, castcontext::text, castmethod::text from pg_cast where oid >= 16384"))
        {
            _casts[((uint)r[0], (uint)r[1])] = new PgCast((uint)r[0], (uint)r[1], (uint)r[2], ((string)r[3])[0], ((string)r[4])[0]);
        }

        foreach (var r in Rows(connection, "select k.oid, n.nspname, k.opcname, m.amname, k.opcintype, k.opcdefault from pg_opclass k join pg_namespace n on n.oid = k.opcnamespace join pg_am m on m.oid = k.opcmethod where k.oid >= 16384"))
        {
            _operatorClasses.Add(new PgOperatorClass((uint)r[0], (string)r[1], (string)r[2], (string)r[3], (uint)r[4], (bool)r[5]));
        }

        _typesByName = _types.Values.ToDictionary(t => (t.Schema, t.Name));
        _functionsByName = _functions.Values.ToLookup(f => (f.Schema, f.Name));
        _operatorsByName = _operators.Values.ToLookup(o => (o.Schema, o.Name));
        _schemas.UnionWith(Rows(connection, "select nspname from pg_namespace").Select(r => (string)r[0]));
        SearchPath = [.. (string[])Rows(connection, "select current_schemas(true)::text[]").Single()[0]];
    }

    public ImmutableArray<string> SearchPath { get; }

    public bool HasUnknownObjects => false;

    public bool HasSchema(string name) => _schemas.Contains(name);

    public PgType? GetType(uint oid) => _types.GetValueOrDefault(oid) ?? BuiltinCatalog.PostgreSql.GetType(oid);

    public PgType? FindType(string schema, string name) => _typesByName.GetValueOrDefault((schema, name)) ?? BuiltinCatalog.PostgreSql.FindType(schema, name);

    public PgRelation? GetRelation(uint oid) => _relations.GetValueOrDefault(oid) ?? BuiltinCatalog.PostgreSql.GetRelation(oid);

    public PgRelation? FindRelation(string schema, string name) => _relations.Values.FirstOrDefault(t => t.Schema == schema && t.Name == name) ?? BuiltinCatalog.PostgreSql.FindRelation(schema, name);

    public PgFunction? GetFunction(uint oid) => _functions.GetValueOrDefault(oid) ?? BuiltinCatalog.PostgreSql.GetFunction(oid);

    public IReadOnlyList<PgFunction> FindFunctions(string schema, string name) => [.. _functionsByName[(schema, name)], .. BuiltinCatalog.PostgreSql.FindFunctions(schema, name)];

    public PgOperator? GetOperator(uint oid) => _operators.GetValueOrDefault(oid) ?? BuiltinCatalog.PostgreSql.GetOperator(oid);

    public IReadOnlyList<PgOperator> FindOperators(string schema, string name) => [.. _operatorsByName[(schema, name)], .. BuiltinCatalog.PostgreSql.FindOperators(schema, name)];

    public PgCast? FindCast(uint sourceOid, uint targetOid) => _casts.GetValueOrDefault((sourceOid, targetOid)) ?? BuiltinCatalog.PostgreSql.FindCast(sourceOid, targetOid);

    public PgCollation? GetCollation(uint oid) => BuiltinCatalog.PostgreSql.GetCollation(oid);

    public PgCollation? FindCollation(string schema, string name) => BuiltinCatalog.PostgreSql.FindCollation(schema, name);

    public IReadOnlyList<PgOperatorClass> OperatorClasses(string accessMethod) => [.. BuiltinCatalog.PostgreSql.OperatorClasses(accessMethod), .. _operatorClasses.Where(k => k.AccessMethod == accessMethod)];

    private static List<object[]> Rows(NpgsqlConnection connection, string query)
    {
        using var command = new NpgsqlCommand(query, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }
}
