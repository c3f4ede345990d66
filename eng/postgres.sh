# Sourced by other scripts: a PostgreSQL server of their own, in a temporary folder on a free port, stopped at exit.
#   start_postgres        sets PGHOST, PGPORT, PGUSER
#                         (POSTGRES_OPTIONS: its settings; by default it need not survive a crash)
#   fresh NAME            makes the database NAME anew and empty
#   url NAME              its URL

start_postgres() {
  local bin folder
  bin=$(dirname "$(command -v initdb || ls -d /usr/lib/postgresql/15/bin/initdb 2>/dev/null)") ||
    { echo "PostgreSQL's server programs are not here. On Debian or Ubuntu: apt-get install postgresql-15" >&2; exit 2; }
  PLUMB_PG=$(mktemp -d)
  PGPORT=$(node -e "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})")
  export PGHOST=127.0.0.1 PGPORT PGUSER=postgres
  export PGOPTIONS='-c client_min_messages=warning'
  trap 'stop_postgres' EXIT
  if [ "$(id -u)" = 0 ]; then chown postgres "$PLUMB_PG"; fi
  as_server "'$bin/initdb' -D '$PLUMB_PG/data' -U postgres -A trust --no-sync -E UTF8 --locale=C.UTF-8" >/dev/null
  as_server "'$bin/pg_ctl' -D '$PLUMB_PG/data' -l '$PLUMB_PG/log' -w -o \"-h 127.0.0.1 -p $PGPORT -k '$PLUMB_PG' ${POSTGRES_OPTIONS--c fsync=off -c full_page_writes=off}\" start" >/dev/null
}

as_server() {
  if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "cd / && $1 </dev/null"; else sh -c "$1 </dev/null"; fi
}

stop_postgres() {
  as_server "'$(dirname "$(command -v initdb || echo /usr/lib/postgresql/15/bin/initdb)")/pg_ctl' -D '$PLUMB_PG/data' -m immediate stop" >/dev/null 2>&1
  rm -rf "$PLUMB_PG"
}

fresh() {
  PGOPTIONS="-c client_min_messages=warning" psql -X -q -d postgres -c "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" -c "CREATE DATABASE \"$1\" TEMPLATE template0"
}

url() {
  echo "postgresql://$PGUSER@$PGHOST:$PGPORT/$1"
}
