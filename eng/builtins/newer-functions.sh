#!/usr/bin/env bash
# Writes src/Plumbline.PostgreSql/Builtins/Data/newer-functions.tsv: the functions that servers after PostgreSQL 15 have and functions.tsv lacks, each with the
# version that it came with. Usage: newer-functions.sh VERSION=postgresql://user@host:port...    (in the order of their versions, e.g. 16=postgresql://… 17=…)
set -euo pipefail
cd "$(dirname "$0")"
data=../../src/Plumbline.PostgreSql/Builtins/Data
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: > "$work/all"
for server in "$@"; do
  psql -X -q -v ON_ERROR_STOP=1 -At -F $'\t' "${server#*=}/postgres" -f builtins.sql | grep $'^F\t' | cut -f2- | sed "s/\t*$//; s/^/${server%%=*}\t/" >> "$work/all"
done
# A function is known by its name and arguments (fields 1 and 7), and is the old one with more arguments where its number is; those over types that 15 lacks are left out.
awk -F '\t' '
  FILENAME == ARGV[1] { types[$2] = 1; next }
  FILENAME == ARGV[2] { known[$1 "\t" $7] = 1; numbers[$2] = 1; next }
  { count = split($8, arguments, " "); fits = $6 in types; for (i = 1; i <= count; i++) fits = fits && arguments[i] in types }
  fits && !($3 in numbers) && !(($2 "\t" $8) in known) { known[$2 "\t" $8] = 1; print }
' "$data/types.tsv" "$data/functions.tsv" "$work/all" > "$data/newer-functions.tsv"
