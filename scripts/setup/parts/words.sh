# shellcheck shell=bash
# What is said to the administrator: the sentences of their language, and how they are shown.

declare -A sentences=()

# The first of these that is set counts (POSIX, "Internationalization Variables").
use_own_language() {
	case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
		es*) use_language spanish ;;
		*) use_language english ;;
	esac
}

use_language() {
	# shellcheck source=/dev/null
	. "$here/words/$1.sh"
}

# sentence KEY VALUE...: the sentence, with its values at its places.
sentence() {
	local key=$1
	shift
	# shellcheck disable=SC2059 # the sentences are ours
	printf -- "${sentences[$key]:?no sentence for $key}" "$@"
}

# say KEY VALUE...
say() {
	sentence "$@"
	printf '\n'
}

# stop KEY VALUE...: says it and ends everything.
stop() {
	{
		printf '%s' "${sentences[stopped]}"
		say "$@"
	} >&2
	told=yes
	exit 1
}

use_own_language
