#!/usr/bin/env bash
# Compares the drift that Plumbline reports, of severity low or higher, with what Prisma's engine reports between a database that
# psql builds from the migrations and the schema:
#   eng/verify-drift.sh REPOSITORY...
#   eng/verify-drift.sh REPOSITORY SCHEMA MIGRATIONS      (SCHEMA and MIGRATIONS relative to REPOSITORY)
# Prints each difference between the two with its reason, and a total per project. Exits 1 where a difference has no reason.
# Needs PostgreSQL 15's programs, Node, and the oracles (npm ci in tests/oracles).
#   PLUMB       the program; without it a Release build is made
#   PGHOST …    a running server (PGlite, for pgvector; it has one database, so start it anew for each run); without it one is started
#   MIGRATION   a sed expression applied to each migration, for teams whose own program fills in placeholders
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
source "$root/eng/postgres.sh"
if [ -z "${PLUMB:-}" ]; then
  dotnet publish "$root/src/Plumbline.Cli" -c Release -r linux-x64 -o "$root/artifacts/plumb" -v q -nologo >&2
  PLUMB=$root/artifacts/plumb/plumb
fi
[ -d "$root/tests/oracles/node_modules" ] || (cd "$root/tests/oracles" && npm ci --no-audit --no-fund >&2)
work=$(mktemp -d)
if [ -z "${PGHOST:-}" ]; then start_postgres; trap 'stop_postgres; rm -rf "$work"' EXIT; else trap 'rm -rf "$work"' EXIT; fi
unexplained=0

project() { # repository, name, schema, migrations
  local repository=$1 name=$2 schema=$1/$3 migrations=$1/$4 config=() folder file
  # The schema of the URL's ?schema=, as Plumbline found it: public, unless only another one has tables.
  namespace=$({ "$PLUMB" inspect "$migrations" --format json 2> /dev/null || true; } | node -e '
    const names = JSON.parse(require("fs").readFileSync(0, "utf8")).schemas.filter(s => s.tables?.length).map(s => s.name);
    console.log(names.includes("public") ? "public" : names[0] ?? "public");')
  export PGOPTIONS='-c client_min_messages=warning'
  fresh drift
  psql -X -q -d drift -c "CREATE SCHEMA IF NOT EXISTS \"$namespace\""
  if [ "$namespace" != public ]; then PGOPTIONS+=" -c search_path=\"$namespace\""; fi
  : > "$work/psql"; files=0
  while IFS= read -r -d '' file; do
    files=$((files + 1))
    sed "${MIGRATION:-}" "$file" | psql -X -q -d drift -f - > /dev/null 2>> "$work/psql" || true
  done < <(find "$migrations" -mindepth 2 -maxdepth 2 -name migration.sql -print0 | LC_ALL=C sort -z)
  grep -h 'ERROR:' "$work/psql" | sed 's/^.*ERROR: /  refused: /' || true

  for folder in "$(dirname "$schema")" "$(dirname "$schema")/.." "$repository"; do
    if [ ${#config[@]} = 0 ] && [ -f "$folder/prisma.config.ts" ]; then config=(--config "$folder/prisma.config.ts"); fi
  done
  DATABASE_URL=$(url drift) node --no-warnings --experimental-wasm-modules "$root/tests/oracles/prisma-sql.mjs" "$schema" \
    --from-database --namespace "$namespace" "${config[@]}" > "$work/prisma.sql"
  psql -X -qAt -d drift > "$work/defaults.json" -c "
    SELECT coalesce(json_object_agg(table_name || '.' || column_name, column_default), '{}') FROM information_schema.columns
    WHERE table_schema = '$namespace' AND column_default IS NOT NULL"
  node "$root/eng/compare-drift.mjs" --repository "$repository" --project "$name" --schema "$3" --namespace "$namespace" \
    --audit "$work/audit.json" --prisma "$work/prisma.sql" --defaults "$work/defaults.json" \
    --migrations "$files" --refused "$(grep -c 'ERROR:' "$work/psql" || true)" || unexplained=1
}

if [ $# = 3 ] && [ -e "$1/$2" ]; then repositories=("$1"); only=$2; else repositories=("$@"); only=; fi
for repository in "${repositories[@]}"; do
  repository=$(cd "$repository" && pwd)
  (cd "$repository" && "$PLUMB" audit . --format json --fail-on never --no-baseline --quiet) > "$work/audit.json"
  node -e '
    for (const p of JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).target.projects)
      if (p.migrations && (!process.argv[2] || p.schema === process.argv[2])) console.log([p.name, p.schema, p.migrations].join("\t"));
  ' "$work/audit.json" "$only" > "$work/projects"
  while IFS=$'\t' read -r name schema migrations <&3; do project "$repository" "$name" "$schema" "$migrations"; done 3< "$work/projects"
done
exit "$unexplained"
