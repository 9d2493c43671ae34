# shellcheck shell=bash
# Runs what may fail, and says why it did in one sentence.

# try KEY COMMAND...: its errors go to a file; a full disk is told from all else.
try() {
	local key=$1
	shift
	if ! "$@" 2>>"$work/errors.log"; then explain "$key"; fi
}

# explain KEY: by what was written last.
explain() {
	local place
	place=$(full_place)
	[ -z "$place" ] || stop disk_full "$place"
	if grep -q -i 'no space left on device\|disk full\|disk quota' "$work/errors.log"; then stop disk_full "$work"; fi
	stop "$1" "$(last_line "$work/errors.log")"
}

# The first of the places in use that has nothing left; then its errors could not be written down either.
full_place() {
	local place
	for place in "$work" "${backup_target:-$work}" "$data_folder"; do
		if [ -d "$place" ] && [ "$(df --output=avail -k "$place" | tail -n 1)" -lt 64 ]; then printf '%s' "$place" && return; fi
	done
}

# What tells the reason; tar and others end with a line that tells none.
last_line() { grep -v -E '(exiting now|previous errors)$' "$1" 2>/dev/null | tail -n 1 | tr '\t' ' ' | cut -c 1-200; }

# make_work: a folder for root alone, gone with this process.
make_work() {
	mkdir -p "$work_parent"
	work=$(mktemp -d "$work_parent/openccb-backup.XXXXXX")
	: >"$work/errors.log"
	set -E
	trap clean_up EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	trap '[ "$BASH_SUBSHELL" -gt 0 ] || say unexpected "${BASH_SOURCE[0]##*/}:$LINENO" >&2' ERR
}

# Whatever the end: nothing stays but what has its name.
clean_up() {
	let_keeper_go
	drop_copy
	[ -z "${work:-}" ] || rm -rf "$work"
}

# one_at_a_time: of backups and restores together.
one_at_a_time() {
	mkdir -p "$(dirname "$backup_lock_file")"
	exec 8>>"$backup_lock_file"
	flock --nonblock 8 || stop already_running
}

must_be_root() { [ "$way" = checkout ] || [ "$(id -u)" = 0 ] || [ -n "$root" ] || stop not_root; }

need() {
	local program
	for program in "$@"; do command -v "$program" >/dev/null || stop program_missing "$program"; done
}
