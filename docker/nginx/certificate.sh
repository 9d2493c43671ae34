#!/bin/sh
# Gets the certificate with Certbot, or a new one when a third of its lifetime is left, however long that is. Else it does nothing: run it often.
set -eu
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd)
. "$here/variables.sh"
certificate="$CERTIFICATE_FOLDER/cert.pem"

seconds_of() {
	moment=$(openssl x509 -in "$certificate" -noout "$1" -dateopt iso_8601)
	date -u -d "$(echo "$moment" | sed 's/^[^=]*=//; s/Z$//')" +%s
}

is_due() {
	[ -e "$certificate" ] || return 0
	from=$(seconds_of -startdate)
	until=$(seconds_of -enddate)
	[ $((3 * (until - $(date +%s)))) -lt $((until - from)) ]
}

is_due || exit 0
mkdir -p "$ACME_WEBROOT"
set -- certonly --non-interactive --agree-tos --force-renewal --cert-name openccb --domain "$OPENCCB_DOMAIN" \
	--webroot --webroot-path "$ACME_WEBROOT" \
	--config-dir "$ACME_FOLDER" --work-dir "$ACME_FOLDER/work" --logs-dir "$ACME_FOLDER/logs"
# An account with an address is told of what is wrong with its certificates; it works without.
if [ -n "${ACME_EMAIL:-}" ]; then set -- "$@" --email "$ACME_EMAIL"; else set -- "$@" --register-unsafely-without-email; fi
if [ -n "${ACME_DIRECTORY:-}" ]; then set -- "$@" --server "$ACME_DIRECTORY"; fi
if [ -n "${DEPLOY_HOOK:-}" ]; then set -- "$@" --deploy-hook "$DEPLOY_HOOK"; fi
if [ -n "${ACME_CA_ROOT:-}" ]; then export REQUESTS_CA_BUNDLE="$ACME_CA_ROOT"; fi

if ! certbot "$@"; then
	echo "No certificate for $OPENCCB_DOMAIN, for the reason above. Its name must lead to this machine, and port 80 must be open." \
		"The one that is there stays in use; the next try is when this runs again." >&2
	exit 1
fi
