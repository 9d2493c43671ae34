# shellcheck shell=bash
# Puts the account and the program in place: Node.js, the sources and their packages, in a folder of their own for each release.

release=''

create_account() {
	getent group "$account" >/dev/null || { groupadd --gid "$account_number" "$account" && count_change; }
	getent passwd "$account" >/dev/null || {
		useradd --uid "$account_number" --gid "$account" --home-dir /var/lib/openccb --no-create-home --shell /usr/sbin/nologin "$account"
		count_change
	}
	[ "$(id --group "$account")" = "$account_number" ] || stop account_taken "$account" "$account_number"
}

install_program() {
	local new
	release=$program_folder/releases/$(fingerprint)
	put_folder "$program_folder" 755 root:root
	put_folder "$program_folder/releases" 755 root:root
	put_folder "$data_folder" 700 "$account:$account"
	rm -rf "$program_folder"/releases/new.*
	bring_node
	if [ ! -d "$release" ]; then
		say installing_program "$release"
		new=$(mktemp -d "$program_folder/releases/new.XXXXXX")
		copy_sources "$new"
		# Each release runs with the Node.js that it was made for.
		ln -s "$node" "$new/node"
		quietly program_failed run_npm ci --ignore-scripts --prefix "$new"
		quietly program_failed "$node" "$new/scripts/build-page.mjs"
		# What builds the page does not stay.
		quietly program_failed run_npm prune --omit=dev --ignore-scripts --prefix "$new"
		chmod -R u=rwX,go=rX "$new"
		mv "$new" "$release"
		count_change
	fi
}

# By the Node.js that the packages are for: npm leaves out those that do not fit the one that runs it, and says nothing.
run_npm() { PATH=$(dirname "$node"):$PATH npm "$@"; }

copy_sources() { tar -C "$project" -c "${sources[@]}" | tar -C "$1" -x --no-same-owner; }

# The one that the project names, whatever this server has besides.
bring_node() {
	local before
	before=$(find_node)
	node=$(XDG_CACHE_HOME=$(dirname "$program_folder") node "$project/scripts/toolchain/bring-node.mjs") || stop node_failed
	[ "$before" = "$node" ] || count_change
}

find_node() { find "$program_folder" -maxdepth 5 -path '*/bin/node' 2>/dev/null | head -n 1; }

say program
create_account
install_program
