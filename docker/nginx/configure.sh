#!/bin/sh
# Prints nginx's configuration for OpenCCB. Without a certificate it has port 80 alone, by which one is got.
set -eu
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd)
. "$here/variables.sh"

# nginx looks names up only when it starts, and does not start for one that leads nowhere: so addresses, one line each.
upstream_servers() {
	for upstream in $OPENCCB_UPSTREAMS; do
		port=${upstream##*:}
		for address in $(getent ahosts "${upstream%:*}" | awk '{ print $1 }' | sort -u); do
			case $address in *:*) address="[$address]" ;; esac
			echo "	server $address:$port max_fails=1 fail_timeout=2s;"
		done
	done
}

fill() {
	# Only these: nginx has variables of its own.
	envsubst '$LISTEN $HTTP_PORT $HTTPS_PORT $OPENCCB_DOMAIN $ACME_WEBROOT $UPSTREAM_SERVERS $CERTIFICATE_FOLDER $CERTIFICATE_SUM' <"$here/$1"
}

UPSTREAM_SERVERS=$(upstream_servers)
# An upstream must have a server. Nobody listens there.
UPSTREAM_SERVERS="${UPSTREAM_SERVERS:-	server 127.0.0.1:1 down;}"
export LISTEN HTTP_PORT HTTPS_PORT OPENCCB_DOMAIN ACME_WEBROOT UPSTREAM_SERVERS CERTIFICATE_FOLDER

fill http.conf.template
if [ -e "$CERTIFICATE_FOLDER/fullchain.pem" ]; then
	# A new certificate makes another text, so that it is seen.
	CERTIFICATE_SUM=$(cksum <"$CERTIFICATE_FOLDER/fullchain.pem")
	export CERTIFICATE_SUM
	fill https.conf.template
fi
