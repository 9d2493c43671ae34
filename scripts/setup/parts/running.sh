# shellcheck shell=bash
# Runs other programs: silently, until one fails.

# quietly KEY COMMAND...: its output is shown only when it fails, below the sentence that says so.
quietly() {
	local key=$1 log
	shift
	if ! log=$("$@" 2>&1 </dev/null); then
		tail -n 20 <<<"$log" >&2
		stop "$key" "$*"
	fi
}
