# shellcheck shell=bash
# What is on this server already, when the bot runs in containers.

least_engine=24
least_compose=2.20
stack_folder=$program_folder/stack
secrets_folder=$settings_folder/secrets/app
server_secrets_folder=$settings_folder/secrets/postgres
# PostgreSQL's own account in its image.
server_account_number=999
watching_secrets_folder=$settings_folder/secrets/monitoring
# That of those who watch, in their images.
watching_account_number=65534
started_file=$state_folder/started

compose() { docker compose --project-directory "$stack_folder" "$@"; }

is_running() { [ -f "$stack_folder/.env" ] && [ -n "$(compose ps --status running --quiet app 2>/dev/null)" ]; }

# The proxy's, unless they are its own already; nothing else can be reached from outside.
wanted_ports() { is_running || echo 80 443; }

has_database() { command -v docker >/dev/null && docker volume inspect openccb_database >/dev/null 2>&1; }

# Those that the stack is given, and those that open a database that is there.
secrets_in_use() {
	lines_of "$stack_folder/.env" | sed -n -E 's|^[A-Z_]+_FILE=/run/secrets/(.*)|\1|p'
	! has_database || printf '%s\n' database_url ../postgres/{superuser,program,backup}_password
}

# Whether the engine is there and new enough; where it is missing, the distribution may have one that is.
check_way() {
	local version
	if command -v docker >/dev/null; then
		version=$(docker version --format '{{.Server.Version}}' 2>/dev/null) || stop engine_silent
		is_at_least "$version" "$least_engine" || stop engine_too_old "$version" "$least_engine"
		version=$(docker compose version --short 2>/dev/null) || version=0
		is_at_least "${version#v}" "$least_compose" || stop compose_too_old "$least_compose"
	else
		is_at_least "$(offered_version docker.io)" "$least_engine" || stop engine_missing "$least_engine"
		is_at_least "$(offered_version docker-compose-v2)" "$least_compose" || stop engine_missing "$least_engine"
	fi
}

offered_version() {
	local version
	version=$(apt-cache madison "$1" 2>/dev/null | awk -F '|' 'NR == 1 { gsub(/ /, "", $2); print $2 }')
	printf '%s' "${version:-0}"
}

model_server() { printf '%s' "${settings[OLLAMA_HOST]:-http://ollama:11434}"; }

tell_plan() {
	command -v docker >/dev/null || say plan_packages 'docker.io docker-compose-v2'
	say plan_image
	say plan_secrets "$secrets_folder"
	say plan_stack "$stack_folder"
	say plan_model "${settings[OLLAMA_MODEL]:-gemma4:e4b}" "$(model_server)"
	say plan_service app
	! wants_backups || say plan_nightly
}

tell_addresses() {
	[ -z "${answers[domain]:-}" ] || say address_of_domain "https://${answers[domain]}"
	say next_commands_docker "$own_settings_file" "$stack_folder"
}
