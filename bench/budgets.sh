#!/usr/bin/env bash
# Makes repositories that are 1, 10 and 100 times as large in one respect, and measures what plumb needs for each:
#   bench/budgets.sh [WORD…]       (only the cases whose names contain one of the words)
# Ends with exit code 1 where a run crashes, takes more than 10 seconds of processor time, or holds more than 500 MiB.
# Needs Node and GNU time. PLUMB names the program; without it a Release build is made.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
if [ -z "${PLUMB:-}" ]; then
  dotnet publish "$root/src/Plumbline.Cli" -c Release -r linux-x64 -o "$root/artifacts/plumb" -v q -nologo >&2
  PLUMB=$root/artifacts/plumb/plumb
fi
PLUMB=$PLUMB exec node "$root/bench/budgets.mjs" "$@"
