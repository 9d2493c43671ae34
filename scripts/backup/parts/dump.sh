# shellcheck shell=bash
# The rows of a database server: dumped and counted as of the same moment, by a role that sees all of them and can do nothing else.

# Made where it is missing. The program's own login would be refused, or would see no rows.
ensure_backup_role() {
	[ "$(sql "select count(*) from pg_roles where rolname = '$backup_role' and rolbypassrls and pg_has_role(oid, 'pg_read_all_data', 'USAGE')" postgres)" = 0 ] || return 0
	sql "do \$\$ begin create role $backup_role nologin; exception when duplicate_object or unique_violation then null; end \$\$;
		alter role $backup_role bypassrls; grant pg_read_all_data to $backup_role" postgres || stop role_refused "$backup_role"
}

# dump_server FOLDER: into its files `database.dump`, and `counted` with lines of the manifest.
dump_server() {
	local folder=$1 snapshot
	ensure_backup_role
	# One session keeps the moment while others read what was then.
	mkfifo "$work/asked" "$work/told"
	sql_session <"$work/asked" >"$work/told" 2>"$work/keeper.log" &
	keeper=$!
	exec {to_keeper}>"$work/asked" {from_keeper}<"$work/told"
	echo "set role $backup_role; begin isolation level repeatable read read only; select pg_export_snapshot();" >&"$to_keeper"
	read -r -u "$from_keeper" snapshot || stop dump_failed "$(last_line "$work/keeper.log")"
	try dump_failed as_administrator pg_dump --format=custom --no-password --role="$backup_role" --snapshot="$snapshot" "$database" >"$folder/database.dump"
	server_facts >&"$to_keeper"
	exec {to_keeper}>&-
	to_keeper=''
	cat <&"$from_keeper" >"$folder/counted"
	[[ $(<"$folder/counted") == *$'rows\tpublic.migrations\t'* ]] || stop dump_failed "$(last_line "$work/keeper.log")"
	[[ $(as_administrator pg_restore --list <"$folder/database.dump" 2>/dev/null) == *'TABLE DATA public migrations '* ]] || stop dump_empty
}

keeper='' to_keeper=''

# Without anything more to do, the session that keeps the moment ends.
let_keeper_go() {
	[ -z "$to_keeper" ] || exec {to_keeper}>&-
	[ -z "$keeper" ] || wait "$keeper" || true
	keeper='' to_keeper=''
}

sql_session() { as_administrator psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --dbname "$database"; }

# Statements whose rows are lines of the manifest.
server_facts() {
	printf '%s;\n' "$(<"$here/facts.sql")"
	printf '%s \\gexec\n' "$(<"$here/counts.sql")"
}
