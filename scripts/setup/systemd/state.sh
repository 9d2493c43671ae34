# shellcheck shell=bash
# What is on this server already, when the bot runs as a service of systemd.

unit=openccb.service
unit_file=$root/etc/systemd/system/$unit
redis_port=6380
data_folder=$root/var/lib/openccb
started_file=$state_folder/started

uses_server() { [ "${answers[database]:-server}" = server ]; }

# Data that came back from a backup as root's are of no use to the program. Packages bring whatever else is needed.
check_way() {
	local foreign
	{ [ -d "$data_folder" ] && [ -z "$root" ]; } || return 0
	foreign=$(find "$data_folder" ! -uid "$account_number" -print -quit)
	[ -z "$foreign" ] || stop data_foreign "$foreign" "chown -R $account_number:$account_number $data_folder"
}

is_running() { systemctl is-active --quiet "$unit"; }

# Those that are not the bot's own already.
wanted_ports() {
	is_running || echo "${settings[PORT]:-3000}" "$(operations_port)"
	! has_proxy || is_proxy_running || echo 80 443
}

has_proxy() { [ -n "${answers[domain]:-}" ]; }

is_proxy_running() { systemctl is-active --quiet openccb-proxy.service; }

operations_port() { echo "${settings[OPENCCB_OPERATIONS_PORT]:-9464}"; }

# Those that the installed service is given, and what opens a database that is there.
secrets_in_use() {
	{
		[ ! -f "$unit_file" ] || sed -n -E 's/^LoadCredential=([A-Z0-9_]+):.*/\1/p' "$unit_file"
		! uses_server || ! has_database || echo DATABASE_URL
	} | sort -u
}

server_version() { pg_lsclusters --no-header | awk '{ print $1 }' | sort -n | tail -n 1; }

server_port() { pg_lsclusters --no-header | sort -n | awk '{ port = $3 } END { print port }'; }

has_database() {
	command -v psql >/dev/null && [ "$(as_postgres -d postgres -c "select 1 from pg_database where datname = '$account'" 2>/dev/null)" = 1 ]
}

# as_postgres ARGUMENT...: a statement in the name of the server's own administrator.
as_postgres() {
	runuser --user postgres -- psql --no-psqlrc --tuples-only --no-align --quiet --set ON_ERROR_STOP=1 "$@"
}

# Packages that are missing, each told by a program of it.
missing_packages() {
	local pair
	for pair in curl:curl npm:npm node:nodejs $(uses_server && echo psql:postgresql redis-server:redis-server) \
		$(wants_backups && echo age-keygen:age) $(has_proxy && echo caddy:caddy); do
		command -v "${pair%%:*}" >/dev/null || echo "${pair#*:}"
	done
}

tell_plan() {
	local packages
	packages=$(missing_packages | paste -s -d ' ')
	[ -z "$packages" ] || say plan_packages "$packages"
	say plan_program "$program_folder/current"
	say plan_secrets "$secrets_folder"
	if uses_server; then say plan_server; else say plan_embedded /var/lib/openccb; fi
	say plan_model "${settings[OLLAMA_MODEL]:-gemma4:e4b}" "$(model_host)"
	say plan_service "$unit"
	! has_proxy || say plan_proxy "${answers[domain]}"
	! wants_backups || say plan_nightly
}

tell_addresses() {
	! has_proxy || say address_of_domain "https://${answers[domain]}"
	say address_of_service "$unit" "http://127.0.0.1:$(operations_port)/readyz"
	say next_commands "$own_settings_file" "$unit"
}

# Everything that the service is started with. Where it differs from what the running one was started with, there is something to do.
wanted_state() {
	{
		echo "$release"
		cat "$settings_file" "$own_settings_file" "$unit_file"
		kept_secrets | while read -r name; do sha256sum "$secrets_folder/$name"; done
	} 2>/dev/null | sha256sum | cut -d ' ' -f 1
}

is_up_to_date() { is_running && [ -f "$started_file" ] && [ "$(<"$started_file")" = "$(wanted_state)" ]; }

# as_program SCRIPT ARGUMENT...: under its account and with its settings, as the service will run.
as_program() {
	local name variables=(PATH=/usr/bin:/bin HOME="$data_folder" LANG="${LANG:-C}" OPENCCB_DATA="$data_folder")
	mapfile -t -O "${#variables[@]}" variables < <(lines_of "$settings_file" && lines_of "$own_settings_file")
	for name in $(kept_secrets); do variables+=("${name}_FILE=$secrets_folder/$name"); done
	(cd "$release" && runuser --user "$account" -- env --ignore-environment "${variables[@]}" "$node" "$@")
}
