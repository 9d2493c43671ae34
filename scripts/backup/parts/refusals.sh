# shellcheck shell=bash
# What is not restored, and why, before anything is changed.

# refuse_unfit FOLDER: what this program or this server cannot hold.
refuse_unfit() {
	local manifest=$1/manifest program schema server here_now
	[ "$(said format "$manifest")" -le "$backup_format" ] || stop format_newer "$(said format "$manifest")"
	program=$(said program "$manifest") schema=$(said schema "$manifest")
	if is_newer "$program" "$(program_version)" || is_newer "$(said needs "$manifest")" "$(program_version)" || [[ $schema > $(newest_migration) ]]; then
		stop program_newer "$program" "$schema" "$(program_version)"
	fi
	grep -q -P '^rows\tpublic\.migrations\t[1-9]' "$manifest" || stop dump_without_rows
	if [ -f "$1/database.dump" ]; then
		uses_server || stop kinds_differ "${sentences[kind_server]}" "${sentences[kind_embedded]}"
		read_database
		[[ $(as_administrator pg_restore --list <"$1/database.dump" 2>/dev/null) == *'TABLE DATA public migrations '* ]] || stop dump_without_rows
		server=$(said server "$manifest") here_now=$(sql "select current_setting('server_version_num')::int / 10000" postgres)
		[ "$server" -le "$here_now" ] || stop server_newer "$server" "$here_now"
		[ -z "$(said vectors "$manifest")" ] || [ "$(sql "select count(*) from pg_available_extensions where name = 'vector'" postgres)" = 1 ] ||
			stop vectors_missing "$here_now"
	else
		! uses_server || stop kinds_differ "${sentences[kind_embedded]}" "${sentences[kind_server]}"
	fi
}

# Nobody may write while it is replaced, nor find other rows in the middle of what they do.
refuse_running() {
	local count
	! is_program_running || stop program_runs "$(command_to stop)"
	if uses_server; then
		count=$(sql "select count(*) from pg_stat_activity where datname = '$database' and backend_type = 'client backend'" postgres)
		[ "$count" = 0 ] || stop database_in_use "$count"
	elif is_folder_held; then
		stop program_runs "$(command_to stop)"
	fi
}

# By the process that wrote the lock (src/database/folder-lock.ts).
is_folder_held() {
	local pid
	pid=$(sed -n -E 's/.*"pid": ?([0-9]+).*/\1/p' "$data_folder/postgres.lock" 2>/dev/null)
	[ -n "$pid" ] && [ -d "/proc/$pid" ]
}

refuse_data() {
	! has_restore_point || stop restore_point_left
	[ "$replaces" = yes ] || ! has_data || stop has_data
}

command_to() {
	case $way in
		systemd) echo "systemctl $1 openccb" ;;
		docker) echo "docker compose --project-directory $stack_folder $1 app" ;;
		checkout) if [ "$1" = start ]; then echo 'npm start'; else echo 'Ctrl+C'; fi ;;
	esac
}
