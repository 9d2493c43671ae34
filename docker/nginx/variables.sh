# Read by the scripts beside it: what can be changed, and where things lie. docs/operations.md explains the variables.

: "${OPENCCB_DOMAIN:?is the name that the certificate is for. Without a name use Caddy, which has an authority of its own}"

LISTEN="${LISTEN:-0.0.0.0}"
HTTP_PORT="${HTTP_PORT:-80}"
HTTPS_PORT="${HTTPS_PORT:-443}"
OPENCCB_UPSTREAMS="${OPENCCB_UPSTREAMS:-app:3000}"

# Certbot's own folder, kept between starts: whoever loses it orders a certificate each time, and five a week lock the name.
ACME_FOLDER="${ACME_FOLDER:-/etc/letsencrypt}"
ACME_WEBROOT="${ACME_WEBROOT:-$ACME_FOLDER/webroot}"
CERTIFICATE_FOLDER="$ACME_FOLDER/live/openccb"

# The file that nginx includes, and what to call nginx with.
NGINX_SITE="${NGINX_SITE:-/etc/nginx/conf.d/openccb.conf}"
NGINX_OPTIONS="${NGINX_OPTIONS:-}"
