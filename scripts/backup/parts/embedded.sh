# shellcheck shell=bash
# The database that lies within the program: copied by the process that has it open, made a file, and opened again elsewhere.

# copy_embedded FOLDER: into its files `database.tar`, and `counted` with lines of the manifest.
copy_embedded() {
	run_program scripts/backup/copy-embedded.ts >"$1/counted" 2>"$work/errors.log" || explain dump_failed
	try archive_failed tar -C "$data_folder/backup-copy" -c -f "$1/database.tar" postgres
	rm -rf "$data_folder/backup-copy"
}

# open_folder FOLDER COPY: what lies in the first as a data folder, for the program's account to open.
open_folder() {
	mkdir -p "$2"
	try load_failed tar -C "$2" -x --no-same-owner -f "$1/database.tar"
	[ "$way" != systemd ] || [ -n "$root" ] || chown -R "$account:$account" "$2"
	# It has to get there.
	chmod 711 "$(dirname "$2")"
}
