#!/bin/sh
# nginx in a container: starts it, and lets it take new certificates and new addresses of the program within seconds.
set -eu
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd)
RUN_FOLDER="${RUN_FOLDER:-/run/openccb}"
NGINX_SITE="$RUN_FOLDER/openccb.conf"
NGINX_OPTIONS="-c $RUN_FOLDER/nginx.conf -e stderr"
export RUN_FOLDER NGINX_SITE NGINX_OPTIONS
. "$here/variables.sh"

mkdir -p "$RUN_FOLDER"
envsubst '$RUN_FOLDER $NGINX_SITE' <"$here/nginx.conf.template" >"$RUN_FOLDER/nginx.conf"
sh "$here/configure.sh" >"$NGINX_SITE"

# `$$` is nginx's own number, as soon as it has taken this shell's place. With 0 nobody looks: whoever has a deploy hook needs none.
WATCH_SECONDS="${WATCH_SECONDS:-5}"
(while [ "$WATCH_SECONDS" != 0 ] && sleep "$WATCH_SECONDS" && kill -0 $$ 2>/dev/null; do
	sh "$here/reload.sh" || :
done) &

# shellcheck disable=SC2086
exec nginx $NGINX_OPTIONS -g 'daemon off;'
