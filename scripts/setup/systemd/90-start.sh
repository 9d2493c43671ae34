# shellcheck shell=bash
# Starts the service with what was put in place, and waits until it takes questions.

# The first start of the embedded database takes seconds, migrations of a large one minutes.
ready_within_seconds=180
# How often it is looked whether systemd has given it up meanwhile.
look_every_seconds=5

start_service() {
	put_folder "$state_folder" 755 root:root
	switch_release
	systemctl is-enabled --quiet "$unit" || { quietly service_failed systemctl enable "$unit" && count_change; }
	is_up_to_date && return
	quietly service_failed systemctl daemon-reload
	# One that was given up often is not started again before this.
	systemctl reset-failed "$unit" 2>/dev/null || true
	quietly service_failed systemctl restart "$unit"
	is_ready || {
		journalctl --unit "$unit" --lines 20 --no-pager --output cat >&2
		stop service_not_ready "$unit"
	}
	wanted_state | put "$started_file" 644 root:root
	count_change
}

is_ready() {
	local waited
	for ((waited = 0; waited < ready_within_seconds; waited += look_every_seconds)); do
		"$node" "$release/scripts/setup/wait-ready.mjs" "http://127.0.0.1:$(operations_port)/readyz" "$look_every_seconds" && return
		systemctl is-failed --quiet "$unit" && return 1
	done
	return 1
}

# The folder's name changes in one step, so that it always leads to a whole release.
switch_release() {
	[ "$(readlink "$program_folder/current")" != "$release" ] || return 0
	ln -sfn "$release" "$program_folder/next"
	mv -T "$program_folder/next" "$program_folder/current"
	count_change
}

say starting "$unit"
start_service
