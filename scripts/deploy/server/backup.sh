# shellcheck shell=bash
# A copy of the database from before the update. Only the database's own administrator sees every row: the program's login would be refused, or
# would write a dump without any.

back_up() {
	local file=$backup_folder/before-$run_id
	mkdir -p "$backup_folder"
	chmod 700 "$backup_folder"
	if uses_server; then dump_server "$file.dump"; else copy_embedded "$file"; fi
	find "$backup_folder" -maxdepth 1 -name 'before-*' -printf '%T@ %p\n' | sort -rn | tail -n "+$((kept_releases + 1))" | cut -d ' ' -f 2- |
		xargs -r -d '\n' rm -rf
}

dump_server() {
	local url
	url=$(database_url)
	[[ $url =~ @(127\.0\.0\.1|localhost|\[::1\])(:([0-9]+))?/([^?]+) ]] || fail backup_elsewhere
	(umask 077 && runuser --user postgres -- pg_dump --format=custom --port "${BASH_REMATCH[3]:-5432}" "${BASH_REMATCH[4]}" >"$1.part" 2>>"$runs_folder/$run_id.log") ||
		fail backup_failed "$(last_line "$runs_folder/$run_id.log")"
	[[ $(pg_restore --list "$1.part" 2>/dev/null) == *'TABLE DATA'* ]] || fail backup_empty
	mv "$1.part" "$1"
	record backed_up "$1" "$(($(stat -c %s "$1") / 1000))"
}

# While nobody has it open.
copy_embedded() {
	[ -d "$root/var/lib/openccb/postgres" ] || return 0
	cp -a --reflink=auto "$root/var/lib/openccb/postgres" "$1" || fail backup_failed "cp"
	record backed_up "$1" "$(du -sk "$1" | cut -f 1)"
}
