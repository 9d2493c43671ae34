# shellcheck shell=bash
# The end of an update, good or bad, and the way back, which goes by what is there and not by what was meant: so it serves whatever step failed.

is_beside_trusted=no
is_switched=no
is_over=no

watch_for_the_end() {
	trap 'fail unexpected "${BASH_SOURCE[0]##*/}:$LINENO"' ERR
	trap 'fail interrupted' INT TERM HUP
	trap '[ "$is_over" = yes ] || fail unexpected exit' EXIT
}

# fail KEY VALUE...: the old version is put back, and whoever follows reads one line.
fail() {
	# What fails in a subshell fails once more in the shell that waits for it.
	[ "$BASH_SUBSHELL" -eq 0 ] || exit 1
	trap - ERR
	trap '' INT TERM HUP
	set +e
	record problem "$last_step" "$@"
	[ "$is_over" = no ] || exit 1
	is_over=yes
	if put_back; then record failed "$old"; else record failed ''; fi
	clean
	exit 1
}

# Whoever follows hears what is to go back to, where anything was changed.
finish() {
	is_over=yes
	clean
	if [ "$new" = "$old" ]; then record finished "$new"; else record finished "$new" "$old"; fi
	exit 0
}

clean() {
	forget_units
	rm -rf "${incoming_folder:?}/$run_id" "${incoming_folder:?}/$run_id.part"
}

# Whether the old version is in its place and takes messages in. What stands beside it goes only then, if people may have asked it something.
put_back() {
	[ "$is_beside_trusted" = yes ] || kill_beside
	[ "$(current_release)" = "$old" ] || switch_to "$old"
	if ! is_active "$unit" || { [ "$is_switched" = yes ] && [ "$(running_release)" != "$old" ]; }; then
		# One that takes nothing in has nothing to end, and may not hear that it should.
		takes_messages || kill_unit "$unit"
		systemctl restart "$unit" || return 1
	fi
	await_messages || return 1
	stop_beside
}

takes_messages() { OPENCCB_OPERATIONS_PORT=$(operations_port) OPENCCB_OPERATIONS_HOST=127.0.0.1 "$releases_folder/$old/node" "$tools/scripts/health.mjs" /healthz/intake 2>/dev/null; }

await_messages() {
	local tries
	for ((tries = 0; tries < patience_seconds * 2; tries++)); do
		# A bare `return` in a trap gives what was before the trap.
		takes_messages && return 0
		sleep 0.5
	done
	return 1
}

# What a run left that was killed itself: the present release is what the link leads to, whichever that is.
settle() {
	! is_active "$unit_beside" || { takes_messages && stop_beside; } || true
	rm -rf "$program_folder/next" "$releases_folder"/new.*
	find "$incoming_folder" -mindepth 1 -maxdepth 1 ! -name "$run_id" -exec rm -rf {} +
	if is_active "$unit" && [ "$(running_release)" != "$old" ] && [ -n "$(running_release)" ]; then systemctl restart "$unit"; fi
}
