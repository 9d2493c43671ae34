# shellcheck shell=bash
# The order of things: one run at a time, one phase after the other, and what is said when it ends early.

phase=start
is_changing=no
told=no

one_at_a_time() {
	mkdir -p "$root/run"
	exec 9>>"$root/run/openccb-setup.lock"
	flock -n 9 || stop already_running
	# For whoever wonders which process that is; the file of another run is left alone until it ends.
	echo "$$" >"$root/run/openccb-setup.lock"
}

watch_for_the_end() {
	set -E
	trap 'told=yes; unexpected_end "$LINENO" "${BASH_SOURCE[0]##*/}"' ERR
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	trap 'last_words "$?"' EXIT
}

unexpected_end() {
	# What fails in a subshell fails once more in the shell that waits for it.
	[ "$BASH_SUBSHELL" -eq 0 ] || return 0
	say failed_at "$2" "$1" "$phase" >&2
}

# Whoever reads only the last line learns what to do.
last_words() {
	[ "$1" -eq 0 ] && return
	[ "$told" = yes ] || say interrupted "$phase" >&2
	if [ "$is_changing" = yes ]; then say run_again >&2; else say nothing_changed >&2; fi
}

run_phase() {
	phase=$1
	# shellcheck source=/dev/null
	. "$here/$1.sh"
}

show_plan() {
	say plan
	tell_plan
	[ "$is_rehearsal" = no ] || { say rehearsal_ends && exit 0; }
}

begin_changes() {
	is_agreed shall_i_begin || stop declined
	is_changing=yes
	say changing_now
}

tell_end() {
	if [ "$changes" -eq 0 ]; then say nothing_to_do; else say finished "$changes"; fi
	tell_addresses
	tell_backup_key
}
