# shellcheck shell=bash
# Questions to whoever sits there. With --yes nothing is asked.

# ask VARIABLE KEY VALUE...: what is typed; nothing keeps what VARIABLE holds.
ask() {
	local -n asked=$1
	local typed
	shift
	[ "$asks" = yes ] || return 0
	read -r -p "$(sentence "$@") " typed
	[ -z "$typed" ] || asked=$typed
}

# ask_secret VARIABLE KEY VALUE...: as `ask`, unseen.
ask_secret() {
	local -n hidden=$1
	shift
	[ "$asks" = yes ] || return 0
	# shellcheck disable=SC2034 # it names the caller's variable
	read -r -s -p "$(sentence "$@") " hidden
	printf '\n'
}

# Whether somebody said yes to KEY VALUE...; with --yes they have.
is_agreed() {
	[ "$asks" = yes ] || return 0
	local typed
	read -r -p "$(sentence "$@") " typed
	[[ $typed =~ ^([yYsS]|yes|sí|si)$ ]]
}
