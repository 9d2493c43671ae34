# shellcheck shell=bash
# What is sent: the sources of a version, as git has them or, where there is no git, as they lie here.

run_id=$(date -u +%Y%m%dT%H%M%SZ)-$$
is_started=no

choose_version() {
	[ "$action" = update ] || return 0
	if has_git; then
		git -C "$project" rev-parse --quiet --verify "$version^{commit}" >/dev/null || stop version_unknown "$version"
		[ "$version" != HEAD ] || [ -z "$(git -C "$project" status --porcelain -- "${sources[@]}")" ] || say not_committed >&2
	else
		[ "$version" = HEAD ] || stop version_without_git
	fi
}

has_git() { [ "$(git -C "$project" rev-parse --show-toplevel 2>/dev/null)" = "$project" ]; }

version_name() {
	if has_git; then git -C "$project" describe --tags --always "$version"; else sed -n -E 's/^\s*"version": "([^"]+)".*/\1/p' "$project/package.json"; fi
}

# Only when the last byte has come the server has them.
send_sources() {
	[ "$action" = update ] || return 0
	say sending
	if has_git; then git -C "$project" archive --format=tar "$version" -- "${sources[@]}"; else tar -C "$project" -c "${sources[@]}"; fi |
		gzip --fast | on_server receive "$run_id" || stop sending_failed
}
