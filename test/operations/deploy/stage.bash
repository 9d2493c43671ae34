# shellcheck shell=bash disable=SC2016,SC2154
# A server made of files, with stand-ins for what an update calls: each test changes the one thing that it is about.

project=$(cd "$BATS_TEST_DIRNAME/../../.." && pwd)

setup() {
	server=$BATS_TEST_TMPDIR/server
	stand_ins=$BATS_TEST_TMPDIR/bin
	# What the stand-ins are told and have done.
	stage=$BATS_TEST_TMPDIR/stage
	export OPENCCB_SETUP_ROOT=$server OPENCCB_DEPLOY_WATCH_SECONDS=0 OPENCCB_DEPLOY_NOTICE_SECONDS=0
	export PATH=$stand_ins:$BATS_TEST_DIRNAME/stand-ins:$PATH LANG=C
	mkdir -p "$stage" "$stand_ins" "$server"/{etc/systemd/system,etc/openccb/secrets,opt/openccb/releases,proc,run,var/lib/openccb/postgres}
	echo 0 >"$stage/calls"
	printf 'MemAvailable: 4000000 kB\n' >"$server/proc/meminfo"
	printf 'postgres://openccb:secret@127.0.0.1:5432/openccb' >"$server/etc/openccb/secrets/DATABASE_URL"
	touch "$server"/etc/openccb/{setup,openccb}.env
	make_stand_ins
	make_release "$server/opt/openccb/releases/0.0.1-old" old
	ln -s "$stand_ins/node" "$server/opt/openccb/releases/0.0.1-old/node"
	ln -s "$server/opt/openccb/releases/0.0.1-old" "$server/opt/openccb/current"
	cat >"$server/etc/systemd/system/openccb.service" <<-UNIT
		[Service]
		Type=exec
		WorkingDirectory=$server/opt/openccb/current
		ExecStart=$server/opt/openccb/current/node src/main.ts
		EnvironmentFile=$server/etc/openccb/setup.env
	UNIT
	systemctl start openccb.service
}

teardown() {
	for unit in openccb.service openccb-next.service; do systemctl kill "$unit"; done
}

# stand_in NAME: a program of that name, made of standard input, that counts its calls; at the one that `kill_at` names, it kills the update.
stand_in() {
	{
		printf '#!/usr/bin/env bash\nstage=%q\n' "$stage"
		cat <<-'SH'
			exec 9>&-
			count=$(($(<"$stage/calls") + 1))
			echo "$count" >"$stage/calls"
			[ "$count" != "$(cat "$stage/kill-at" 2>/dev/null)" ] || kill "-$(<"$stage/signal")" "$(<"$stage/update")"
		SH
		cat
	} >"$stand_ins/$1"
	chmod +x "$stand_ins/$1"
}

make_stand_ins() {
	stand_in node <<-'SH'
		case "$*" in
			src/main.ts) exec sleep 600 ;;
			*bring-node.mjs) echo "$0" ;;
			*migrate/main.ts*) [ ! -e "$stage/migration" ] || { cat "$stage/migration" && exit 1; } ;;
			*probe.mjs*) [ ! -e "$stage/probe" ] || { cat "$stage/probe" >&2 && exit 1; } ;;
			*parts-down.mjs*) [ $# -lt 3 ] || [ ! -e "$stage/parts" ] || cat "$stage/parts" ;;
			*health.mjs*) ;;
		esac
	SH
	stand_in npm <<<'[ ! -e "$stage/npm" ] || { cat "$stage/npm" && exit 1; }; mkdir -p node_modules'
	stand_in pg_dump <<<'echo "pg_dump $*" >>"$stage/dumps"; echo dump'
	stand_in pg_restore <<<'[ -e "$stage/empty" ] || echo "1; 0 1 TABLE DATA public messages openccb"'
	stand_in systemctl <<<"exec $BATS_TEST_DIRNAME/stand-ins/systemctl \"\$@\""
}

# make_release FOLDER CONTENT
make_release() {
	mkdir -p "$1"/{adapters,migrations,scripts/toolchain,src}
	printf '{\n\t"version": "0.2.0"\n}\n' >"$1/package.json"
	touch "$1"/{package-lock.json,.npmrc,tsconfig.json,LICENSE,scripts/toolchain/bring-node.mjs}
	echo "$2" >"$1/src/main.ts"
}

# update RUN CONTENT [ACTION [BACKUP]]: sends a version with CONTENT and waits for the end; `output` holds what was said of it.
update() {
	local run=$1 action=${3:-update}
	make_release "$BATS_TEST_TMPDIR/laptop" "$2"
	[ "$action" = rollback ] || tar -C "$BATS_TEST_TMPDIR/laptop" -c -z . | bash "$project/scripts/deploy/server.sh" receive "$run"
	mkdir -p "$server/var/lib/openccb-deploy/runs"
	# As `start` does it, and known by its number.
	bash -c 'echo $$ >"$1/update"; exec 9>>"$2"; flock 9; exec bash "$3" run "$4" "$5" 1 "$6"' _ "$stage" "$server/run/openccb-deploy.lock" \
		"$project/scripts/deploy/server.sh" "$run" "$action" "${4:-yes}" >"$stage/output" 2>&1 || true
	run cut -f 2- "$server/var/lib/openccb-deploy/runs/$run"
}

running() { basename "$(readlink "/proc/$(systemctl show --property MainPID --value openccb.service)/cwd")"; }

current() { basename "$(readlink "$server/opt/openccb/current")"; }

# The old one is in its place, runs, and nothing is left of what was tried.
is_as_before() {
	[ "$(current)" = 0.0.1-old ]
	[ "$(running)" = 0.0.1-old ]
	is_clean
}

is_clean() {
	[ "$(systemctl show --property MainPID --value openccb-next.service)" = 0 ]
	[ -z "$(find "$server/run/systemd/system" "$server/var/lib/openccb-deploy/incoming" -mindepth 1 2>/dev/null)" ]
	[ ! -e "$server/opt/openccb/next" ]
}

# updated: the new one is in its place, runs, and nothing is left of how it came there.
is_updated() {
	[[ $output == *finished* ]]
	[[ $(current) == 0.2.0-* ]]
	[ "$(running)" = "$(current)" ]
	is_clean
}
