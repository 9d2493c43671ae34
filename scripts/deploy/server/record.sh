# shellcheck shell=bash
# What happens in an update, as lines of a time, a key and values, with tabs between: whoever follows makes sentences of them in their own language.

run_id=''

record() {
	{
		printf '%s' "$(date +%s)"
		printf '\t%s' "$@"
		printf '\n'
	} >>"$runs_folder/$run_id"
}

last_step=start

step() {
	last_step=$1
	record step "$@"
}

is_locked() { [ -e "$lock_file" ] && ! flock --nonblock "$lock_file" true; }

# Shows the lines of RUN as they come, and ends with `finished` or `failed`; with `lost` where nobody writes them any more.
follow() {
	local file=$runs_folder/$1 shown=0 lines
	while :; do
		is_locked && lines=held || lines=free
		tail -n "+$((shown + 1))" "$file" | cut -f 2-
		shown=$(wc -l <"$file")
		case $(tail -n 1 "$file" | cut -f 2) in finished | failed) return ;; esac
		# Looked at before the last lines were read, so nothing came after them.
		[ "$lines" = held ] || { printf 'lost\n' && return; }
		sleep 0.3
	done
}
