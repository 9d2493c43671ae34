# shellcheck shell=bash
# Every change goes through here: it is made only where the result is not there yet, and counted.

changes=0

count_change() { changes=$((changes + 1)); }

# put FILE MODE OWNER: makes the file hold what comes on standard input, whole or not at all.
put() {
	local file=$1 mode=$2 owner=$3 new
	# What a run left here that was cut off.
	rm -f "$file".??????
	new=$(mktemp "$file.XXXXXX")
	cat >"$new"
	chmod "$mode" "$new"
	own "$owner" "$new"
	if is_same "$new" "$file"; then
		rm "$new"
	else
		mv "$new" "$file"
		count_change
	fi
}

# put_untried FILE MODE OWNER: as `put`, and what the file held before lies beside it until the new one has been tried.
put_untried() {
	[ ! -f "$1" ] || cp --preserve=all "$1" "$1.previous"
	put "$@"
	[ ! -f "$1.previous" ] || ! is_same "$1" "$1.previous" || rm "$1.previous"
}

# What was tried and did not do leaves nothing behind; neither does what a cut-off run had not tried.
take_back_untried() {
	local file
	for file in "$settings_folder"/*.previous "$secrets_folder"/*.previous; do
		[ ! -f "$file" ] || mv "$file" "${file%.previous}"
	done
}

accept_untried() { rm -f "$settings_folder"/*.previous "$secrets_folder"/*.previous; }

is_same() {
	[ -f "$2" ] && cmp -s "$1" "$2" && [ "$(stat -c '%a %u %g' "$1")" = "$(stat -c '%a %u %g' "$2")" ]
}

# put_folder FOLDER MODE OWNER
put_folder() {
	[ -d "$1" ] && [ "$(stat -c '%a' "$1")" = "$2" ] && return
	mkdir -p "$1"
	chmod "$2" "$1"
	own "$3" "$1"
	count_change
}

# Where tests put everything elsewhere, nothing belongs to others.
own() {
	[ -n "$root" ] || chown "$1" "$2"
}

# What no readable file holds, nor the list of processes.
make_secret() {
	head -c 24 /dev/urandom | od -An -v -tx1 | tr -d ' \n'
}
