#!/usr/bin/env bash
# Runs the tests of the live catalog on real servers of several versions, and prints one line for each:
#   eng/versions.sh [VERSION...]      (default: 12 13 14 15 16 17 18)
# e.g. eng/versions.sh 14 17
# Needs Node, and psql. The servers come from npm by the lock file in tests/servers, into its node_modules. Exits 1 where a test fails.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
versions=("$@"); [ $# -gt 0 ] || versions=(12 13 14 15 16 17 18)
for version in "${versions[@]}"; do
  if [ ! -x "/usr/lib/postgresql/$version/bin/initdb" ] && [ ! -d "$root/tests/servers/node_modules/pg$version" ]; then
    (cd "$root/tests/servers" && npm ci --no-audit --no-fund --ignore-scripts >&2)
  fi
done
dotnet build "$root/tests/Plumbline.PostgreSql.Tests" -v q -nologo >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
for version in "${versions[@]}"; do
  PLUMB_POSTGRESQL=$version "$root/tests/Plumbline.PostgreSql.Tests/bin/Debug/net10.0/Plumbline.PostgreSql.Tests" -class '*OtherVersionsTests*' -noLogo -noColor > "$log" 2>&1 || status=1
  # A filter that no test answers to is a failure too.
  result=$(sed -n 's/.*\(Total: .*\), Time:.*/\1/p' "$log")
  printf 'PostgreSQL %-4s %s\n' "$version" "${result:-no test ran}"
  case "$result" in
    *'Errors: 0, Failed: 0, '*) ;;
    *) status=1; cat "$log" ;;
  esac
done
exit "$status"
