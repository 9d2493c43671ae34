# shellcheck shell=bash disable=SC2034
# What backup.sh is told on its command line.

plain=no
with_secrets=no
verifies=yes
action=backup
# Every night, when nobody asks.
schedule_time=02:30

read_backup_options() {
	while [ $# -gt 0 ]; do
		case $1 in
			--help | -h) say backup_usage && exit 0 ;;
			--plain) plain=yes ;;
			--with-secrets) with_secrets=yes ;;
			--no-verify) verifies=no ;;
			--list) action=list ;;
			--schedule) action=schedule ;;
			--target | --lang | --at)
				[ $# -ge 2 ] || stop option_without_value "$1"
				case $1 in
					--target) backup_target=$2 ;;
					--lang) take_language "$2" ;;
					--at)
						[[ $2 =~ ^([01][0-9]|2[0-3]):[0-5][0-9]$ ]] || stop not_a_time "$2"
						schedule_time=$2
						;;
				esac
				shift
				;;
			*) stop option_unknown "$1" backup.sh ;;
		esac
		shift
	done
}

# Nobody sends people's words anywhere in the clear without having said so.
require_recipients() {
	[ "$plain" = no ] || return 0
	[ -s "$recipients_file" ] || stop no_recipients "$recipients_file"
	need age
	age --encrypt --recipients-file "$recipients_file" --output /dev/null </dev/null 2>/dev/null || stop recipients_unreadable "$recipients_file"
}
