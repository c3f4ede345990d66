#!/usr/bin/env bash
# Finds the generic code that a published plumb still compiles when it comes to it, and adds it to eng/Plumbline.AheadOfTime/methods.txt, which publishing
# has compiled ahead:
#   eng/ahead-of-time.sh [REPOSITORY...]      (beside the examples)
# Needs PostgreSQL's server programs, for the commands that read a database. Lines for what is no longer there are dropped. Delete the list first to begin anew.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
list=$root/eng/Plumbline.AheadOfTime/methods.txt
source "$root/eng/postgres.sh"
dotnet publish "$root/src/Plumbline.Cli" -c Release -r linux-x64 -o "$root/artifacts/plumb" -v q -nologo >&2
work=$(mktemp -d)
POSTGRES_OPTIONS='-c fsync=off -c max_locks_per_transaction=1024' start_postgres
unset PGOPTIONS
trap 'stop_postgres; rm -rf "$work"' EXIT
export DOTNET_EnableEventPipe=1
# The runtime's keywords Loader, Jit, Type and MethodDiagnostic, verbose.
export DOTNET_EventPipeConfig='Microsoft-Windows-DotNETRuntime:0x4000080018:5'
run() { DOTNET_EventPipeOutputPath=$(mktemp "$work/XXXXXX.nettrace") "$root/artifacts/plumb/plumb" "$@" > /dev/null 2>&1 || true; }

for repository in "$root"/examples/* "$@"; do
  for format in terminal markdown json github; do run audit "$repository" --format "$format" --verbose; done
  run url "$repository"; run url "$repository" --format json
  schema=$(find "$repository" -name '*.prisma' -not -path '*/node_modules/*' -print -quit)
  migrations=$(dirname "$(dirname "$(find "$repository" -name migration.sql -not -path '*/node_modules/*' -print -quit)")")
  if [ -n "$schema" ] && [ "$migrations" != . ]; then
    fresh copy
    find "$migrations" -name migration.sql | LC_ALL=C sort | sed "s/.*/\\\\i '&'/" | psql -X -q -d copy > /dev/null 2>&1 || true
    address=$(url copy)
    for format in terminal markdown json sql; do run diff "$migrations" "$schema" --format "$format"; run diff "$migrations" "$address" --format "$format"; done
    for format in sql json prisma mermaid markdown; do
      for source in "$migrations" "$schema" "$address"; do run inspect "$source" --format "$format"; done
    done
    run audit "$repository" --database "$address"; run status "$repository" --database "$address"; run status "$repository" --database "$address" --format json
  fi
done
run rules; run rules --format json; run explain drift/missing-column; run --help; run audit --help; run --version
unset DOTNET_EnableEventPipe
dotnet run --project "$root/eng/Plumbline.AheadOfTime" -c Release -- collect "$root/src/Plumbline.Cli/bin/Release/net10.0/linux-x64" "$list" "$work"/*.nettrace
