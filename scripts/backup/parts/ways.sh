# shellcheck shell=bash
# How this server runs the bot: what it was told, how its programs and its database's administrator are called.

# systemd: by scripts/setup.sh --no-docker · docker: by scripts/setup.sh · checkout: these files, as `npm start` runs them.
way=''

find_way() {
	if [ -n "${OPENCCB_BACKUP_WAY:-}" ]; then
		way=$OPENCCB_BACKUP_WAY
	elif [ -f "$root/etc/systemd/system/openccb.service" ]; then
		way=systemd
	elif [ -f "$stack_folder/docker-compose.yml" ]; then
		way=docker
	else
		way=checkout
	fi
}

# setting NAME DEFAULT: as the program was told; the last one counts.
setting() {
	local found files=()
	case $way in
		systemd) files=("$settings_file" "$own_settings_file") ;;
		docker) files=("$stack_folder/.env") ;;
		checkout)
			[ -z "${!1:-}" ] || { printf '%s\n' "${!1}" && return; }
			files=("$project/.env")
			;;
	esac
	found=$(cat "${files[@]}" 2>/dev/null | sed -n -E "s/^$1=(.*)$/\1/p" | tail -n 1)
	printf '%s\n' "${found:-$2}"
}

database_url() {
	case $way in
		docker) echo 'postgres://openccb@postgres:5432/openccb' ;;
		systemd) if [ -s "$secrets_folder/DATABASE_URL" ]; then cat "$secrets_folder/DATABASE_URL"; else setting DATABASE_URL ''; fi ;;
		checkout) setting DATABASE_URL '' ;;
	esac
}

uses_server() { [ -n "$(database_url)" ]; }

# read_database: into `database`, `login` and `port`, by the program's own address.
read_database() {
	local url
	url=$(database_url)
	[[ $url =~ ^postgres(ql)?://([^:@/]+)(:[^@]*)?@(\[[^]]+\]|[^:/?]+)(:([0-9]+))?/([^?]+) ]] || stop address_unreadable
	login=${BASH_REMATCH[2]} database_host=${BASH_REMATCH[4]} port=${BASH_REMATCH[6]:-5432} database=${BASH_REMATCH[7]}
	# What belongs into statements and arguments as it is.
	[[ $login$database =~ ^[A-Za-z0-9_]+$ ]] || stop address_unreadable
	case $way:$database_host in
		docker:* | *:127.0.0.1 | *:localhost | *:'[::1]') ;;
		*) [ -n "${PGHOST:-}" ] || stop database_elsewhere "$database_host" "$backup_settings_file" ;;
	esac
}

# as_administrator PROGRAM ARGUMENT...: of PostgreSQL's programs. With PGHOST and the like, as libpq has them, wherever they lead.
as_administrator() {
	local program=$1
	shift
	if [ -n "${PGHOST:-}" ]; then
		"$program" "$@"
	elif [ "$way" = docker ]; then
		compose exec -T postgres "$program" --username postgres "$@"
	else
		PGPORT=$port runuser --user postgres -- "$program" "$@"
	fi
}

compose() { docker compose --project-directory "$stack_folder" "$@"; }

# sql STATEMENT [DATABASE]: what it gives, a line a row.
sql() { as_administrator psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --dbname "${2:-$database}" <<<"$1"; }

# run_program SCRIPT ARGUMENT...: a script of the program, under its account and with its settings; in a database of another name where CHECKED_DATABASE is one.
run_program() {
	case $way in
		systemd) (become_program && cd "$program_folder/current" && exec runuser --user "$account" -- ./node "$@") ;;
		docker) compose run --rm --no-deps -T --env "CHECKED_DATABASE=${CHECKED_DATABASE:-}" app "$@" ;;
		checkout) (cd "$project" && become_checkout && exec "$node" scripts/with-node.mjs "${from_file[@]}" "$@") ;;
	esac
}

# Files hold more than what may be seen in the list of processes, so it goes by the environment.
become_program() {
	local file line
	export HOME=$data_folder LANG=${LANG:-C}
	for file in "$settings_file" "$own_settings_file"; do
		while read -r line; do [[ ! $line =~ ^[A-Z][A-Z0-9_]*= ]] || export "${line?}"; done < <(cat "$file" 2>/dev/null)
	done
	export OPENCCB_DATA=${CHECKED_DATA:-$data_folder}
	[ ! -s "$secrets_folder/DATABASE_URL" ] || { unset DATABASE_URL && export DATABASE_URL_FILE=$secrets_folder/DATABASE_URL; }
}

# The Node.js that is there brings the project's own; the file says what the environment does not.
become_checkout() {
	node=${OPENCCB_NODE:-$(command -v node)} || stop no_node
	from_file=()
	[ ! -f .env ] || from_file=(--env-file=.env)
	[ -z "${CHECKED_DATA:-}" ] || export OPENCCB_DATA=$CHECKED_DATA
}

find_data() {
	case $way in
		systemd) data_folder=$root/var/lib/openccb program_home=$program_folder/current ;;
		docker) data_folder=/data program_home=$project ;;
		checkout) data_folder=$(cd "$project" && realpath -m "$(setting OPENCCB_DATA data)") program_home=$project ;;
	esac
}

program_version() { sed -n -E 's/^\s*"version": "([^"]+)".*/\1/p' "$program_home/package.json"; }

# The last step that this program's schema has.
newest_migration() { find "$program_home/migrations/" -name '[0-9]*.ts' -printf '%f\n' | sort | tail -n 1 | sed 's/\.ts$//'; }

is_program_running() {
	case $way in
		systemd) systemctl is-active --quiet openccb.service || systemctl is-active --quiet openccb-next.service ;;
		docker) [ -n "$(compose ps --status running --quiet app 2>/dev/null)" ] ;;
		checkout) return 1 ;;
	esac
}

in_docker() { [ "$way" = docker ]; }
