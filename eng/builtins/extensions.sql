-- Prints what each extension adds, in the layout of builtins.sql after a line "X name version schema requires", for Builtins/Data/extensions.tsv.
-- Run by generate.sh on a database that holds the server's extensions in the schema x, and those of other-extensions.sql in schemas named "x_NAME".
\pset format unaligned
\pset fieldsep '\t'
\pset tuples_only on
create temp table member as
  select e.extname as ext, d.classid, d.objid from pg_depend d join pg_extension e on e.oid = d.refobjid and d.refclassid = 'pg_extension'::regclass where d.deptype = 'e' and e.extname <> 'plpgsql'
  union all select substr(n.nspname, 3), 'pg_type'::regclass, t.oid from pg_type t join pg_namespace n on n.oid = t.typnamespace where n.nspname like 'x\_%'
  union all select substr(n.nspname, 3), 'pg_proc'::regclass, t.oid from pg_proc t join pg_namespace n on n.oid = t.pronamespace where n.nspname like 'x\_%'
  union all select substr(n.nspname, 3), 'pg_operator'::regclass, t.oid from pg_operator t join pg_namespace n on n.oid = t.oprnamespace where n.nspname like 'x\_%'
  union all select substr(n.nspname, 3), 'pg_opclass'::regclass, t.oid from pg_opclass t join pg_namespace n on n.oid = t.opcnamespace where n.nspname like 'x\_%'
  union all select substr(n.nspname, 3), 'pg_class'::regclass, t.oid from pg_class t join pg_namespace n on n.oid = t.relnamespace where n.nspname like 'x\_%'
  union all select substr(n.nspname, 3), 'pg_cast'::regclass, c.oid from pg_cast c
    join pg_type t on t.oid in (c.castsource, c.casttarget) join pg_namespace n on n.oid = t.typnamespace where n.nspname like 'x\_%';
insert into member select m.ext, m.classid, t.typarray from member m join pg_type t on t.oid = m.objid
  where m.classid = 'pg_type'::regclass and t.typarray <> 0 and not exists (select 1 from member o where o.objid = t.typarray);
create temp table renumbered as
  select distinct on (classid, objid) ext, classid, objid, null::bigint as oid, case classid
      when 'pg_type'::regclass then (select '1' || typname from pg_type where oid = objid)
      when 'pg_proc'::regclass then (select '2' || proname || oidvectortypes(proargtypes) from pg_proc where oid = objid)
      when 'pg_operator'::regclass then (select '3' || oprname || oprleft::regtype || ' ' || oprright::regtype from pg_operator where oid = objid)
      when 'pg_opclass'::regclass then (select '4' || opcname || opcmethod from pg_opclass where oid = objid)
      when 'pg_class'::regclass then (select '5' || relname from pg_class where oid = objid) end as key from member;
update renumbered r set oid = n.number from (select classid, objid, 2147483647 + row_number() over (order by ext collate "C", key collate "C") as number from renumbered where key is not null) n
  where n.classid = r.classid and n.objid = r.objid;
create function pg_temp.t(o oid) returns text language sql as $$ select case when o = 0 then null when o < 16384 then o::text else (select oid::text from renumbered where objid = o and classid = 'pg_type'::regclass) end $$;
create function pg_temp.f(o oid) returns text language sql as $$ select case when o = 0 then null when o < 16384 then o::text else (select oid::text from renumbered where objid = o and classid = 'pg_proc'::regclass) end $$;
create function pg_temp.own(o oid, c regclass) returns text language sql as $$ select oid::text from renumbered where objid = o and classid = c $$;
create temp table line (ext text, part int, key text, line text);
insert into line select name, 0, '', concat_ws(E'\t', 'X', name, default_version,
    coalesce((select v.schema from pg_available_extension_versions v where v.name = a.name and v.version = a.default_version), ''),
    coalesce((select array_to_string(v.requires, ' ') from pg_available_extension_versions v where v.name = a.name and v.version = a.default_version), ''))
  from pg_available_extensions a where name <> 'plpgsql' and name in (select extname from pg_extension);
insert into line select substr(nspname, 3), 0, '', concat_ws(E'\t', 'X', substr(nspname, 3), obj_description(oid), '', '') from pg_namespace where nspname like 'x\_%';
insert into line select m.ext, 1, t.typname, concat_ws(E'\t', 'T', t.typname, pg_temp.own(t.oid, 'pg_type'), '', t.typtype, t.typcategory, case when t.typispreferred then 'p' else '' end, coalesce(pg_temp.t(t.typelem), ''),
       case when t.typsubscript = 'array_subscript_handler'::regproc then 'a' else '' end, coalesce(pg_temp.t(t.typarray), ''), coalesce(pg_temp.t(t.typbasetype), ''), coalesce(nullif(t.typtypmod, -1)::text, ''), coalesce(nullif(t.typcollation, 0)::text, ''),
       coalesce(pg_temp.t((select rngsubtype from pg_range where rngtypid = t.oid)), ''),
       (select provolatile from pg_proc where oid = t.typinput), (select provolatile from pg_proc where oid = t.typoutput))
  from member m join pg_type t on t.oid = m.objid and m.classid = 'pg_type'::regclass where t.typtype <> 'c' and not exists (select 1 from pg_type e where e.typarray = t.oid and e.typtype = 'c');
insert into line select m.ext, 2, p.proname || E'\t' || p.oid, concat_ws(E'\t', 'F', p.proname, pg_temp.own(p.oid, 'pg_proc'), p.prokind, p.provolatile, coalesce(pg_temp.t(p.prorettype), '0'), case when p.proretset then 's' else '' end,
       coalesce((select string_agg(coalesce(pg_temp.t(a), '0'), ' ' order by i) from unnest(p.proargtypes::oid[]) with ordinality u(a, i)), ''),
       coalesce(nullif(p.pronargdefaults, 0)::text, ''), coalesce(pg_temp.t(p.provariadic), ''),
       coalesce(case when p.proargnames is not null then (select string_agg(coalesce(p.proargnames[i], ''), ' ' order by i)
         from generate_series(1, cardinality(p.proargnames)) i where p.proargmodes is null or p.proargmodes[i] in ('i', 'b', 'v')) end, ''),
       coalesce((select string_agg(coalesce(p.proargnames[i], '') || ':' || pg_temp.t(p.proallargtypes[i]), ' ' order by i) from generate_series(1, cardinality(p.proallargtypes)) i where p.proargmodes[i] in ('o', 'b', 't')), ''), '', '')
  from member m join pg_proc p on p.oid = m.objid and m.classid = 'pg_proc'::regclass
  where not ('internal'::regtype = any (p.proargtypes::oid[]) or 'cstring'::regtype = any (p.proargtypes::oid[]) or p.prorettype in ('internal'::regtype, 'cstring'::regtype))
    and p.proname !~ '_(send|recv|sel|selfunc|joinsel|handler)$';
insert into line select m.ext, 3, o.oprname || E'\t' || o.oid, concat_ws(E'\t', 'O', o.oprname, pg_temp.own(o.oid, 'pg_operator'), coalesce(pg_temp.t(o.oprleft), ''), pg_temp.t(o.oprright), pg_temp.t(o.oprresult), coalesce(pg_temp.f(o.oprcode), '0'), p.provolatile)
  from member m join pg_operator o on o.oid = m.objid and m.classid = 'pg_operator'::regclass join pg_proc p on p.oid = o.oprcode;
insert into line select distinct m.ext, 4, castsource::text || casttarget, concat_ws(E'\t', 'C', pg_temp.t(castsource), pg_temp.t(casttarget), coalesce(pg_temp.f(castfunc), ''), castcontext, castmethod)
  from member m join pg_cast c on c.oid = m.objid and m.classid = 'pg_cast'::regclass;
insert into line select m.ext, 5, k.opcname || a.amname, concat_ws(E'\t', 'K', a.amname, k.opcname, pg_temp.own(k.oid, 'pg_opclass'), pg_temp.t(k.opcintype), case when k.opcdefault then 'd' else '' end)
  from member m join pg_opclass k on k.oid = m.objid and m.classid = 'pg_opclass'::regclass join pg_am a on a.oid = k.opcmethod;
insert into line select m.ext, 6, c.relname, concat_ws(E'\t', 'R', c.relname, pg_temp.own(c.oid, 'pg_class'), '', c.relkind,
       (select string_agg(a.attname || ':' || pg_temp.t(a.atttypid) || case when a.atttypmod >= 0 then ':' || a.atttypmod else '' end || case when a.attnotnull then '!' else '' end, ' ' order by a.attnum)
          from pg_attribute a where a.attrelid = c.oid and a.attnum > 0))
  from member m join pg_class c on c.oid = m.objid and m.classid = 'pg_class'::regclass where c.relkind in ('r', 'v', 'c');
select line from line order by ext collate "C", part, key collate "C", line collate "C";
