# shellcheck shell=bash
# Gives the program a database and a Redis of its own, each with the secret that was made for it.

prepare_database() {
	local url password
	url=$(<"$secrets_folder/DATABASE_URL")
	password=${url#*://*:}
	password=${password%%@*}
	psql --no-psqlrc -c 'select 1' "$url" >/dev/null 2>&1 || create_login "$password"
	has_database || { as_postgres -c "create database $account owner $account" && count_change; }
	create_vectors
}

# The statement comes by standard input, since everybody sees the list of processes. It makes roles at its first start, so it must be allowed to.
create_login() {
	as_postgres <<-SQL
		select 'create role $account login createrole' where not exists (select from pg_roles where rolname = '$account') \gexec
		alter role $account login createrole password '$1';
	SQL
	count_change
}

create_vectors() {
	case $(as_postgres -d "$account" -c "select (select count(*) from pg_extension where extname = 'vector'), count(*) from pg_available_extensions where name = 'vector'") in
		'0|1') as_postgres -d "$account" -c 'create extension vector' && count_change ;;
		'0|0') say no_vectors ;;
	esac
}

# An instance of its own: whatever else uses the one that the package starts goes on undisturbed. What it holds may be lost.
prepare_redis() {
	local file=$root/etc/redis/redis-openccb.conf url password
	url=$(<"$secrets_folder/REDIS_URL")
	password=${url#redis://:}
	password=${password%%@*}
	put "$file" 640 redis:redis <<-CONF
		bind 127.0.0.1
		port $redis_port
		requirepass $password
		dir /var/lib/redis
		save ""
		appendonly no
		maxmemory 256mb
		maxmemory-policy noeviction
	CONF
	systemctl is-enabled --quiet redis-server@openccb || { quietly redis_failed systemctl enable redis-server@openccb && count_change; }
	has_redis "$password" || { quietly redis_failed systemctl restart redis-server@openccb && count_change; }
}

has_redis() { [ "$(REDISCLI_AUTH=$1 redis-cli -p "$redis_port" ping 2>/dev/null)" = PONG ]; }

if uses_server; then
	say database
	prepare_database
	prepare_redis
fi
