# shellcheck shell=bash
# What the server is, what it is told to do, and what it says meanwhile. When this end dies, the server goes on to its end.

declare -A facts=()

look_at_server() {
	local name value
	while IFS=$'\t' read -r name value; do facts[$name]=$value; done < <(on_server look)
	case ${facts[way]:-} in
		'') stop not_looked "$host" ;;
		none) stop not_installed "$host" ;;
	esac
	[ -z "${facts[busy]:-}" ] || stop busy
	[ "$action" = update ] || [ -n "${facts[previous]:-}" ] || stop no_previous
}

show_plan() {
	if [ "$action" = update ]; then say plan_update "$host" "${facts[current]}" "$(version_name)"; else say plan_rollback "$host" "${facts[current]}" "${facts[previous]}"; fi
	say "plan_${facts[database]}"
	[ "$action" = rollback ] || [ "$backs_up" = yes ] || say plan_without_backup
	[ "$is_rehearsal" = no ] || { say rehearsal_ends && exit 0; }
	is_agreed || stop declined
}

is_agreed() {
	[ "$asks" = yes ] || return 0
	local typed
	read -r -p "$(sentence shall_i_begin) " typed
	[[ $typed =~ ^([yYsS]|yes|sí|si)$ ]]
}

start_update() {
	case $(on_server start "$run_id" "$action" "$patience_seconds" "$backs_up") in
		started) is_started=yes ;;
		busy) stop busy ;;
		*) stop not_looked "$host" ;;
	esac
}

# Whatever breaks this end, the update goes on, and the same words can be read again.
follow_update() {
	local key values last=''
	while IFS=$'\t' read -r key values; do
		IFS=$'\t' read -r -a values <<<"$values"
		last=$key
		case $key in
			step) say "step_${values[0]}" "${values[@]:1}" ;;
			backed_up) say backed_up "${values[@]}" ;;
			problem) problem=("${values[@]}") ;;
			finished) tell_success "${values[@]}" ;;
			failed) tell_failure "${values[0]:-}" ;;
		esac
	done < <(on_server follow "$run_id")
	# Until then the server works with what was brought there.
	case $last in finished | failed) is_started=no ;; esac
	[ "$last" = finished ] && exit 0
	[ "$last" = failed ] || { say lost "$host" "$run_id" >&2 && told=yes; }
	exit 1
}

# tell_success NEW OLD
tell_success() {
	if [ -n "${2:-}" ]; then say finished "$1" "$2"; else say finished_before "$1"; fi
}

# tell_failure OLD: in one line, what and where, and what answers now.
tell_failure() {
	{
		sentence failed_at "${problem[0]}"
		sentence "failed_${problem[1]}" "${problem[@]:2}"
		printf ' '
		if [ -n "$1" ]; then say put_back "$1"; else say not_put_back "$host"; fi
	} >&2
}
