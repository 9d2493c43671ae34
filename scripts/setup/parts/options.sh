# shellcheck shell=bash
# The command line. Secrets never stand on it, since everybody on the machine sees it: they come from files or from the environment.

way=docker
is_way_chosen=no
asks=yes
is_rehearsal=no
accepts_processor=no
declare -A answers=() settings=() secret_files=()

# The settings that are secret, as the program names them.
secret_names=(
	SLACK_BOT_TOKEN SLACK_SIGNING_SECRET SLACK_APP_TOKEN TEAMS_APP_PASSWORD DISCORD_BOT_TOKEN KNOWLEDGE_S3_KEY KNOWLEDGE_S3_SECRET
	OPENCCB_SIGN_IN_SLACK_SECRET OPENCCB_SIGN_IN_ENTRA_SECRET OPENCCB_SIGN_IN_DISCORD_SECRET OPENCCB_SIGN_IN_OPENID_SECRET
)

read_options() {
	while [ $# -gt 0 ]; do
		case $1 in
			--help | -h) say usage && exit 0 ;;
			--yes | -y) asks=no ;;
			--dry-run) is_rehearsal=yes ;;
			--no-docker) way=systemd is_way_chosen=yes ;;
			--docker) way=docker is_way_chosen=yes ;;
			--cpu) accepts_processor=yes ;;
			--monitoring) answers[monitoring]=yes ;;
			--no-backups) answers[backups]=no ;;
			--lang | --domain | --database | --ollama | --model | --embedding-model | --admins | --set | --secret)
				[ $# -ge 2 ] || stop option_without_value "$1"
				take_option "${1#--}" "$2"
				shift
				;;
			*) stop option_unknown "$1" ;;
		esac
		shift
	done
	# A rehearsal is for reading; with nobody there it takes what it was given.
	[ -t 0 ] || [ "$is_rehearsal" = no ] || asks=no
	[ "$asks" = no ] || [ -t 0 ] || stop not_a_terminal
}

# take_option NAME VALUE
take_option() {
	case $1 in
		lang) take_language "$2" ;;
		domain) answers[domain]=$2 ;;
		database)
			[[ $2 =~ ^(server|embedded)$ ]] || stop database_unknown "$2"
			answers[database]=$2
			;;
		ollama) take_setting "OLLAMA_HOST=$2" ;;
		model) take_setting "OLLAMA_MODEL=$2" ;;
		embedding-model) take_setting "OLLAMA_EMBEDDING_MODEL=$2" ;;
		admins) take_setting "OPENCCB_ADMINS=$2" ;;
		set) take_setting "$2" ;;
		secret)
			is_secret "${2%%=*}" || stop secret_unknown "${2%%=*}"
			secret_files[${2%%=*}]=${2#*=}
			;;
	esac
}

take_language() {
	case $1 in
		es*) use_language spanish ;;
		en*) use_language english ;;
		*) stop language_unknown "$1" ;;
	esac
}

# take_setting NAME=VALUE: quotes and backslashes mean different things to systemd and Docker, so there are none.
take_setting() {
	[[ $1 =~ ^([A-Z][A-Z0-9_]*)=(.*)$ ]] || stop setting_unreadable "${1%%=*}"
	local name=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
	is_secret "$name" && stop secret_as_setting "$name"
	[[ $value =~ [\"\'\\$'\n'] ]] && stop setting_unreadable "$name"
	settings[$name]=$value
}

is_secret() {
	local name
	for name in "${secret_names[@]}"; do [ "$name" = "$1" ] && return 0; done
	return 1
}
