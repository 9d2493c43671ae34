# shellcheck shell=bash
# Versions of the program, each in a folder of its own: how one comes, which one is in use, and which ones are kept.

current_release() { basename "$(readlink "$current_link")"; }

# The newest one that answered well and is not the present one.
previous_release() {
	local name
	[ -f "$good_file" ] || return 0
	while read -r name; do
		[ "$name" = "$(current_release)" ] || [ ! -d "$releases_folder/$name" ] || { printf '%s\n' "$name" && return; }
	done <"$good_file"
}

# receive_sources RUN: whole or not at all.
receive_sources() {
	local folder=$incoming_folder/$1
	mkdir -p "$folder.part"
	tar -x -z -C "$folder.part" --no-same-owner
	mv "$folder.part" "$folder"
}

# install_release FOLDER NAME: with its packages, its page and its Node.js, beside the others.
install_release() {
	local folder=$1 target=$releases_folder/$2 node
	[ -d "$target" ] && return
	node=$(XDG_CACHE_HOME=$(dirname "$program_folder") node "$folder/scripts/toolchain/bring-node.mjs" 2>>"$runs_folder/$run_id.log") ||
		fail install_failed "$(last_line "$runs_folder/$run_id.log")"
	ln -s "$node" "$folder/node"
	# npm leaves out packages that do not fit the Node.js that runs it. What builds the page does not stay.
	(cd "$folder" && PATH=$(dirname "$node"):$PATH && npm ci --ignore-scripts && ./node scripts/build-page.mjs && npm prune --omit=dev --ignore-scripts) >>"$runs_folder/$run_id.log" 2>&1 ||
		fail install_failed "$(last_line "$runs_folder/$run_id.log")"
	chmod -R u=rwX,go=rX "$folder"
	mv "$folder" "$target"
}

last_line() { tail -n 1 "$1" | tr '\t' ' '; }

# switch_to NAME: in one step, so that it always leads to a whole release.
switch_to() {
	ln -sfn "$releases_folder/$1" "$program_folder/next"
	mv -T "$program_folder/next" "$current_link"
}

remember_good() {
	{
		printf '%s\n' "$1"
		[ ! -f "$good_file" ] || grep -v -x -F "$1" "$good_file" || true
	} | head -n "$kept_releases" >"$good_file.new"
	mv "$good_file.new" "$good_file"
}

# Those that nobody goes back to any more.
forget_old_releases() {
	local folder name
	for folder in "$releases_folder"/*; do
		name=$(basename "$folder")
		[ "$name" = "$(current_release)" ] || grep -q -x -F "$name" "$good_file" || rm -rf "$folder"
	done
}
