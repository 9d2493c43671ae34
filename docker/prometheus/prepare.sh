#!/usr/bin/env bash
# Makes what the profile `monitoring` needs beside the stack: secrets, each once, and the login by which PostgreSQL is watched.
# Run as root in the folder of docker-compose.yml, while PostgreSQL runs; again whenever you like. See docs/monitoring.md.
set -euo pipefail

secrets=${OPENCCB_SECRETS:-./secrets}
# The accounts in the images: of the program, and of those who watch.
program_group=10001
watching_group=65534

# keep FILE GROUP VALUE: writes it where there is none yet.
keep() {
	[ -s "$1" ] || printf '%s\n' "$3" >"$1"
	chown "0:$2" "$1"
	chmod 440 "$1"
}

umask 027
mkdir -p "$secrets/app" "$secrets/monitoring"
chgrp "$watching_group" "$secrets/monitoring"
for name in grafana_password monitor_password alerts_token; do
	keep "$secrets/monitoring/$name" "$watching_group" "$(openssl rand -hex 24)"
done
# The program compares it with what Alertmanager sends.
keep "$secrets/app/alerts_token" "$program_group" "$(<"$secrets/monitoring/alerts_token")"

docker compose exec -T postgres psql --set ON_ERROR_STOP=1 --no-psqlrc --quiet --username postgres --dbname postgres <<SQL
select 'create role openccb_monitor' where not exists (select from pg_roles where rolname = 'openccb_monitor') \gexec
alter role openccb_monitor with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '$(<"$secrets/monitoring/monitor_password")';
grant pg_monitor to openccb_monitor;
grant connect on database openccb to openccb_monitor;
SQL
echo "Ready. The password of Grafana's admin is in $secrets/monitoring/grafana_password."
