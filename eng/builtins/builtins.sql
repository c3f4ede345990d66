-- Prints PostgreSQL's own objects as tab-separated lines for src/Plumbline.PostgreSql/Builtins/Data/builtins.tsv. Run by generate.sh on an empty database.
-- The first field says what a line describes; lines of one kind are ordered by name.
\pset format unaligned
\pset fieldsep '\t'
\pset tuples_only on
create temp view own_types as
  select t.*, n.nspname from pg_type t join pg_namespace n on n.oid = t.typnamespace
  where n.nspname in ('pg_catalog', 'information_schema') and t.typtype <> 'c'
    and not exists (select 1 from pg_type e where e.typarray = t.oid and e.typtype = 'c');
-- T name oid schema kind category preferred element is-array array base base-modifier collation subtype input-volatility output-volatility
select 'T', t.typname, t.oid, case t.nspname when 'information_schema' then 'i' end, t.typtype, t.typcategory, case when t.typispreferred then 'p' end, nullif(t.typelem, 0),
       case when t.typsubscript = 'array_subscript_handler'::regproc then 'a' end, nullif(t.typarray, 0), nullif(t.typbasetype, 0), nullif(t.typtypmod, -1), nullif(t.typcollation, 0),
       coalesce((select rngsubtype from pg_range where rngtypid = t.oid), (select rngtypid from pg_range where rngmultitypid = t.oid)),
       (select provolatile from pg_proc where oid = t.typinput), (select provolatile from pg_proc where oid = t.typoutput)
  from own_types t order by t.typname collate "C", t.oid;
-- F name oid kind volatility returns set arguments defaults variadic names out-columns aggregate-kind direct-arguments
select 'F', p.proname, p.oid, p.prokind, p.provolatile, p.prorettype, case when p.proretset then 's' end, p.proargtypes::text, nullif(p.pronargdefaults, 0), nullif(p.provariadic, 0),
       case when p.proargnames is not null then (select string_agg(coalesce(p.proargnames[i], ''), ' ' order by i)
         from generate_series(1, cardinality(p.proargnames)) i where p.proargmodes is null or p.proargmodes[i] in ('i', 'b', 'v')) end,
       (select string_agg(coalesce(p.proargnames[i], '') || ':' || p.proallargtypes[i], ' ' order by i) from generate_series(1, cardinality(p.proallargtypes)) i where p.proargmodes[i] in ('o', 'b', 't')),
       nullif(a.aggkind, 'n'), nullif(a.aggnumdirectargs, 0)
  from pg_proc p left join pg_aggregate a on a.aggfnoid = p.oid
  where p.pronamespace = 'pg_catalog'::regnamespace and not ('internal'::regtype = any (p.proargtypes::oid[]) or 'cstring'::regtype = any (p.proargtypes::oid[]) or p.prorettype in ('internal'::regtype, 'cstring'::regtype))
    and p.proname !~ '^(pg_stat_get|binary_upgrade|RI_FKey|.*_(send|recv|sel|selfunc|joinsel|handler)$)'
  order by p.proname collate "C", p.oid;
-- O symbol oid left right result function volatility
select 'O', o.oprname, o.oid, nullif(o.oprleft, 0), o.oprright, o.oprresult, o.oprcode::oid, p.provolatile from pg_operator o join pg_proc p on p.oid = o.oprcode order by o.oprname collate "C", o.oid;
-- C source target function context method
select 'C', castsource, casttarget, nullif(castfunc, 0), castcontext, castmethod from pg_cast order by castsource, casttarget;
-- K method name oid input default
select 'K', m.amname, k.opcname, k.oid, k.opcintype, case when k.opcdefault then 'd' end from pg_opclass k join pg_am m on m.oid = k.opcmethod order by m.amname, k.opcname collate "C", k.oid;
-- L name oid
select 'L', collname, min(oid) from pg_collation
  where collnamespace = 'pg_catalog'::regnamespace and (collprovider <> 'c' or collname in ('C', 'POSIX', 'C.UTF-8', 'C.utf8', 'en_US.utf8')) and collencoding in (-1, 6)
  group by collname order by collname collate "C";
-- R schema name kind oid columns, each as name:type[:modifier][!][@collation]
select 'R', c.relname, c.oid, case n.nspname when 'information_schema' then 'i' end, c.relkind,
       (select string_agg(a.attname || ':' || a.atttypid || case when a.atttypmod >= 0 then ':' || a.atttypmod else '' end || case when a.attnotnull then '!' else '' end
                          || case when a.attcollation <> t.typcollation then '@' || a.attcollation else '' end, ' ' order by a.attnum)
          from pg_attribute a join pg_type t on t.oid = a.atttypid where a.attrelid = c.oid and a.attnum > 0)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'v') order by c.relname collate "C";
