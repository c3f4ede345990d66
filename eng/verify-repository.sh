#!/usr/bin/env bash
# Compares Plumbline with PostgreSQL and Prisma on a real repository, and prints what differs:
#   eng/verify-repository.sh REPOSITORY SCHEMA MIGRATIONS      (SCHEMA and MIGRATIONS relative to REPOSITORY)
# e.g. eng/verify-repository.sh ../umami prisma/schema.prisma prisma/migrations
# Needs PostgreSQL 15's programs, Node, and the oracles (npm ci in tests/oracles). PLUMB names the program; without it a Release
# build is made. Exits 1 where anything differs.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
repository=$(cd "$1" && pwd); schema=$repository/$2; migrations=$repository/$3
source "$root/eng/postgres.sh"
if [ -z "${PLUMB:-}" ]; then
  dotnet publish "$root/src/Plumbline.Cli" -c Release -r linux-x64 -o "$root/artifacts/plumb" -v q -nologo >&2
  PLUMB=$root/artifacts/plumb/plumb
fi
[ -d "$root/tests/oracles/node_modules" ] || (cd "$root/tests/oracles" && npm ci --no-audit --no-fund >&2)
work=$(mktemp -d)
start_postgres
trap 'stop_postgres; rm -rf "$work"' EXIT
differences=0
say() { printf '%-44s %s\n' "$1" "$2"; }
lines() { psql -X -qAt -f "$root/eng/catalog-lines.sql" -d "$1"; }
compare() { # what, database, database
  lines "$2" > "$work/a"; lines "$3" > "$work/b"
  local n; n=$(diff "$work/a" "$work/b" | grep -c '^[<>]' || true)
  say "$1" "$n of $(wc -l < "$work/a") lines differ"
  [ "$n" = 0 ] || { differences=1; diff "$work/a" "$work/b" | head -20; }
}

# Replay = PostgreSQL: each file by psql in order, against the replay's SQL on an empty database.
fresh history; fresh replay
: > "$work/psql"; files=0
while IFS= read -r -d '' file; do
  files=$((files + 1))
  psql -X -q -d history -f "$file" > /dev/null 2>> "$work/psql" || true
done < <(find "$migrations" -mindepth 2 -maxdepth 2 -name migration.sql -print0 | LC_ALL=C sort -z)
say "migrations" "$files"
refused=$(grep -c 'ERROR:' "$work/psql" || true)
say "statements refused by PostgreSQL" "$refused"
"$PLUMB" inspect "$migrations" --format sql --verbose > "$work/replay.sql" 2> "$work/replay.err" || true
say "statements refused by the replay" "$(grep -c ': error: ' "$work/replay.err" || true)"
say "statements unknown or not knowable" "$(grep -cE 'not understood|cannot know' "$work/replay.err" || true)"
[ "$refused" = "$(grep -c ': error: ' "$work/replay.err" || true)" ] || { differences=1; head -5 "$work/psql" "$work/replay.err"; }
psql -X -q -v ON_ERROR_STOP=1 -d replay -f "$work/replay.sql" > /dev/null || differences=1
compare "replay against PostgreSQL" history replay

# Lowering = Prisma: the SQL of Prisma's engine, against Plumbline's for the same schema.
fresh prisma; fresh lowering; fresh engine
# A schema may use operator classes of extensions that only the migrations create: then Prisma's own SQL fails without them.
{ grep -rhoiE 'CREATE EXTENSION[^;]*;' "$migrations" || true; } | sort -u > "$work/extensions.sql"
for database in prisma lowering; do psql -X -q -d "$database" -f "$work/extensions.sql" > /dev/null 2>&1 || true; done
if DATABASE_URL=$(url engine) node --no-warnings --experimental-wasm-modules "$root/tests/oracles/prisma-sql.mjs" "$schema" > "$work/prisma.sql"; then
  psql -X -q -v ON_ERROR_STOP=1 -d prisma -f "$work/prisma.sql" > /dev/null
  "$PLUMB" inspect "$schema" --format sql > "$work/lowering.sql" || differences=1
  psql -X -q -v ON_ERROR_STOP=1 -d lowering -f "$work/lowering.sql" > /dev/null || differences=1
  compare "lowering against Prisma" prisma lowering
fi

# Formatting = Prisma's, file by file.
format_differs=0; formatted=0
while IFS= read -r -d '' file; do
  formatted=$((formatted + 1))
  "$PLUMB" inspect "$file" --format prisma > "$work/ours" 2> /dev/null || true
  node --no-warnings "$root/tests/oracles/prisma-format.mjs" "$file" > "$work/theirs"
  cmp -s "$work/ours" "$work/theirs" || { format_differs=$((format_differs + 1)); echo "formatted otherwise: $file"; diff "$work/theirs" "$work/ours" | head -10; }
done < <(if [ -d "$schema" ]; then find "$schema" -name '*.prisma' -print0; else printf '%s\0' "$schema"; fi)
say "schema files formatted otherwise" "$format_differs of $formatted"
[ "$format_differs" = 0 ] || differences=1

# Drift with medium or more, and what hides as not comparable.
"$PLUMB" audit "$repository" --format json --fail-on never > "$work/audit.json"
node -e '
  const audit = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
  const drift = audit.findings.filter(f => f.area === "drift" && ["critical", "high", "medium"].includes(f.severity));
  console.log("drift of medium or more".padEnd(44), drift.length);
  for (const f of drift) console.log("  ", f.severity, f.rule, f.title);
  console.log("verdict".padEnd(44), audit.summary.verdict, JSON.stringify(audit.summary));
  const by = {};
  for (const f of audit.findings) by[f.severity + " " + f.rule] = (by[f.severity + " " + f.rule] ?? 0) + 1;
  for (const k of Object.keys(by).sort()) console.log("  ", String(by[k]).padStart(4), k);
' "$work/audit.json"

# Statement boundaries = libpg-query's, and validity = Prisma's on mutants: by the test programs, which can see below the commands.
tests() { # what, project, filter...
  local what=$1 project=$2; shift 2
  dotnet build "$root/tests/$project" -v q -nologo >&2
  "$root/tests/$project/bin/Debug/net10.0/$project" -noLogo -noColor -showLiveOutput "$@" > "$work/tests" || differences=1
  # A filter that no test answers to is a difference too.
  if grep -q 'Result: ' "$work/tests"; then
    say "$what" "$(sed -n 's/.*Result: //p' "$work/tests")"
  else
    say "$what" "no test ran"; differences=1
  fi
  grep -q 'Failed: 0' "$work/tests" || cat "$work/tests"
}

export PLUMB_SQL_FOLDER=$repository PLUMB_SCHEMAS=$schema PLUMB_MUTANTS=${PLUMB_MUTANTS:-1000}
tests "statements against libpg-query" Plumbline.PostgreSql.Tests -class "*RepositoryStatements*" -method "*Each_file*"
tests "validity against Prisma, on mutants" Plumbline.Prisma.Tests -class "*RepositoryMutants*"
exit "$differences"
