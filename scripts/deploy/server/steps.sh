# shellcheck shell=bash
# An update from its beginning to its end. Each step leaves the server whole: the old version answers, or both do, or the new one.

asking_release=''

look() {
	local way=none
	! systemctl cat "$unit" >/dev/null 2>&1 || [ ! -L "$current_link" ] || way=systemd
	printf 'way\t%s\n' "$way"
	[ "$way" != none ] || return 0
	is_locked && printf 'busy\tyes\n'
	printf 'current\t%s\n' "$(current_release)"
	printf 'previous\t%s\n' "$(previous_release)"
	if uses_server; then printf 'database\tserver\n'; else printf 'database\tembedded\n'; fi
}

# start_run RUN ACTION SECONDS BACKUP: the lock is had before anybody hears that it began, and goes on to the process that works.
start_run() {
	mkdir -p "$runs_folder" "$incoming_folder" "$(dirname "$lock_file")"
	exec 9>>"$lock_file"
	flock --nonblock 9 || { echo busy && return; }
	: >"$runs_folder/$1"
	setsid bash "$here/server.sh" run "$@" </dev/null >>"$runs_folder/$1.log" 2>&1 &
	echo started
}

# run RUN ACTION SECONDS BACKUP
run() {
	run_id=$1 patience_seconds=$3
	local action=$2 backup=$4
	old=$(current_release)
	new=$old
	watch_for_the_end
	settle
	step check
	check_server
	if [ "$action" = rollback ]; then
		new=$(previous_release)
		[ -n "$new" ] || fail no_previous
	else
		step install
		new=$(project=$incoming_folder/$run_id fingerprint)
		[ "$new" != "$old" ] || finish
		install_release "$incoming_folder/$run_id" "$new"
	fi
	asking_release=$new
	if uses_server; then replace_beside "$action" "$backup"; else replace_in_place "$backup"; fi
	step remember "$new"
	remember_good "$old"
	remember_good "$new"
	forget_old_releases
	finish
}

check_server() {
	local free_mb needed_mb
	free_mb=$(($(df --output=avail -k "$program_folder" | tail -n 1) / 1024))
	# The new release with what its installation needs for a moment, and a dump of about as much.
	needed_mb=$(($(du -s -m "$current_link/" | cut -f 1) * 3))
	[ "$free_mb" -ge "$needed_mb" ] || fail disk_short "$free_mb" "$needed_mb"
	free_mb=$(($(sed -n -E 's/^MemAvailable: +([0-9]+) kB/\1/p' "$root/proc/meminfo") / 1024))
	! uses_server || [ "$free_mb" -ge "$least_free_memory_mb" ] || fail memory_short "$free_mb" "$least_free_memory_mb"
	is_active "$unit" || fail not_running "$unit"
	[ -n "$(running_release)" ] || fail unseen "$unit"
	[ "$(running_release)" = "$old" ] || fail other_release "$(running_release)" "$old"
}

# A server database: the new version starts, is asked and takes part before the old one goes.
replace_beside() {
	local down_before
	if [ "$1" = update ]; then
		step migration_check
		run_migration "$new" --dry-run || fail migration_refused "$(words_of "$unit_migration")"
		if [ "$2" = yes ]; then step backup && back_up; fi
		step migrate
		run_migration "$new" || fail migration_failed "$(words_of "$unit_migration")"
	fi
	step rehearse "$new"
	start_beside "$new" none
	expect_answer "$unit_beside" "$(operations_port_beside)"
	watch "$unit_beside"
	step beside "$new"
	is_beside_trusted=yes
	kill_beside
	start_beside "$new" "$(setting OPENCCB_ROLES all)"
	expect_answer "$unit_beside" "$(operations_port_beside)"
	down_before=$(parts_down "$(operations_port)")
	sleep "$notice_seconds"
	step switch "$new"
	is_switched=yes
	switch_to "$new"
	systemctl restart "$unit" || fail not_started "$unit"
	check_in_place "$down_before"
	step retire
	stop_beside
}

# The embedded database lets one process in: nobody answers from the end of the old version to the start of the new one.
replace_in_place() {
	local down_before
	down_before=$(parts_down "$(operations_port)")
	step pause
	systemctl stop "$unit"
	if [ "$1" = yes ]; then step backup && back_up; fi
	step switch "$new"
	is_switched=yes
	switch_to "$new"
	systemctl start "$unit" || fail not_started "$unit"
	check_in_place "$down_before"
}

# check_in_place PARTS: whatever was not up before may still be so.
check_in_place() {
	local worse
	expect_answer "$unit" "$(operations_port)"
	step watch
	watch "$unit"
	worse=$(parts_down "$(operations_port)" "$1")
	[ -z "$worse" ] || fail parts_down "$worse"
}
