#!/usr/bin/env bash
# The half of an update that runs on the server: brought there by scripts/ssh_deploy.sh for each update, and able to finish or to undo without it.
#
#   server.sh look                    what is here, in lines of a name, a tab and a value
#   server.sh receive RUN             takes the sources of a version from standard input
#   server.sh start RUN ACTION SECONDS BACKUP   begins, out of reach of this connection: ACTION is update or rollback
#   server.sh follow RUN              what has been done and is being done, until its end

set -Eeuo pipefail

tools=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
here=$tools/scripts/deploy

# shellcheck source=/dev/null
. "$tools/scripts/setup/parts/places.sh"
# shellcheck source=/dev/null
. "$tools/scripts/setup/parts/sources.sh"
for part in places record releases settings process systemd backup steps undo; do
	# shellcheck source=/dev/null
	. "$here/server/$part.sh"
done

command=$1
shift
case $command in
	look) look ;;
	receive) receive_sources "$1" ;;
	start) start_run "$@" ;;
	run) run "$@" ;;
	follow) follow "$1" ;;
esac
