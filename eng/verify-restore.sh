#!/usr/bin/env bash
# Dumps databases on servers of several versions, restores them on others, and lists what `plumb diff` would report of the two, and what the servers refuse:
#   eng/verify-restore.sh [MIGRATIONS...]      (folders of migrations, beside the generated schemas)
# e.g. eng/verify-restore.sh ../umami/prisma/migrations
# A database on PostgreSQL 12 to 15 is dumped by pg_dump 15 and restored on its own version, 15 and 18; one on 18 is dumped by `inspect --format sql`. The same
# statements are also run on each version and on 18. SCHEMAS is the number of generated schemas (default 200), VERSIONS the versions to dump on.
# Needs PostgreSQL 15's client programs, and Node: the servers come from npm by the lock file in tests/servers. Takes about 40 minutes. Exits 1 where anything differs.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
versions=${VERSIONS:-12,13,14,15,18}
for version in ${versions//,/ } 15 18; do
  if [ ! -x "/usr/lib/postgresql/$version/bin/initdb" ] && [ ! -d "$root/tests/servers/node_modules/pg$version" ]; then
    (cd "$root/tests/servers" && npm ci --no-audit --no-fund --ignore-scripts >&2)
  fi
done
folders=""
for folder in "$@"; do
  folders+=$(cd "$folder" && pwd):
done
dotnet build "$root/tests/Plumbline.PostgreSql.Tests" -v q -nologo >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# Half of the schemas are an expression in every place, half are histories of changes.
PLUMB_MIGRATIONS=$folders PLUMB_RESTORED=$(((${SCHEMAS:-200} + 1) / 2)) PLUMB_DUMPED=$versions \
  "$root/tests/Plumbline.PostgreSql.Tests/bin/Debug/net10.0/Plumbline.PostgreSql.Tests" -class '*RestoredDatabaseTests' -showLiveOutput -noLogo -noColor > "$log" 2>&1 || status=1
sed -n 's/^.*\[OUTPUT\] //p' "$log"
# A filter that no test answers to is a failure too.
case "$(sed -n 's/.*\(Total: .*\), Time:.*/\1/p' "$log")" in
  'Total: 2, Errors: 0, Failed: 0, '*) ;;
  *) status=1; grep -A5 -E 'FAIL|Exception' "$log" || true ;;
esac
exit "$status"
