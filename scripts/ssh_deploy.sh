#!/usr/bin/env bash
# Updates the bot on a server, from any machine that reaches it with ssh; an update that fails undoes itself. See docs/operations.md.

# shellcheck disable=SC2154 # the parts share one shell
set -euo pipefail

# That of macOS is from 2007.
[ "${BASH_VERSINFO[0]}" -ge 4 ] || { echo 'bash 4 or newer is needed / hace falta bash 4 o posterior (macOS: brew install bash)' >&2 && exit 1; }

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
here=$project/scripts/deploy

# shellcheck source=/dev/null
. "$project/scripts/setup/parts/words.sh"
# shellcheck source=/dev/null
. "$project/scripts/setup/parts/sources.sh"
for part in options connection transfer follow; do
	# shellcheck source=/dev/null
	. "$here/client/$part.sh"
done

read_options "$@"
choose_version
open_connection
look_at_server
show_plan
send_sources
start_update
follow_update
