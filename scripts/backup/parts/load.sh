# shellcheck shell=bash
# A backup made into a database or a folder again, beside whatever is there, and checked.

# Of the copy that is only for looking.
verify_database=openccb_verify

# verify FOLDER: what lies there, opened; leaves nothing.
verify() {
	if [ -f "$1/database.dump" ]; then
		checked_database=$verify_database
		load_rows "$1" "$verify_database"
		check_copy "$1"
		drop_copy
	else
		open_folder "$1" "$work/opened"
		check_copy "$1"
		rm -rf "$work/opened"
	fi
	check_documents "$1/documents.tar"
}

checked_database=''

drop_copy() {
	[ -n "$checked_database" ] || return 0
	sql "drop database if exists \"$checked_database\" with (force)" postgres >/dev/null 2>&1 || true
	checked_database=''
}

# load_rows FOLDER DATABASE: with their owners, as a superuser, since the key and the functions must stay whose they are.
load_rows() {
	local folder=$1 name=$2
	ensure_roles
	try load_failed sql "drop database if exists \"$name\" with (force)" postgres
	try load_failed sql "create database \"$name\" owner \"$login\" template template0 encoding 'UTF8'" postgres
	try load_failed sql "revoke connect, temporary on database \"$name\" from public; grant connect on database \"$name\" to $backup_role" postgres
	try load_failed as_administrator pg_restore --exit-on-error --single-transaction --no-password --dbname "$name" <"$folder/database.dump" >/dev/null
	try load_failed sql 'analyze' "$name"
	compare_counts "$folder" "$name"
}

# What the rows' owners and rights name, and the cluster may not have: roles belong to it, and those of another version's dump would not all come back.
ensure_roles() {
	local role
	ensure_backup_role
	[ "$(sql "select count(*) from pg_roles where rolname = '$login'" postgres)" = 1 ] || make_login
	for role in ccb_app ccb_keeper ccb_guest ccb_employee ccb_admin ccb_registrar ccb_librarian; do make_role "$role"; done
}

# As if the login had made it, which from 16 on may give the roles that it made.
make_role() {
	sql "do \$\$ begin
		create role $1 nologin noinherit;
		if current_setting('server_version_num')::int >= 160000 then execute 'grant $1 to \"$login\" with admin true, inherit false, set false'; end if;
	exception when duplicate_object or unique_violation then null; end \$\$" postgres
}

# With the password of the program's own address, by standard input, since everybody sees the list of processes.
make_login() {
	local password
	if in_docker; then
		password=$(<"$stack_secrets_folder/program_password")
	else
		[[ $(database_url) =~ ://[^:@/]+:([^@]*)@ ]] || stop no_password
		# As addresses write what has a meaning in them (RFC 3986, "Percent-Encoding").
		printf -v password '%b' "${BASH_REMATCH[1]//%/\\x}"
	fi
	sql "create role \"$login\" login createrole password \$password\$$password\$password\$" postgres
}

# compare_counts FOLDER DATABASE: of every table.
compare_counts() {
	printf '%s \\gexec\n' "$(<"$here/counts.sql")" | as_administrator psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --dbname "$2" 2>>"$work/errors.log" |
		sort >"$work/found" || explain load_failed
	grep '^rows' "$1/manifest" | sort >"$work/expected"
	cmp -s "$work/expected" "$work/found" || stop counts_differ "$(comm -3 "$work/expected" "$work/found" | head -n 1 | tr '\t' ' ')"
}

# check_copy FOLDER: brought to this version, and read by the program's own signed sessions.
check_copy() {
	local outcome
	outcome=$(CHECKED_DATABASE=$checked_database CHECKED_DATA=$work/opened run_program scripts/backup/check.ts <"$1/manifest" 2>>"$work/errors.log") ||
		stop check_failed "${outcome:-$(last_line "$work/errors.log")}"
}

# check_documents FILE: each is what its name says, which is its hash.
check_documents() {
	local wrong
	# shellcheck disable=SC2016 # for tar's shell
	wrong=$(tar -x -f "$1" --to-command='
		case $TAR_FILENAME in
			*documents/[0-9a-f][0-9a-f]/*)
				name=${TAR_FILENAME##*documents/}
				set -- $(sha256sum)
				[ "${1%"${1#??}"}/${1#??}" = "$name" ] || echo "$name" ;;
		esac' 2>>"$work/errors.log") || explain load_failed
	[ -z "$wrong" ] || stop document_changed "${wrong%%$'\n'*}"
}
