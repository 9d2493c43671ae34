# shellcheck shell=bash
# What the program was told on this server, in the files that its unit reads.

# setting NAME DEFAULT: the last one counts.
setting() {
	local found
	found=$(cat "$settings_file" "$own_settings_file" 2>/dev/null | sed -n -E "s/^$1=(.*)$/\1/p" | tail -n 1)
	printf '%s\n' "${found:-$2}"
}

uses_server() { [ -s "$secrets_folder/DATABASE_URL" ] || [ -n "$(setting DATABASE_URL '')" ]; }

database_url() { if [ -s "$secrets_folder/DATABASE_URL" ]; then cat "$secrets_folder/DATABASE_URL"; else setting DATABASE_URL ''; fi; }

operations_port() { setting OPENCCB_OPERATIONS_PORT 9464; }

# The process beside has the next ports: a proxy that knows both addresses goes where somebody takes messages in.
port_beside() { echo $(($(setting PORT 3000) + 1)); }

operations_port_beside() { echo $(($(operations_port) + 1)); }
