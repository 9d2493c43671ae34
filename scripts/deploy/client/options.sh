# shellcheck shell=bash
# The command line.

host=''
port=22
identity=''
known_hosts=''
trusts_new_host=no
version=HEAD
action=update
asks=yes
is_rehearsal=no
backs_up=yes
# A question waits in the queue with everybody's, and a model may have to be loaded.
patience_seconds=40

read_options() {
	while [ $# -gt 0 ]; do
		case $1 in
			--help | -h) say usage && exit 0 ;;
			--yes | -y) asks=no ;;
			--dry-run) is_rehearsal=yes ;;
			--rollback) action=rollback ;;
			--no-backup) backs_up=no ;;
			--trust-new-host) trusts_new_host=yes ;;
			--lang | --port | --identity | --known-hosts | --version | --patience)
				[ $# -ge 2 ] || stop option_without_value "$1"
				take_option "${1#--}" "$2"
				shift
				;;
			-*) stop option_unknown "$1" ;;
			*)
				[ -z "$host" ] || stop one_host
				host=$1
				;;
		esac
		shift
	done
	[ -n "$host" ] || stop no_host
	[ "$asks" = no ] || [ "$is_rehearsal" = yes ] || [ -t 0 ] || stop not_a_terminal
}

# take_option NAME VALUE
take_option() {
	case $1 in
		lang)
			case $2 in
				es*) use_language spanish ;;
				en*) use_language english ;;
				*) stop language_unknown "$2" ;;
			esac
			;;
		port) port=$(number "$1" "$2") ;;
		identity) identity=$2 ;;
		known-hosts) known_hosts=$2 ;;
		version) version=$2 ;;
		patience) patience_seconds=$(number "$1" "$2") ;;
	esac
}

number() {
	[[ $2 =~ ^[1-9][0-9]{0,4}$ ]] || stop not_a_number "--$1"
	printf '%s' "$2"
}
