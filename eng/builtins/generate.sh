#!/usr/bin/env bash
# Writes src/Plumbline.PostgreSql/Builtins/Data from a PostgreSQL 15 server, in two databases of its own that it drops. Usage: generate.sh postgresql://user@host:port
set -euo pipefail
cd "$(dirname "$0")"
server=$1
data=../../src/Plumbline.PostgreSql/Builtins/Data
sql() { psql -X -q -v ON_ERROR_STOP=1 "$@"; }
cleanup() { sql "$server/postgres" -c 'drop database if exists plumbline_builtins' -c 'drop database if exists plumbline_extensions'; }
trap cleanup EXIT
cleanup 2>/dev/null
sql "$server/postgres" -c 'create database plumbline_builtins template template0' -c 'create database plumbline_extensions template template0'
mkdir -p "$data"
lines=$(sql -At -F $'\t' "$server/plumbline_builtins" -f builtins.sql)
for part in T:types F:functions O:operators C:casts K:operator-classes L:collations R:relations; do
  grep "^${part%%:*}"$'\t' <<<"$lines" | cut -f2- | sed 's/\t*$//' >"$data/${part#*:}.tsv"
done
sql "$server/plumbline_extensions" -c 'create schema x'
for name in $(sql -At "$server/plumbline_extensions" -c "select name from pg_available_extensions where name <> 'plpgsql' order by name"); do
  sql "$server/plumbline_extensions" -c "set client_min_messages = warning; create extension if not exists \"$name\" schema x cascade" 2>/dev/null || sql "$server/plumbline_extensions" -c "create extension if not exists \"$name\" cascade"
done
sql "$server/plumbline_extensions" -f other-extensions.sql
sql -At "$server/plumbline_extensions" -f extensions.sql | sed 's/\t*$//' >"$data/extensions.tsv"
