# shellcheck shell=bash
# What a backup says of itself: lines of a name and values, with tabs between.

#   format 1 · made SECONDS · program VERSION · schema MIGRATION · needs VERSION · server MAJOR · vectors VERSION · documents COUNT
#   rows TABLE COUNT · promise conversation|sources ID PERSON DIGEST · sha256 FILE DIGEST

# write_manifest FOLDER FILE...: of the files, which lie in FOLDER.
write_manifest() {
	local folder=$1 file
	shift
	{
		printf 'format\t%s\nmade\t%s\nprogram\t%s\ndocuments\t%s\n' "$backup_format" "$(date +%s)" "$(program_version)" "$(count_documents "$folder/documents.tar")"
		cat "$folder/counted"
		for file in "$@"; do printf 'sha256\t%s\t%s\n' "$file" "$(sha256sum <"$folder/$file" | cut -d ' ' -f 1)"; done
	} >"$folder/manifest"
}

# said NAME FILE: the first value of that name.
said() { awk -F '\t' -v name="$1" '$1 == name { print $2; exit }' "$2"; }

# is_newer VERSION THAN: by their three numbers.
is_newer() {
	local own=${1%%-*} other=${2%%-*}
	[ "$own" != "$other" ] && [ "$(printf '%s\n' "$own" "$other" | sort -V | tail -n 1)" = "$own" ]
}
