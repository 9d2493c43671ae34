# shellcheck shell=bash
# Which language somebody asked for.

take_language() {
	case $1 in
		es*) use_language spanish ;;
		en*) use_language english ;;
		*) stop language_unknown "$1" ;;
	esac
}
