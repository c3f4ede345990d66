#!/usr/bin/env bash
# Compares Plumbline with its peers on one repository and prints ratios of medians (RUNS runs each, default 7, taken in turns):
#   bench/peers.sh REPOSITORY SCHEMA MIGRATIONS       (SCHEMA and MIGRATIONS relative to REPOSITORY)
# diff against one psql that applies the migrations (to a server with its default settings, and to one that needs no disk); audit against squawk's lint of the same files, each less an empty run of
# itself; peak memory; and how time grows with migrations and models. Needs PostgreSQL 15's programs, Node, GNU time.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
repository=$(cd "$1" && pwd); schema=$repository/$2; migrations=$repository/$3
runs=${RUNS:-7}
source "$root/eng/postgres.sh"
dotnet publish "$root/src/Plumbline.Cli" -c Release -r linux-x64 -o "$root/artifacts/plumb" -v q -nologo >&2
plumb=$root/artifacts/plumb/plumb
[ -d "$root/tests/oracles/node_modules" ] || (cd "$root/tests/oracles" && npm ci --no-audit --no-fund >&2)
squawk=$(find "$root/tests/oracles/node_modules/@squawk-cli" -type f -name squawk 2> /dev/null | head -1 || true)
work=$(mktemp -d)
POSTGRES_OPTIONS='' start_postgres
trap 'stop_postgres; rm -rf "$work"' EXIT

# time_ms NAME COMMAND…: one run, its milliseconds appended to $work/NAME.
time_ms() {
  local name=$1 start end; shift
  start=$EPOCHREALTIME; "$@" > /dev/null 2>&1 || true; end=$EPOCHREALTIME
  echo $(( (${end/./} - ${start/./}) )) >> "$work/$name"
}
median() { sort -n "$work/$1" | awk '{ v[NR] = $1 } END { printf "%.1f", (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) / 1000 }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
less() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", a - b }'; }

find "$migrations" -mindepth 2 -maxdepth 2 -name migration.sql | LC_ALL=C sort > "$work/files"
sed "s/.*/\\\\i '&'/" "$work/files" > "$work/all.sql"
mkdir "$work/empty"; git -C "$work/empty" init -q
printf 'datasource db {\n  provider = "postgresql"\n}\n' > "$work/empty/schema.prisma"
echo 'SELECT 1;' > "$work/empty.sql"
mapfile -t sql < "$work/files"
for _ in $(seq "$runs"); do
  for fsync in on off; do
    psql -X -qAt -d postgres -c "ALTER SYSTEM SET fsync = $fsync" -c "SELECT pg_reload_conf()" > /dev/null
    fresh bench
    time_ms "psql-$fsync" psql -X -q -d bench -f "$work/all.sql"
  done
  time_ms diff "$plumb" diff "$migrations" "$schema"
  time_ms audit "$plumb" audit "$(dirname "$migrations")" --format json
  time_ms audit-empty "$plumb" audit "$work/empty" --format json
  if [ -n "$squawk" ]; then
    time_ms squawk "$squawk" "${sql[@]}"
    time_ms squawk-empty "$squawk" "$work/empty.sql"
  fi
done
echo "migrations: ${#sql[@]}, medians of $runs runs in ms"
echo "diff $(median diff) / psql $(median psql-on) = $(ratio "$(median diff)" "$(median psql-on)")   (wanted: at most 0.50)"
echo "diff $(median diff) / psql to a server without fsync $(median psql-off) = $(ratio "$(median diff)" "$(median psql-off)")"
if [ -n "$squawk" ]; then
  ours=$(less "$(median audit)" "$(median audit-empty)"); theirs=$(less "$(median squawk)" "$(median squawk-empty)")
  echo "audit $(median audit) - empty $(median audit-empty) = $ours / squawk $(median squawk) - empty $(median squawk-empty) = $theirs: $(ratio "$ours" "$theirs")   (wanted: at most 3)"
fi
for command in "diff $migrations $schema" "audit $(dirname "$migrations")"; do
  # shellcheck disable=SC2086
  echo "peak memory of ${command%% *}: $(node "$root/bench/peak-memory.mjs" "$plumb" $command) MiB   (wanted: at most 150)"
done

# How time grows: per migration at 1,000 and 5,000, per model at 500 and 3,000, less an empty run.
for size in migrations:1000 migrations:5000 models:500 models:3000; do
  node "$root/bench/generate.mjs" "$work/generated/${size/:/-}" "${size%%:*}" "${size##*:}"
done
for _ in $(seq "$runs"); do
  time_ms diff-empty "$plumb" diff "$work/empty.sql" "$work/empty/schema.prisma"
  for size in migrations-1000 migrations-5000 models-500 models-3000; do
    time_ms "$size" "$plumb" diff "$work/generated/$size/prisma/migrations" "$work/generated/$size/prisma/schema.prisma"
  done
done
growth() { # kind, small, large
  local small large
  small=$(less "$(median "$1-$2")" "$(median diff-empty)"); large=$(less "$(median "$1-$3")" "$(median diff-empty)")
  awk -v k="$1" -v s="$small" -v l="$large" -v a="$2" -v b="$3" 'BEGIN { printf "per one of the %s: %.3f ms at %d, %.3f ms at %d: %.2f   (wanted: at most 1.20)\n", k, s / a, a, l / b, b, (l / b) / (s / a) }'
}
growth migrations 1000 5000
growth models 500 3000
