# shellcheck shell=bash
# Takes what only people know: the chat platform and its secrets, the model. Changes nothing.

ask_platforms() {
	local name
	any_platform && return
	say which_platform
	for name in SLACK_BOT_TOKEN SLACK_APP_TOKEN SLACK_SIGNING_SECRET DISCORD_BOT_TOKEN; do ask_for_secret "$name"; done
	ask_for_setting TEAMS_APP_ID
	if [ -n "${settings[TEAMS_APP_ID]:-}" ]; then
		ask_for_setting TEAMS_TENANT_ID
		ask_for_secret TEAMS_APP_PASSWORD
	fi
	any_platform || stop no_platform
}

any_platform() {
	[ -n "${settings[TEAMS_APP_ID]:-}" ] || knows_secret SLACK_BOT_TOKEN || knows_secret DISCORD_BOT_TOKEN
}

ask_for_secret() {
	local given=''
	ask_secret given value_of "$1"
	[ -z "$given" ] || printf -v "$1" '%s' "$given"
}

ask_for_setting() {
	local given=''
	ask given value_of "$1"
	[ -z "$given" ] || take_setting "$1=$given"
}

ask_models() {
	[ -n "${settings[OLLAMA_MODEL]:-}" ] || ask_for_setting OLLAMA_MODEL
	[ -n "${settings[OLLAMA_HOST]:-}" ] || ask_for_setting OLLAMA_HOST
	[ -n "${settings[OPENCCB_ADMINS]:-}" ] || ask_for_setting OPENCCB_ADMINS
}

check_secret_files() {
	local name
	for name in "${!secret_files[@]}"; do [ -s "${secret_files[$name]}" ] || stop secret_unreadable "$name" "${secret_files[$name]}"; done
}

# A name that leads elsewhere gets no certificate, and after five tries none for a week.
check_domain() {
	local name=${answers[domain]:-} address
	[ -n "$name" ] || return 0
	address=$(getent ahosts "$name" | awk '{ print $1; exit }') || true
	[ -n "$address" ] || stop domain_unknown "$name"
	own_addresses | grep -q -x -F "$address" || stop domain_elsewhere "$name" "$address"
}

own_addresses() { ip -oneline address show | sed -n -E 's/.* inet6? ([^/ ]+).*/\1/p'; }

# What data were made with is needed to read them. A new secret would lock them up, so none is made.
check_lost_secrets() {
	local name
	for name in $(secrets_in_use); do knows_secret "$name" || stop secret_lost "$name" "$secrets_folder/$name"; done
}

# Its images are those of the compose file.
check_monitoring() { [ "${answers[monitoring]:-no}" = no ] || [ "$way" = docker ] || stop monitoring_in_docker; }

check_monitoring
check_secret_files
check_lost_secrets
ask_platforms
ask_models
check_domain
