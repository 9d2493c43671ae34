# shellcheck shell=bash
# A restored copy takes the place of what is there, which is kept as the restore point. Before this everything has been loaded and read beside it.

has_database() { [ "$(sql "select count(*) from pg_database where datname = '$1'" postgres)" = 1 ]; }

# Somebody was there: a bot that has only been started holds nobody yet.
has_data() {
	if uses_server; then
		has_database "$database" && [ "$(sql "select count(*) from pg_class where relnamespace = 'public'::regnamespace and relname = 'users'")" = 1 ] &&
			[ "$(sql "set role $backup_role; select count(*) from (select from users limit 1) as one")" = 1 ]
	else
		[ -e "$data_folder/postgres/PG_VERSION" ]
	fi
}

has_restore_point() {
	if uses_server; then has_database "${database}_before"; else [ -e "$data_folder/postgres.before" ]; fi
}

# restore FOLDER
restore() {
	say loading
	if uses_server; then
		checked_database=${database}_restored
		load_rows "$1" "$checked_database"
		say checking
		check_copy "$1"
	else
		open_folder "$1" "$work/opened"
		say checking
		check_copy "$1"
	fi
	check_documents "$1/documents.tar"
	say switching
	place_documents "$1/documents.tar"
	if uses_server; then switch_databases "$database" "$checked_database" "${database}_before"; else switch_folders; fi
	checked_database=''
}

# switch_databases NAME COPY BEFORE: all names change, or none.
switch_databases() {
	local statements="alter database \"$2\" rename to \"$1\"; commit"
	! has_database "$1" || statements="alter database \"$1\" rename to \"$3\"; $statements"
	sql "begin; $statements" postgres 2>>"$work/errors.log" || {
		run_program scripts/backup/documents.mjs back 2>>"$work/errors.log" || true
		explain switch_failed
	}
}

switch_folders() {
	[ ! -e "$data_folder/postgres" ] || mv "$data_folder/postgres" "$data_folder/postgres.before"
	if ! { cp -a "$work/opened/postgres" "$data_folder/postgres.part" && mv "$data_folder/postgres.part" "$data_folder/postgres"; } 2>>"$work/errors.log"; then
		rm -rf "$data_folder/postgres.part" "$data_folder/postgres"
		[ ! -e "$data_folder/postgres.before" ] || mv "$data_folder/postgres.before" "$data_folder/postgres"
		run_program scripts/backup/documents.mjs back 2>>"$work/errors.log" || true
		explain switch_failed
	fi
}

# place_documents FILE: beside those that are there, since each lies under its hash; what no row names any more the program removes. The restore point
# keeps what there was as further names of the same files.
place_documents() {
	in_docker || make_data_folder
	try switch_failed run_program scripts/backup/documents.mjs keep
	case $way in
		systemd) try switch_failed runuser --user "$account" -- tar -C "$data_folder" -x --no-same-owner -f - <"$1" ;;
		docker) try switch_failed compose cp --archive - app:/data <"$1" ;;
		checkout) try switch_failed tar -C "$data_folder" -x -f "$1" ;;
	esac
}

# As the setup makes it, on a server that has lost it.
make_data_folder() {
	[ ! -d "$data_folder" ] || return 0
	mkdir -p "$data_folder"
	[ "$way" != systemd ] || [ -n "$root" ] || chown "$account:$account" "$data_folder"
}

go_back() {
	has_restore_point || stop no_restore_point
	if uses_server; then
		sql "begin; alter database \"$database\" rename to \"${database}_restored\"; alter database \"${database}_before\" rename to \"$database\"; commit" postgres
		sql "drop database \"${database}_restored\"" postgres
	else
		mv "$data_folder/postgres" "$data_folder/postgres.undone"
		mv "$data_folder/postgres.before" "$data_folder/postgres"
		rm -rf "$data_folder/postgres.undone"
	fi
	run_program scripts/backup/documents.mjs back
}

forget_restore_point() {
	has_restore_point || stop no_restore_point
	if uses_server; then sql "drop database \"${database}_before\" with (force)" postgres; else rm -rf "$data_folder/postgres.before"; fi
	run_program scripts/backup/documents.mjs forget
}
