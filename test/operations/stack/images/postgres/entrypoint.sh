#!/bin/sh
# As the entry of the real image: a new data folder is made, its scripts run before the server listens to the network, then the server starts.
set -eu
umask 077

if [ ! -s "$PGDATA/PG_VERSION" ]; then
	mkdir -p "$PGDATA"
	# shellcheck disable=SC2086
	initdb --username=postgres --pwfile="$POSTGRES_PASSWORD_FILE" --auth-host=scram-sha-256 --auth-local=trust ${POSTGRES_INITDB_ARGS:-} >/dev/null
	echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
	pg_ctl --options="-c listen_addresses='' -c unix_socket_directories=/run/postgresql" --wait start >/dev/null
	for script in /docker-entrypoint-initdb.d/*.sh; do
		PGHOST=/run/postgresql sh "$script"
	done
	pg_ctl --mode=fast --wait stop >/dev/null
fi
exec "$@" -c "listen_addresses=*" -c unix_socket_directories=/run/postgresql
