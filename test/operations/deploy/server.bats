#!/usr/bin/env bats
# The half of an update that runs on the server: to its end, back, and killed anywhere.

load stage

@test "puts a new version in place of the old one, and keeps that to go back to" {
	update one new
	is_updated
	[ -d "$server/opt/openccb/releases/0.0.1-old" ]
	update two new rollback
	is_as_before
	[[ $output == *$'finished\t0.0.1-old'* ]]
}

@test "does nothing for a version that is there" {
	update one new
	pid=$(systemctl show --property MainPID --value openccb.service)
	update two new
	is_updated
	[ "$(systemctl show --property MainPID --value openccb.service)" = "$pid" ]
	[[ $output != *rehearse* ]]
}

@test "keeps three versions and three dumps" {
	for content in a b c d; do update "$content" "$content"; done
	is_updated
	[ "$(ls "$server/opt/openccb/releases" | wc -l)" -eq 3 ]
	[ "$(ls "$server/var/backups/openccb" | wc -l)" -eq 3 ]
}

@test "dumps the whole database as its administrator before it migrates, for nobody else to read" {
	update one new
	grep -q -- '--format=custom --port 5432 openccb' "$stage/dumps"
	[[ $(<"$stage/dumps") != *--enable-row-security* ]]
	[ "$(stat -c %a "$server"/var/backups/openccb/*.dump)" = 600 ]
	[ "$(stat -c %a "$server/var/backups/openccb")" = 700 ]
}

@test "stops before it changes anything" {
	touch "$stage/empty"
	update one new
	[[ $output == *$'problem\tbackup\tbackup_empty'* ]]
	is_as_before
	printf 'postgres://openccb:secret@db.example/openccb' >"$server/etc/openccb/secrets/DATABASE_URL"
	update two new
	[[ $output == *backup_elsewhere* ]]
	update three new update no
	is_updated
}

@test "refuses a server without room" {
	printf 'MemAvailable: 200000 kB\n' >"$server/proc/meminfo"
	update one new
	[[ $output == *$'memory_short\t195\t512'* ]]
	is_as_before
	stand_in df <<<'printf "Avail\n 0\n"'
	update two new
	[[ $output == *disk_short* ]]
	is_as_before
}

@test "goes back whatever fails, and says what" {
	echo 'npm error: no network' >"$stage/npm"
	update npm new
	[[ $output == *$'problem\tinstall\tinstall_failed\tnpm error: no network'* ]]
	is_as_before
	rm "$stage/npm"
	echo 'the database needs OpenCCB 9.0.0' >"$stage/migration"
	update migration new
	[[ $output == *$'migration_refused\tthe database needs OpenCCB 9.0.0'* ]]
	is_as_before
	rm "$stage/migration"
	echo 'no_answer TIMEOUT first-token' >"$stage/probe"
	update probe new
	[[ $output == *$'problem\trehearse\tno_answer\tTIMEOUT first-token'* ]]
	[[ $output == *$'failed\t0.0.1-old'* ]]
	is_as_before
	rm "$stage/probe"
	echo slack >"$stage/parts"
	update parts new
	[[ $output == *$'problem\twatch\tparts_down\tslack'* ]]
	is_as_before
	rm "$stage/parts" && mkdir "$stage/parts"
	update unexpected new
	[[ $output == *$'problem\twatch\tunexpected'*$'failed\t0.0.1-old'* ]]
	is_as_before
}

@test "goes back when it is told to stop, wherever it is" {
	echo TERM >"$stage/signal"
	for call in 6 12 18 24; do
		echo 0 >"$stage/calls"
		echo "$call" >"$stage/kill-at"
		update "at-$call" "new $call"
		[[ $output == *interrupted* ]]
		is_as_before
	done
}

@test "leaves a bot that answers when it is killed anywhere, and the next update is whole" {
	echo KILL >"$stage/signal"
	update count 'how many calls'
	last=$(<"$stage/calls")
	for ((call = 4; call < last; call += 4)); do
		echo 0 >"$stage/calls"
		echo "$call" >"$stage/kill-at"
		update "killed-$call" "new $call"
		[[ $output != *finished* ]] || [ "$call" -gt $((last - 8)) ]
		systemctl is-active openccb.service
		[ -e "$server/opt/openccb/current/package.json" ]
		rm "$stage/kill-at"
		update "after-$call" "newer $call"
		is_updated
	done
}

@test "stops the embedded database's one process first, copies its folder, and starts the old one again" {
	rm "$server/etc/openccb/secrets/DATABASE_URL"
	echo rows >"$server/var/lib/openccb/postgres/table"
	echo 'not_ready no answer' >"$stage/probe"
	update one new
	[[ $output == *$'problem\tswitch\tnot_ready'* ]]
	is_as_before
	rm "$stage/probe"
	update two new
	is_updated
	[[ $output == *$'step\tpause'*$'step\tbackup'*$'step\tswitch'* ]]
	[ "$(cat "$server"/var/backups/openccb/before-two/table)" = rows ]
}

@test "takes a version whole or not at all" {
	make_release "$BATS_TEST_TMPDIR/laptop" new
	tar -C "$BATS_TEST_TMPDIR/laptop" -c -z . | head -c 100 >"$BATS_TEST_TMPDIR/cut"
	run bash "$project/scripts/deploy/server.sh" receive cut <"$BATS_TEST_TMPDIR/cut"
	[ "$status" -ne 0 ]
	[ ! -e "$server/var/lib/openccb-deploy/incoming/cut" ]
	update whole new
	is_updated
}

@test "lets one update run at a time, and goes on without whoever began it" {
	exec 8>>"$server/run/openccb-deploy.lock"
	flock 8
	run bash "$project/scripts/deploy/server.sh" start two update 1 yes
	[ "$output" = busy ]
	run bash "$project/scripts/deploy/server.sh" look
	[[ $output == *busy* ]]
	exec 8>&-
	make_release "$BATS_TEST_TMPDIR/laptop" new
	tar -C "$BATS_TEST_TMPDIR/laptop" -c -z . | bash "$project/scripts/deploy/server.sh" receive one
	run bash "$project/scripts/deploy/server.sh" start one update 1 yes
	[ "$output" = started ]
	run bash "$project/scripts/deploy/server.sh" follow one
	is_updated
}
