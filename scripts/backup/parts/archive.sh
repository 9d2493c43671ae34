# shellcheck shell=bash
# One file of all: a tar, the manifest first, encrypted for those who may restore it.

# seal FOLDER FILE MEMBER...
seal() {
	local folder=$1 file=$2
	shift 2
	if [ "$plain" = yes ]; then
		try archive_failed tar -C "$folder" -c -f "$file" manifest "$@"
	else
		tar -C "$folder" -c manifest "$@" 2>>"$work/errors.log" | age --encrypt --recipients-file "$recipients_file" --output "$file" 2>>"$work/errors.log" || explain archive_failed
	fi
	# By its length and its hash a later reader tells what was cut off from what was changed.
	(cd "$(dirname "$file")" && printf '# %s bytes\n%s\n' "$(stat -L -c %s "$file")" "$(sha256sum "$(basename "$file")")") >"$file.sha256"
}

# check_length_and_hash FILE: where its neighbour is there that knows them.
check_length_and_hash() {
	local file=$1 length
	[ -f "$file.sha256" ] || return 0
	length=$(sed -n -E 's/^# ([0-9]+) bytes$/\1/p' "$file.sha256")
	[ -z "$length" ] || [ "$(stat -L -c %s "$file")" -ge "$length" ] || stop cut_off "$(basename "$file")" "$(stat -L -c %s "$file")" "$length"
	[ "$(sha256sum <"$file" | cut -d ' ' -f 1)" = "$(sed -n -E 's/^([0-9a-f]{64}) .*/\1/p' "$file.sha256")" ] || stop changed "$(basename "$file")"
}

# unseal FILE FOLDER
unseal() {
	local file=$1 folder=$2
	mkdir -p "$folder"
	if [[ $file == *.age ]]; then
		[ -n "$identity_file" ] || stop no_identity
		[ -f "$identity_file" ] || stop file_missing "$identity_file"
		need age
		if ! age --decrypt --identity "$identity_file" "$file" 2>>"$work/errors.log" >"$work/opened.tar"; then explain_age "$file"; fi
		file=$work/opened.tar
	fi
	tar -C "$folder" -x --no-same-owner -f "$file" 2>>"$work/errors.log" || explain_tar "$1"
	rm -f "$work/opened.tar"
	[ -s "$folder/manifest" ] || stop no_backup "$(basename "$1")"
	check_members "$folder"
}

# By the words of age 1.1 (its messages to people, which it has no codes for).
explain_age() {
	local words
	words=$(<"$work/errors.log")
	case $words in
		*'no identity matched'* | *'incorrect identity'*) stop wrong_key "$(basename "$1")" ;;
		*'unexpected EOF'* | *'unexpected end'*) stop cut_off_somewhere "$(basename "$1")" ;;
		# A piece that lacks its end cannot be told from one that was changed.
		*'authenticate payload'*) stop changed_or_cut_off "$(basename "$1")" ;;
		*'bad header MAC'* | *'parsing header'* | *'malformed'*) stop changed "$(basename "$1")" ;;
	esac
	explain archive_unreadable
}

explain_tar() {
	case $(<"$work/errors.log") in
		*'Unexpected EOF'*) stop cut_off_somewhere "$(basename "$1")" ;;
		*'No space left'* | *'Disk quota'*) explain archive_unreadable ;;
	esac
	stop changed "$(basename "$1")"
}

# Each member is there, and is what it was.
check_members() {
	local name file digest
	while IFS=$'\t' read -r name file digest; do
		[ "$name" = sha256 ] || continue
		[ -f "$1/$file" ] || stop cut_off_somewhere "$file"
		[ "$(sha256sum <"$1/$file" | cut -d ' ' -f 1)" = "$digest" ] || stop changed "$file"
	done <"$1/manifest"
}
