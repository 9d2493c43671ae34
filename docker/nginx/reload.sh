#!/bin/sh
# Lets nginx take what has changed: the certificate, the variables, where the program is. Certbot's deploy hook, and what run.sh repeats.
set -eu
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd)
. "$here/variables.sh"

sh "$here/configure.sh" >"$NGINX_SITE.new"
if cmp -s "$NGINX_SITE.new" "$NGINX_SITE"; then
	rm "$NGINX_SITE.new"
	exit 0
fi
cp "$NGINX_SITE" "$NGINX_SITE.old" 2>/dev/null || : >"$NGINX_SITE.old"
mv "$NGINX_SITE.new" "$NGINX_SITE"
# Several words, or none.
# shellcheck disable=SC2086
if nginx $NGINX_OPTIONS -t -q; then
	nginx $NGINX_OPTIONS -s reload
	rm "$NGINX_SITE.old"
	echo "nginx: took the new configuration"
else
	mv "$NGINX_SITE.old" "$NGINX_SITE"
	echo "nginx: refused the new configuration and goes on with the one before" >&2
	exit 1
fi
