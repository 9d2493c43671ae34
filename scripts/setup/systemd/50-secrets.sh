# shellcheck shell=bash
# Writes settings and secrets. Those of the database and of Redis are made once; nobody needs to know them.

say secrets
keep_given_secrets
if uses_server; then
	make_secret_once DATABASE_URL "postgres://$account:$(make_secret)@127.0.0.1:$(server_port)/$account"
	make_secret_once REDIS_URL "redis://:$(make_secret)@127.0.0.1:$redis_port"
fi
write_answers
