#!/usr/bin/env bash
# Reads a large database beside pg_dump and prints the ratio of medians (RUNS runs each, default 7, taken in turns), round trips and peak memory:
#   bench/catalog.sh [TABLES]       (default 2000, with 15 columns each)
# The database is made in a server of its own: tables with primary keys, indexes, foreign keys, comments, and enums, views and functions beside them.
# Needs PostgreSQL 15's programs, Node, GNU time. PLUMB names the program; without it a Release build is made.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
tables=${1:-2000}
runs=${RUNS:-7}
source "$root/eng/postgres.sh"
if [ -z "${PLUMB:-}" ]; then
  dotnet publish "$root/src/Plumbline.Cli" -c Release -r linux-x64 -o "$root/artifacts/plumb" -v q -nologo >&2
  PLUMB=$root/artifacts/plumb/plumb
fi
work=$(mktemp -d)
POSTGRES_OPTIONS='-c fsync=off -c max_locks_per_transaction=4096' start_postgres
trap 'stop_postgres; rm -rf "$work"' EXIT

fresh catalog
psql -X -q -v ON_ERROR_STOP=1 -v tables="$tables" -d catalog <<'SQL'
SELECT format('CREATE TYPE status_%s AS ENUM (''draft'', ''active'', ''archived'', ''deleted'')', i) FROM generate_series(1, :tables / 20) i \gexec
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated_at := now(); RETURN NEW; END $$;
SELECT format($$CREATE TABLE table_%1$s (
  id uuid DEFAULT gen_random_uuid() CONSTRAINT table_%1$s_pkey PRIMARY KEY, number bigint GENERATED ALWAYS AS IDENTITY, name text NOT NULL, slug varchar(80) NOT NULL,
  email text, amount numeric(12,2) DEFAULT 0 NOT NULL CHECK (amount >= 0), quantity int DEFAULT 1 NOT NULL, is_active boolean DEFAULT true NOT NULL, payload jsonb DEFAULT '{}' NOT NULL,
  tags text[] DEFAULT '{}' NOT NULL, status status_%2$s DEFAULT 'draft' NOT NULL, parent_id uuid, due_on date, created_at timestamptz DEFAULT now() NOT NULL,
  updated_at timestamp(3) NOT NULL)$$, i, 1 + i % (:tables / 20)) FROM generate_series(1, :tables) i \gexec
SELECT format('CREATE UNIQUE INDEX table_%1$s_slug_key ON table_%1$s (slug); CREATE INDEX table_%1$s_parent_id_idx ON table_%1$s (parent_id, created_at DESC)', i) FROM generate_series(1, :tables) i \gexec
SELECT format('ALTER TABLE table_%s ADD FOREIGN KEY (parent_id) REFERENCES table_%s ON DELETE CASCADE', i, greatest(1, i / 2)) FROM generate_series(1, :tables) i \gexec
SELECT format('CREATE INDEX table_%1$s_lower_idx ON table_%1$s (lower(email)) WHERE is_active', i) FROM generate_series(1, :tables, 4) i \gexec
SELECT format('COMMENT ON TABLE table_%1$s IS ''Table number %1$s''; COMMENT ON COLUMN table_%1$s.slug IS ''Its name in addresses''', i) FROM generate_series(1, :tables, 5) i \gexec
SELECT format('CREATE VIEW view_%1$s AS SELECT t.id, t.name, count(c.id) AS children FROM table_%1$s t LEFT JOIN table_%2$s c ON c.parent_id = t.id WHERE t.is_active GROUP BY t.id', i, 1 + i % :tables) FROM generate_series(1, :tables, 20) i \gexec
SELECT format('CREATE FUNCTION function_%1$s(a int, b text DEFAULT ''x'') RETURNS bigint LANGUAGE sql STABLE AS ''SELECT count(*) FROM table_%1$s WHERE quantity = a AND name = b''', i) FROM generate_series(1, :tables, 20) i \gexec
SELECT format('CREATE TRIGGER touched BEFORE UPDATE ON table_%1$s FOR EACH ROW EXECUTE FUNCTION touch()', i) FROM generate_series(1, :tables, 10) i \gexec
ANALYZE;
SQL
psql -X -qAt -d catalog -c "SELECT (SELECT count(*) FROM pg_tables WHERE schemaname = 'public') || ' tables, ' || (SELECT count(*) FROM information_schema.columns WHERE table_name LIKE 'table\_%') || ' columns, '
  || (SELECT count(*) FROM pg_indexes WHERE schemaname = 'public') || ' indexes, ' || (SELECT count(*) FROM pg_constraint WHERE contype = 'f') || ' foreign keys, ' || (SELECT count(*) FROM pg_views WHERE schemaname = 'public') || ' views'"

# time_ms NAME COMMAND…: one run, its milliseconds appended to $work/NAME.
time_ms() {
  local name=$1 start end; shift
  start=$EPOCHREALTIME; "$@" > "$work/out"; end=$EPOCHREALTIME
  echo $(( (${end/./} - ${start/./}) )) >> "$work/$name"
}
median() { sort -n "$work/$1" | awk '{ v[NR] = $1 } END { printf "%.1f", (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) / 1000 }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

address=$(url catalog)
"$PLUMB" inspect "$address" --format json > /dev/null
pg_dump --schema-only -d "$address" > /dev/null
for _ in $(seq "$runs"); do
  time_ms inspect "$PLUMB" inspect "$address" --format json
  time_ms pg_dump pg_dump --schema-only -d "$address"
  time_ms empty "$PLUMB" --version
done
echo "medians of $runs runs in ms: plumb inspect --format json $(median inspect), pg_dump --schema-only $(median pg_dump), plumb --version $(median empty)"
# What others do on the machine tells less in the time of the processors, the program's and its server session's together.
cpu_ms() {
  local server client before
  before=$(awk '{ print $16 + $17 }' "/proc/$postmaster/stat")
  client=$( { TIMEFORMAT='%U %S'; time "$@" > "$work/out"; } 2>&1 | awk '{ print ($1 + $2) * 1000 }')
  sleep 0.5
  server=$(awk -v before="$before" -v hertz="$(getconf CLK_TCK)" '{ print ($16 + $17 - before) * 1000 / hertz }' "/proc/$postmaster/stat")
  awk -v c="$client" -v s="$server" 'BEGIN { printf "%.0f (of it the server %.0f)", c + s, s }'
}
postmaster=$(head -1 "$PLUMB_PG/data/postmaster.pid")
echo "processor time of one run in ms: inspect $(cpu_ms "$PLUMB" inspect "$address" --format json), pg_dump $(cpu_ms pg_dump --schema-only -d "$address")"
echo "inspect / pg_dump: $(ratio "$(median inspect)" "$(median pg_dump)")   (wanted: at most 0.50)"

trips=$(node "$root/bench/round-trips.mjs" "$PGHOST" "$PGPORT" "$PLUMB" inspect "postgresql://$PGUSER@$PGHOST:{port}/catalog" --format json)
echo "round trips: $trips   (wanted: at most 15)"
psql -X -q -d catalog -c "ALTER DATABASE catalog SET log_statement = 'all'"
before=$(wc -l < "$PLUMB_PG/log")
"$PLUMB" inspect "$address" --format json > /dev/null
echo "statements: $(tail -n "+$((before + 1))" "$PLUMB_PG/log" | grep -cE 'LOG:  (statement|execute)' || true), in batches"
echo "peak memory: $(node "$root/bench/peak-memory.mjs" "$PLUMB" inspect "$address" --format json) MiB   (wanted: at most 250)"
