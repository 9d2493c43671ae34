# shellcheck shell=bash
# One connection for all that is said to the server, and only to the server that is known.

connection_folder=''
remote_folder=''

open_connection() {
	connection_folder=$(mktemp -d)
	trap close_connection EXIT
	ssh_options=(
		-p "$port"
		-o BatchMode=yes
		-o ConnectTimeout=15
		# A server that has gone is noticed within a minute.
		-o ServerAliveInterval=15 -o ServerAliveCountMax=4
		-o ControlMaster=auto -o "ControlPath=$connection_folder/to" -o ControlPersist=60
	)
	if [ "$trusts_new_host" = yes ]; then ssh_options+=(-o StrictHostKeyChecking=accept-new); else ssh_options+=(-o StrictHostKeyChecking=yes); fi
	[ -z "$known_hosts" ] || ssh_options+=(-o "UserKnownHostsFile=$known_hosts" -o GlobalKnownHostsFile=/dev/null)
	[ -z "$identity" ] || ssh_options+=(-i "$identity" -o IdentitiesOnly=yes)
	send_tools
}

# A server that knows nothing of updates yet learns it here, and one that knows an older way is told the present one.
send_tools() {
	local words
	words=$(
		tar -C "$project" -c -z scripts/deploy scripts/setup/parts/places.sh scripts/setup/parts/sources.sh scripts/health.mjs |
			as_root 'folder=$(mktemp -d /tmp/openccb-deploy.XXXXXX) && tar -x -z --no-same-owner -C "$folder" && echo "$folder"' 2>"$connection_folder/problem"
	) || refuse_connection
	remote_folder=$words
}

# as_root COMMAND: runs it there in a shell.
as_root() {
	# shellcheck disable=SC2029 # the command is ours, and quoted for there
	ssh "${ssh_options[@]}" "$host" "if [ \"\$(id -u)\" = 0 ]; then exec bash -c $(quoted "$1"); else exec sudo -n bash -c $(quoted "$1"); fi"
}

# For the shell of whoever logs in there, which need not be bash.
quoted() { printf "'%s'" "${1//\'/\'\\\'\'}"; }

# on_server COMMAND ARGUMENT...: of scripts/deploy/server.sh.
on_server() { as_root "bash $remote_folder/scripts/deploy/server.sh $*"; }

refuse_connection() {
	local problem
	problem=$(<"$connection_folder/problem")
	case $problem in
		*'Host key verification failed'* | *'IDENTIFICATION HAS CHANGED'*)
			if [[ $problem == *CHANGED* ]]; then stop host_changed "$host"; else stop host_unknown "$host"; fi
			;;
		*'Permission denied'*) stop key_refused "$host" ;;
		*sudo:*) stop no_root "$host" ;;
		*) stop not_reached "$host" "$(tail -n 1 <<<"$problem")" ;;
	esac
}

close_connection() {
	[ -z "$remote_folder" ] || [ "$is_started" = yes ] || as_root "rm -rf $remote_folder" 2>/dev/null || true
	ssh "${ssh_options[@]}" -O exit "$host" 2>/dev/null || true
	rm -rf "$connection_folder"
}
