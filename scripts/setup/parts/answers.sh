# shellcheck shell=bash
# What was answered before, in files that are read and never run, and what follows from the answers.

# Flags of this run win over what was answered before.
read_answers() {
	local line name
	while read -r line; do
		name=${line%%=*}
		[ -n "${answers[$name]+is there}" ] || answers[$name]=${line#*=}
	done < <(lines_of "$answers_file")
	[ "$is_way_chosen" = yes ] || way=${answers[way]:-$way}
	[ "${answers[way]:-$way}" = "$way" ] || stop other_way "${answers[way]}"
	answers[way]=$way
	while read -r line; do
		name=${line%%=*}
		[ -n "${settings[$name]+is there}" ] || settings[$name]=${line#*=}
	done < <(lines_of "$settings_file")
}

# lines_of FILE: its pairs; of one that was not tried yet those that it had before.
lines_of() {
	local file=$1
	[ ! -f "$file.previous" ] || [ "$is_changing" = yes ] || file=$file.previous
	[ ! -f "$file" ] || grep -E '^[A-Za-z_][A-Za-z0-9_]*=' "$file" || true
}

write_answers() {
	{
		sentence file_of_answers
		printf '\n'
		sorted answers
	} | put_untried "$answers_file" 644 root:root
	{
		sentence file_of_settings "$own_settings_file"
		printf '\n'
		sorted settings
	} | put_untried "$settings_file" 644 root:root
	[ -f "$own_settings_file" ] || say file_of_own_settings | put "$own_settings_file" 644 root:root
}

# sorted NAME: the pairs of an associative array as lines, always in the same order.
sorted() {
	local -n pairs=$1
	local name
	for name in "${!pairs[@]}"; do printf '%s=%s\n' "$name" "${pairs[$name]}"; done | sort
}

has_secret() { [ -s "$secrets_folder/$1" ]; }

# Whether the secret is there or was given: in a file, or in the environment under its own name.
knows_secret() { has_secret "$1" || { is_secret "$1" && [ -n "${secret_files[$1]:-}${!1:-}" ]; }; }

model_host() { printf '%s' "${settings[OLLAMA_HOST]:-http://127.0.0.1:11434}"; }

# Whether a channel is told what the monitoring finds.
tells_alerts() {
	local lines
	lines=$'\n'$(sorted settings && lines_of "$own_settings_file")
	[[ $lines == *$'\nOPENCCB_ALERTS_CHANNEL='[!$'\n']* ]]
}

# In Docker they run beside the bot unless an address says otherwise.
runs_models_here() {
	[[ $(model_host) =~ ^(https?://)?(127\.|localhost|\[::1\]) ]]
}
