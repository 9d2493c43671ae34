# shellcheck shell=bash
# When what went well last, in the form of Prometheus: node_exporter's textfile collector reads it, and so can anybody.

# note_success NAME VALUE...: replaces these, and leaves the others as they are.
note_success() {
	local new
	mkdir -p "$backup_state_folder"
	chmod 755 "$backup_state_folder"
	new=$(mktemp "$status_file.XXXXXX")
	{
		[ ! -f "$status_file" ] || cat "$status_file"
		while [ $# -gt 0 ]; do
			printf '%s %s\n' "$1" "$2"
			shift 2
		done
	} | awk 'NF == 2 && !/^#/ { value[$1] = $2 } END { for (name in value) print "# TYPE " name " gauge\n" name " " value[name] }' >"$new"
	chmod 644 "$new"
	mv "$new" "$status_file"
}
