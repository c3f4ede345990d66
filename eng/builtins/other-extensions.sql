-- Objects of well-known extensions that the server of generate.sh doesn't have, written after their documentation: the shapes are theirs, the bodies are not
-- (any internal function will do, since nothing is ever called). Each extension's schema is x_NAME, its version the schema's comment.
set client_min_messages = error;
set check_function_bodies = off;

-- pgvector (https://github.com/pgvector/pgvector).
create schema x_vector;
comment on schema x_vector is '0.8.0';
set search_path = x_vector, pg_catalog;
create access method hnsw type index handler bthandler;
create access method ivfflat type index handler bthandler;
create type vector;
create type halfvec;
create type sparsevec;
do $$
declare
  t text;
  s text;
  f text;
begin
  foreach t in array array['vector', 'halfvec', 'sparsevec'] loop
    execute format('create function %I(cstring, oid, integer) returns %I immutable strict language internal as %L', t || '_in', t, 'array_in');
    execute format('create function %I(%I) returns cstring immutable strict language internal as %L', t || '_out', t, 'textout');
    execute format('create function %I(cstring[]) returns integer immutable strict language internal as %L', t || '_typmod_in', 'bpchartypmodin');
    execute format('create type %1$I (input = %2$I, output = %3$I, typmod_in = %4$I, storage = external)', t, t || '_in', t || '_out', t || '_typmod_in');
  end loop;
  foreach t in array array['vector', 'halfvec', 'sparsevec'] loop
    execute format('create function %1$I(%1$I, integer, boolean) returns %1$I immutable strict language internal as %2$L', t, 'textin');
    execute format('create cast (%1$I as %1$I) with function %1$I(%1$I, integer, boolean) as implicit', t);
    f := case t when 'vector' then '' else t || '_' end;
    foreach s in array array['l2_distance', 'cosine_distance', 'l1_distance'] loop
      execute format('create function %2$I(%1$I, %1$I) returns double precision immutable strict language internal as %3$L', t, s, 'float8pl');
    end loop;
    execute format('create function inner_product(%1$I, %1$I) returns double precision immutable strict language internal as %2$L', t, 'float8pl');
    execute format('create function l2_normalize(%1$I) returns %1$I immutable strict language internal as %2$L', t, 'float8um');
    foreach s in array array['negative_inner_product', 'l2_squared_distance', 'spherical_distance'] loop
      if t = 'vector' or s <> 'spherical_distance' then
        execute format('create function %2$I(%1$I, %1$I) returns double precision immutable strict language internal as %3$L', t, t || '_' || s, 'float8pl');
      end if;
    end loop;
    foreach s in array array['lt', 'le', 'eq', 'ne', 'ge', 'gt'] loop
      execute format('create function %2$I(%1$I, %1$I) returns boolean immutable strict language internal as %3$L', t, t || '_' || s, 'float8lt');
    end loop;
    execute format('create function %2$I(%1$I, %1$I) returns integer immutable strict language internal as %3$L', t, t || '_cmp', 'btfloat8cmp');
    execute format('create operator <-> (leftarg = %1$I, rightarg = %1$I, procedure = l2_distance, commutator = ''<->'')', t);
    execute format('create operator <#> (leftarg = %1$I, rightarg = %1$I, procedure = %2$I, commutator = ''<#>'')', t, t || '_negative_inner_product');
    execute format('create operator <=> (leftarg = %1$I, rightarg = %1$I, procedure = cosine_distance, commutator = ''<=>'')', t);
    execute format('create operator <+> (leftarg = %1$I, rightarg = %1$I, procedure = l1_distance, commutator = ''<+>'')', t);
    execute format('create operator < (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_lt');
    execute format('create operator <= (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_le');
    execute format('create operator = (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_eq');
    execute format('create operator <> (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_ne');
    execute format('create operator >= (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_ge');
    execute format('create operator > (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_gt');
    execute format('create operator class %2$I default for type %1$I using btree as operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 %3$I(%1$I, %1$I)', t, t || '_ops', t || '_cmp');
    foreach s in array array['l2', 'ip', 'cosine', 'l1'] loop
      execute format('create operator class %2$I for type %1$I using hnsw as function 1 %3$I(%1$I, %1$I)', t, t || '_' || s || '_ops', t || '_cmp');
    end loop;
    if t <> 'sparsevec' then
      foreach s in array array['l2', 'ip', 'cosine'] loop
        execute format('create operator class %2$I %4$s for type %1$I using ivfflat as function 1 %3$I(%1$I, %1$I)', t, t || '_' || s || '_ops', t || '_cmp', case when t = 'vector' and s = 'l2' then 'default' else '' end);
      end loop;
      execute format('create function subvector(%1$I, integer, integer) returns %1$I immutable strict language internal as %2$L', t, 'textin');
      execute format('create function binary_quantize(%1$I) returns bit immutable strict language internal as %2$L', t, 'textin');
      execute format('create function vector_dims(%1$I) returns integer immutable strict language internal as %2$L', t, 'textlen');
      execute format('create function %2$I(%1$I, %1$I) returns %1$I immutable strict language internal as %3$L', t, t || '_add', 'textcat');
      execute format('create function %2$I(%1$I, %1$I) returns %1$I immutable strict language internal as %3$L', t, t || '_sub', 'textcat');
      execute format('create function %2$I(%1$I, %1$I) returns %1$I immutable strict language internal as %3$L', t, t || '_mul', 'textcat');
      execute format('create function %2$I(%1$I, %1$I) returns %1$I immutable strict language internal as %3$L', t, t || '_concat', 'textcat');
      execute format('create operator + (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_add');
      execute format('create operator - (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_sub');
      execute format('create operator * (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_mul');
      execute format('create operator || (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_concat');
      execute format('create aggregate avg(%1$I) (sfunc = %2$I, stype = %1$I)', t, t || '_add');
      execute format('create aggregate sum(%1$I) (sfunc = %2$I, stype = %1$I)', t, t || '_add');
    end if;
  end loop;
  execute 'create function vector_norm(vector) returns double precision immutable strict language internal as ''float8um''';
  execute 'create function l2_norm(halfvec) returns double precision immutable strict language internal as ''float8um''';
  execute 'create function l2_norm(sparsevec) returns double precision immutable strict language internal as ''float8um''';
  execute 'create function hamming_distance(bit, bit) returns double precision immutable strict language internal as ''float8um''';
  execute 'create function jaccard_distance(bit, bit) returns double precision immutable strict language internal as ''float8um''';
  execute 'create operator <~> (leftarg = bit, rightarg = bit, procedure = hamming_distance)';
  execute 'create operator <%> (leftarg = bit, rightarg = bit, procedure = jaccard_distance)';
  foreach s in array array['integer', 'real', 'double precision', 'numeric'] loop
    execute format('create function array_to_vector(%s[], integer, boolean) returns vector immutable strict language internal as %L', s, 'textin');
    execute format('create cast (%1$s[] as vector) with function array_to_vector(%1$s[], integer, boolean) as assignment', s);
    execute format('create function array_to_halfvec(%s[], integer, boolean) returns halfvec immutable strict language internal as %L', s, 'textin');
    execute format('create cast (%1$s[] as halfvec) with function array_to_halfvec(%1$s[], integer, boolean) as assignment', s);
    execute format('create function array_to_sparsevec(%s[], integer, boolean) returns sparsevec immutable strict language internal as %L', s, 'textin');
    execute format('create cast (%1$s[] as sparsevec) with function array_to_sparsevec(%1$s[], integer, boolean) as assignment', s);
  end loop;
  execute 'create function vector_to_float4(vector, integer, boolean) returns real[] immutable strict language internal as ''textin''';
  execute 'create function halfvec_to_float4(halfvec, integer, boolean) returns real[] immutable strict language internal as ''textin''';
  execute 'create function vector_to_halfvec(vector, integer, boolean) returns halfvec immutable strict language internal as ''textin''';
  execute 'create function halfvec_to_vector(halfvec, integer, boolean) returns vector immutable strict language internal as ''textin''';
  execute 'create function vector_to_sparsevec(vector, integer, boolean) returns sparsevec immutable strict language internal as ''textin''';
  execute 'create function sparsevec_to_vector(sparsevec, integer, boolean) returns vector immutable strict language internal as ''textin''';
  execute 'create function halfvec_to_sparsevec(halfvec, integer, boolean) returns sparsevec immutable strict language internal as ''textin''';
  execute 'create function sparsevec_to_halfvec(sparsevec, integer, boolean) returns halfvec immutable strict language internal as ''textin''';
end $$;
create cast (vector as real[]) with function vector_to_float4(vector, integer, boolean) as implicit;
create cast (halfvec as real[]) with function halfvec_to_float4(halfvec, integer, boolean) as assignment;
create cast (vector as halfvec) with function vector_to_halfvec(vector, integer, boolean) as assignment;
create cast (halfvec as vector) with function halfvec_to_vector(halfvec, integer, boolean) as implicit;
create cast (vector as sparsevec) with function vector_to_sparsevec(vector, integer, boolean) as implicit;
create cast (sparsevec as vector) with function sparsevec_to_vector(sparsevec, integer, boolean) as assignment;
create cast (halfvec as sparsevec) with function halfvec_to_sparsevec(halfvec, integer, boolean) as implicit;
create cast (sparsevec as halfvec) with function sparsevec_to_halfvec(sparsevec, integer, boolean) as assignment;
create operator class bit_hamming_ops for type bit using hnsw as function 1 hamming_distance(bit, bit);
create operator class bit_jaccard_ops for type bit using hnsw as function 1 jaccard_distance(bit, bit);
create operator class bit_hamming_ops for type bit using ivfflat as function 1 hamming_distance(bit, bit);

-- PostGIS: the two types, their default operator classes and the functions that schemas use most.
create schema x_postgis;
comment on schema x_postgis is '3.4.2';
set search_path = x_postgis, pg_catalog;
do $$
declare
  t text;
  s text;
begin
  foreach t in array array['geometry', 'geography', 'box2d', 'box3d'] loop
    execute format('create type %I', t);
    execute format('create function %I(cstring) returns %I immutable strict language internal as %L', t || '_in', t, 'textin');
    execute format('create function %I(%I) returns cstring immutable strict language internal as %L', t || '_out', t, 'textout');
    execute format('create function %I(cstring[]) returns integer immutable strict language internal as %L', t || '_typmod_in', 'bpchartypmodin');
    execute format('create type %1$I (input = %2$I, output = %3$I, typmod_in = %4$I)', t, t || '_in', t || '_out', t || '_typmod_in');
  end loop;
  foreach t in array array['geometry', 'geography'] loop
    execute format('create function %1$I(%1$I, integer, boolean) returns %1$I immutable strict language internal as %2$L', t, 'textin');
    execute format('create cast (%1$I as %1$I) with function %1$I(%1$I, integer, boolean) as implicit', t);
    foreach s in array array['lt', 'le', 'eq', 'ge', 'gt', 'overlaps'] loop
      execute format('create function %2$I(%1$I, %1$I) returns boolean immutable strict language internal as %3$L', t, t || '_' || s, 'float8lt');
    end loop;
    execute format('create function %2$I(%1$I, %1$I) returns integer immutable strict language internal as %3$L', t, t || '_cmp', 'btfloat8cmp');
    execute format('create function %2$I(%1$I, %1$I) returns double precision immutable strict language internal as %3$L', t, t || '_distance', 'float8pl');
    execute format('create operator < (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_lt');
    execute format('create operator <= (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_le');
    execute format('create operator = (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_eq');
    execute format('create operator >= (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_ge');
    execute format('create operator > (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_gt');
    execute format('create operator && (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_overlaps');
    execute format('create operator <-> (leftarg = %1$I, rightarg = %1$I, procedure = %2$I)', t, t || '_distance');
    execute format('create operator class %2$I default for type %1$I using btree as operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 %3$I(%1$I, %1$I)', t, 'btree_' || t || '_ops', t || '_cmp');
    execute format('create operator class %2$I default for type %1$I using gist as operator 3 && (%1$I, %1$I), function 5 %3$I(%1$I, %1$I)', t, 'gist_' || t || case t when 'geometry' then '_ops_2d' else '_ops' end, t || '_cmp');
    execute format('create function st_dwithin(%1$I, %1$I, double precision) returns boolean immutable strict language internal as %2$L', t, 'float8lt');
    execute format('create function st_distance(%1$I, %1$I) returns double precision immutable strict language internal as %2$L', t, 'float8lt');
    execute format('create function st_intersects(%1$I, %1$I) returns boolean immutable strict language internal as %2$L', t, 'float8lt');
    execute format('create function st_area(%1$I) returns double precision immutable strict language internal as %2$L', t, 'float8lt');
    execute format('create function st_length(%1$I) returns double precision immutable strict language internal as %2$L', t, 'float8lt');
    execute format('create function st_asgeojson(%1$I, integer = 9, integer = 8) returns text immutable strict language internal as %2$L', t, 'float8lt');
    execute format('create function st_astext(%1$I) returns text immutable strict language internal as %2$L', t, 'float8lt');
  end loop;
  foreach s in array array['contains', 'within', 'covers', 'coveredby', 'touches', 'overlaps', 'equals', 'disjoint', 'crosses'] loop
    execute format('create function %I(geometry, geometry) returns boolean immutable strict language internal as %L', 'st_' || s, 'float8lt');
  end loop;
  foreach s in array array['x', 'y', 'z', 'm'] loop
    execute format('create function %I(geometry) returns double precision immutable strict language internal as %L', 'st_' || s, 'float8um');
  end loop;
end $$;
create function geography(geometry) returns geography immutable strict language internal as 'textin';
create function geometry(geography) returns geometry immutable strict language internal as 'textin';
create cast (geometry as geography) with function geography(geometry) as implicit;
create cast (geography as geometry) with function geometry(geography);
create function st_makepoint(double precision, double precision) returns geometry immutable strict language internal as 'textin';
create function st_makepoint(double precision, double precision, double precision) returns geometry immutable strict language internal as 'textin';
create function st_point(double precision, double precision) returns geometry immutable strict language internal as 'textin';
create function st_point(double precision, double precision, srid integer) returns geometry immutable strict language internal as 'textin';
create function st_setsrid(geom geometry, srid integer) returns geometry immutable strict language internal as 'textin';
create function st_srid(geom geometry) returns integer immutable strict language internal as 'textin';
create function st_transform(geometry, integer) returns geometry immutable strict language internal as 'textin';
create function st_geomfromtext(text) returns geometry immutable strict language internal as 'textin';
create function st_geomfromtext(text, integer) returns geometry immutable strict language internal as 'textin';
create function st_geogfromtext(text) returns geography immutable strict language internal as 'textin';
create function st_geomfromgeojson(text) returns geometry immutable strict language internal as 'textin';
create function st_centroid(geometry) returns geometry immutable strict language internal as 'textin';
create function st_buffer(geom geometry, radius double precision, options text = '') returns geometry immutable strict language internal as 'textin';
create function st_makeenvelope(double precision, double precision, double precision, double precision, integer = 0) returns geometry immutable strict language internal as 'textin';
create function st_isvalid(geometry) returns boolean immutable strict language internal as 'textin';
create function st_geometrytype(geometry) returns text immutable strict language internal as 'textin';
create table spatial_ref_sys (srid integer not null primary key, auth_name varchar(256), auth_srid integer, srtext varchar(2048), proj4text varchar(2048));
