#!/usr/bin/env bash
# Generates pairs of schemas and turns each into the other with the SQL of their difference, over rows, on real servers:
#   eng/verify-plans.sh [PAIRS [VERSIONS]]      (default: 400 15,18)
# e.g. eng/verify-plans.sh 100 12,18
# Prints one line for each version. What fails is kept in artifacts/plans: the failure, the script, and both schemas. Exits 1 where anything fails.
# Needs Node for the servers that come from npm (see eng/versions.sh), and psql.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$root/artifacts/plans
rm -rf "$folder"; mkdir -p "$folder"
dotnet build "$root/tests/Plumbline.PostgreSql.Tests" -v q -nologo >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
PLUMB_PLANS=${1:-400} PLUMB_POSTGRESQL=${2:-15,18} PLUMB_PLAN_FOLDER=$folder \
  "$root/tests/Plumbline.PostgreSql.Tests/bin/Debug/net10.0/Plumbline.PostgreSql.Tests" -class '*GeneratedPlanTests*' -noLogo -noColor -showLiveOutput > "$log" 2>&1 || status=1
# A filter that no test answers to is a failure too.
grep -oE 'PostgreSQL [0-9]+: [0-9]+ pairs.*' "$log" | sort -u || { status=1; cat "$log"; }
[ "$status" = 0 ] || echo "What failed is in $folder"
exit "$status"
