# shellcheck shell=bash disable=SC2034
# What restore.sh is told on its command line.

action=restore
replaces=no
asks=yes
plain=no
identity_file=${OPENCCB_BACKUP_IDENTITY:-}
wanted=''

read_restore_options() {
	while [ $# -gt 0 ]; do
		case $1 in
			--help | -h) say restore_usage && exit 0 ;;
			--verify) action=verify ;;
			--back) action=back ;;
			--forget) action=forget ;;
			--replace) replaces=yes ;;
			--yes | -y) asks=no ;;
			--identity | --target | --lang)
				[ $# -ge 2 ] || stop option_without_value "$1"
				case $1 in
					--identity) identity_file=$2 ;;
					--target) backup_target=$2 ;;
					--lang) take_language "$2" ;;
				esac
				shift
				;;
			-*) stop option_unknown "$1" restore.sh ;;
			*)
				[ -z "$wanted" ] || stop one_name
				wanted=$1
				;;
		esac
		shift
	done
	[ -n "$wanted" ] || [ "$action" = back ] || [ "$action" = forget ] || stop no_name
	[ "$asks" = no ] || [ "$action" != restore ] || [ -t 0 ] || stop not_a_terminal
}

is_agreed() {
	local answer
	[ "$asks" = yes ] || return 0
	sentence "$@"
	read -r -p ' ' answer
	[[ $answer =~ ^[yYsS] ]]
}

# find_backup FOLDER: the file that is meant, into `backup_file`; what lies elsewhere is brought into the folder.
find_backup() {
	local name=$wanted
	if [ -f "$wanted" ]; then
		backup_file=$(realpath "$wanted")
		return
	fi
	open_target
	if [ "$wanted" = latest ]; then
		name=$(list_backups | tail -n 1)
		[ -n "$name" ] || stop no_backups "$backup_target"
	fi
	[[ $name != */* ]] || stop file_missing "$name"
	mkdir "$1"
	fetch_backup "$name" "$1"
	backup_file=$1/$name
}
