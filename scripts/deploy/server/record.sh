# shellcheck shell=bash
# What happens in an update, as lines of a time, a key and values, with tabs between: whoever follows makes sentences of them in their own language.

run_id=''

# In one piece, since somebody may be reading.
record() {
	local IFS=$'\t'
	printf '%s\t%s\n' "$(date +%s)" "$*" >>"$runs_folder/$run_id"
}

last_step=start

step() {
	last_step=$1
	record step "$@"
}

is_locked() { [ -e "$lock_file" ] && ! flock --nonblock "$lock_file" true; }

# Shows the lines of RUN as they come, and ends with `finished` or `failed`; with `lost` where nobody writes them any more.
follow() {
	local file=$runs_folder/$1 shown=0 writer line lines
	while :; do
		# Looked at before the lines are read, so nothing comes after them from one that has gone.
		if is_locked; then writer=there; else writer=gone; fi
		mapfile -t lines < <(tail -n "+$((shown + 1))" "$file")
		shown=$((shown + ${#lines[@]}))
		for line in "${lines[@]#*$'\t'}"; do
			printf '%s\n' "$line"
			case ${line%%$'\t'*} in finished | failed) return ;; esac
		done
		[ "$writer" = there ] || { echo lost && return; }
		sleep 0.3
	done
}
