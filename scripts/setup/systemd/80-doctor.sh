# shellcheck shell=bash
# Tries every credential before anything is started with it.

run_doctor() {
	local report
	say doctor
	if ! report=$(as_program scripts/doctor/main.ts --language "$short_language" 2>&1); then
		printf '%s\n' "$report" >&2
		take_back_untried
		stop doctor_failed
	fi
}

# shellcheck source=/dev/null
. "$here/systemd/unit.sh"
write_unit
is_up_to_date || run_doctor
accept_untried
