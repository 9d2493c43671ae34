# shellcheck shell=bash
# The program as services of systemd: the one that setup.sh made, and what is made of its text for the time of an update. These lie below /run: a
# server that loses its power starts with the one service, and with whatever release `current` leads to.

unit=openccb.service
unit_beside=openccb-next.service
unit_migration=openccb-migrate.service
run_units=$root/run/systemd/system

# derive_unit UNIT RELEASE PROGRAM: as the service with all that was changed in it, but of this release, and with more lines from standard input.
derive_unit() {
	local release=$releases_folder/$2
	mkdir -p "$run_units"
	{
		systemctl cat "$unit" | sed -E -e "s#^WorkingDirectory=.*#WorkingDirectory=$release#" -e "s#^ExecStart=.+#ExecStart=$release/node $3#"
		printf '\n[Service]\nRestart=no\n'
		cat
	} >"$run_units/$1"
	systemctl daemon-reload
}

# start_beside RELEASE ROLES
start_beside() {
	local environment=$deploy_folder/beside.env
	# A file, since those of the service win over single variables.
	printf '%s\n' "PORT=$(port_beside)" "OPENCCB_OPERATIONS_PORT=$(operations_port_beside)" "OPENCCB_ROLES=$2" \
		"OPENCCB_DRAIN_SECONDS=$(setting OPENCCB_DRAIN_SECONDS "$drain_seconds")" >"$environment"
	derive_unit "$unit_beside" "$1" src/main.ts <<<"EnvironmentFile=$environment"
	systemctl restart "$unit_beside" || fail not_started "$unit_beside"
}

# Lets what it is answering end.
stop_beside() { ! is_active "$unit_beside" || systemctl stop "$unit_beside" || true; }

# For one that nobody has asked anything yet.
kill_beside() { kill_unit "$unit_beside"; }

kill_unit() {
	! is_active "$1" || systemctl kill --signal=KILL "$1" || true
	systemctl stop "$1" || true
}

forget_units() {
	rm -f "$run_units/$unit_beside" "$run_units/$unit_migration" "$deploy_folder/beside.env"
	systemctl daemon-reload
}

# run_migration RELEASE ARGUMENT...: under the account and with the settings of the service.
run_migration() {
	local release=$1
	shift
	derive_unit "$unit_migration" "$release" "scripts/migrate/main.ts $*" <<<$'Type=oneshot'
	systemctl start "$unit_migration"
}

is_active() { systemctl is-active --quiet "$1"; }

# state_of UNIT PROPERTY
state_of() { systemctl show --property "$2" --value "$1"; }

# Whatever the link says: the release that the service's process was started in. Nothing where nobody can tell.
running_release() {
	local folder
	folder=$(readlink "/proc/$(state_of "$unit" MainPID)/cwd") || return 0
	basename "$folder"
}

# words_of UNIT: the last thing that it wrote itself, and of a line of the program's log its message.
words_of() { journalctl "_SYSTEMD_UNIT=$1" --lines 1 --no-pager --output cat 2>/dev/null | tr '\t\n' '  ' | sed -E 's/.*"message":"([^"]*)".*/\1/' | cut -c 1-200; }
