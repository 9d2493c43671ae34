# shellcheck shell=bash
# Writes settings and secrets. Those of the database and of Redis are made once; nobody needs to know them.

say secrets
keep_given_secrets
if uses_server; then
	make_secret_once DATABASE_URL "postgres://$account:$(make_secret)@127.0.0.1:$(server_port)/$account"
	make_secret_once REDIS_URL "redis://:$(make_secret)@127.0.0.1:$redis_port"
fi
# What Alertmanager sends, wherever it runs; the program takes it only where it knows a channel.
! tells_alerts || make_secret_once OPENCCB_ALERTS_TOKEN "$(make_secret)"
write_answers
