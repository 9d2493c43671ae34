# shellcheck shell=bash
# Tries every credential before anything is started with it.

wanted_state() {
	{
		cat "$stack_folder/.env" "$stack_folder/docker-compose.yml"
		find "$settings_folder/secrets" -type f -exec sha256sum {} + | sort
	} | sha256sum | cut -d ' ' -f 1
}

is_up_to_date() { is_running && [ -f "$started_file" ] && [ "$(<"$started_file")" = "$(wanted_state)" ]; }

run_doctor() {
	local report
	say doctor
	if ! report=$(compose run --rm -T app scripts/doctor/main.ts --language "$short_language" 2>&1); then
		printf '%s\n' "$report" >&2
		take_back_untried
		stop doctor_failed
	fi
}

is_up_to_date || run_doctor
accept_untried
