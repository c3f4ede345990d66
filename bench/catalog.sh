#!/usr/bin/env bash
# Reads a large database, compares the time with pg_dump, and prints the ratio of medians (RUNS runs each, default 7, taken in turns), round trips and peak memory:
#   bench/catalog.sh [TABLES]       (default 2000, with 15 columns each)
# The database is made by catalog.sql in a server of its own.
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
psql -X -q -v ON_ERROR_STOP=1 -v tables="$tables" -d catalog -f "$root/bench/catalog.sql"
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
# CPU time of the program and its server session together, which other load on the machine affects less.
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
