#!/usr/bin/env bash
# Run a command against a private PostgreSQL cluster that lives as long as the command:
#   tools/with_postgres.sh .venv/bin/pytest tests/apps
# PG_FSYNC=on for measurements: tests do not need what they write to outlast the power.
# GONGDI_DATABASE_URL names the cluster's database. Nothing of a cluster already running is touched.
set -euo pipefail

bin="${PG_BIN:-}"
if [ -z "$bin" ]; then
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
fi
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
  echo "no PostgreSQL server found; install postgresql-15, or set PG_BIN" >&2
  exit 2
fi

folder=$(mktemp -d /tmp/gongdi-postgres.XXXXXX)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

# initdb and the server refuse to run as root.
as_owner() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=postgres --regid=postgres --init-groups env -i PATH="$bin:/usr/bin:/bin" LC_ALL=C.UTF-8 "$@"
  else
    env PATH="$bin:$PATH" LC_ALL=C.UTF-8 "$@"
  fi
}

stop() {
  as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT

if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$folder"; fi
chmod 700 "$folder"
cd "$folder"
as_owner "$bin/initdb" -N -A trust -U gongdi --locale=C.UTF-8 -D "$folder/data" >"$folder.log" 2>&1 || { cat "$folder.log" >&2; exit 1; }
rm -f "$folder.log"
as_owner "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=${PG_FSYNC:-off}" start >/dev/null
as_owner "$bin/createdb" -h 127.0.0.1 -p "$port" -U gongdi gongdi
cd "$OLDPWD"

GONGDI_DATABASE_URL="postgresql://gongdi@127.0.0.1:$port/gongdi" "$@"
