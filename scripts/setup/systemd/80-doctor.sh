# shellcheck shell=bash
# Tries every credential before anything is started with it.

run_doctor() {
	local report
	say doctor
	report=$(as_program scripts/doctor/main.ts --language "$short_language" 2>&1) || { printf '%s\n' "$report" >&2 && stop doctor_failed; }
}

# shellcheck source=/dev/null
. "$here/systemd/unit.sh"
write_unit
is_up_to_date || run_doctor
