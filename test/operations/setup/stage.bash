# shellcheck shell=bash disable=SC2016,SC2154 # stand-ins are programs in quotes; bats gives status and output
# A server made of files and of stand-ins for what the setup calls: each test changes the one thing that it is about.

checkout=$(cd "$BATS_TEST_DIRNAME/../../.." && pwd)

setup() {
	server=$BATS_TEST_TMPDIR/server
	stand_ins=$BATS_TEST_TMPDIR/bin
	# What the stand-ins did and know, a file each.
	export STAGE=$BATS_TEST_TMPDIR/stage OPENCCB_SETUP_ROOT=$server
	export PATH=$stand_ins:$PATH LANG=C
	unset LC_ALL LC_MESSAGES
	mkdir -p "$STAGE" "$stand_ins" "$server"/{etc/redis,etc/systemd/system,proc,var/lib,var/tmp,opt,dev,run/systemd/system,sys/bus/pci/devices}
	printf 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n' >"$server/etc/os-release"
	printf 'MemTotal:       16315200 kB\n' >"$server/proc/meminfo"
	printf 'xoxb-1\n' >"$BATS_TEST_TMPDIR/bot-token"
	printf 'xapp-1\n' >"$BATS_TEST_TMPDIR/app-token"
	make_project
	make_machine
	make_packages
	make_database
	make_node
}

# install_bot ARGUMENT...: the setup with all that it must know, then ARGUMENT....
install_bot() {
	run "$project/scripts/setup.sh" --no-docker --yes --secret "SLACK_BOT_TOKEN=$BATS_TEST_TMPDIR/bot-token" \
		--secret "SLACK_APP_TOKEN=$BATS_TEST_TMPDIR/app-token" "$@"
}

# stand_in NAME: a program of that name, made of standard input. `$STAGE` is there for it. Where the file `kill-after` there means its call,
# everything dies once it is done.
stand_in() {
	{
		printf '#!/usr/bin/env bash\nSTAGE=%q OPENCCB_SETUP_ROOT=%q call="%s $*"\n' "$STAGE" "$server" "$1"
		cat <<-'SH'
			echo "$call" >>"$STAGE/calls"
			trap '[ -e "$STAGE/kill-after" ] && [[ $call == $(<"$STAGE/kill-after") ]] && kill -KILL 0' EXIT
		SH
		cat
	} >"$stand_ins/$1"
	chmod +x "$stand_ins/$1"
}

# The real setup, with little to install.
make_project() {
	project=$BATS_TEST_TMPDIR/checkout
	rm -rf "$project"
	mkdir -p "$project"/{adapters,migrations,scripts,src}
	cp -r "$checkout"/scripts/{setup,setup.sh,backup,backup.sh} "$project/scripts/"
	mkdir -p "$project/docker/caddy"
	echo ':80' >"$project/docker/caddy/Caddyfile"
	cp "$checkout"/{package.json,package-lock.json,.npmrc,tsconfig.json,LICENSE} "$project/"
	echo 'first' >"$project/src/main.ts"
}

make_machine() {
	stand_in id <<<'[ "$1" = -u ] && echo 0 || echo 10001'
	stand_in uname <<<'echo x86_64'
	stand_in df <<<'printf "Avail\n 50\n"'
	stand_in ss <<<'exit 0'
	stand_in ip <<<'echo "2: eth0 inet 192.0.2.10/24 scope global eth0"'
	stand_in getent <<-'SH'
		case "$1 $2" in
			'ahosts mirror.example' | 'ahosts bot.example') echo '192.0.2.10 STREAM' ;;
			'group openccb' | 'passwd openccb') [ -e "$STAGE/account" ] ;;
			*) exit 2 ;;
		esac
	SH
	stand_in timeout <<<'printf "HTTP/1.1 200 OK\r\nDate: %s\r\n\r\n" "$(date --utc --rfc-email)"'
	stand_in groupadd <<<'exit 0'
	stand_in useradd <<<'touch "$STAGE/account"'
	stand_in systemctl <<-'SH'
		service=${!#}
		case $1 in
			is-active | is-enabled) [ -e "$STAGE/$1 $service" ] ;;
			enable) touch "$STAGE/is-enabled $service" ;;
			is-failed) [ -e "$STAGE/silent" ] ;;
			restart) touch "$STAGE/is-active $service" ;;
		esac
	SH
	stand_in journalctl <<<'echo "the last line of the log"'
	stand_in runuser <<<'shift 3; exec "$@"'
}

make_packages() {
	stand_in apt-get <<-'SH'
		case $1 in
			indextargets) echo http://mirror.example/debian ;;
			install) touch "$STAGE/installed" ;;
		esac
	SH
	stand_in apt-cache <<<'exit 0'
	stand_in dpkg <<<'exit 0'
	stand_in curl <<<'exit 0'
	stand_in age <<<'exit 0'
	stand_in age-keygen <<<'[ "$1" = -y ] && echo age1public || echo AGE-SECRET-KEY-1'
	stand_in npm <<<'for prefix; do :; done; mkdir -p "$prefix/node_modules"'
}

make_database() {
	stand_in pg_lsclusters <<<'echo "15 main 5432 online postgres"'
	stand_in psql <<-'SH'
		case "$*" in
			*'select 1 from pg_database'*) [ -e "$STAGE/database" ] && echo 1 ;;
			*'create database'*) touch "$STAGE/database" ;;
			*'select (select count'*) echo '0|0' ;;
			*'select 1 postgres://'*) [ -e "$STAGE/login" ] ;;
			*) cat >>"$STAGE/sql" && touch "$STAGE/login" ;;
		esac
		exit
	SH
	stand_in redis-server <<<'exit 0'
	stand_in redis-cli <<<'[ -e "$STAGE/is-active redis-server@openccb" ] && echo PONG'
}

# Node.js, by the script that it is to run.
make_node() {
	stand_in node <<-'SH'
		case $1 in
			*/bring-node.mjs) echo "$OPENCCB_SETUP_ROOT/opt/openccb/node-24/bin/node" ;;
			*/load-model.mjs) cat "$STAGE/model" 2>/dev/null || echo 'processor 9600' ;;
			*doctor/main.ts) [ ! -e "$STAGE/doctor" ] || { cat "$STAGE/doctor" && exit 1; } ;;
			*/wait-ready.mjs) [ ! -e "$STAGE/silent" ] ;;
		esac
	SH
	mkdir -p "$server/opt/openccb/node-24/bin"
	ln -s "$stand_ins/node" "$server/opt/openccb/node-24/bin/node"
}

# Everything that the setup may write, with what is in it.
listing() {
	(cd "$server" && find . -type f -not -path './run/*' -exec sha256sum {} + && find . -not -path './run/*' -printf '%p %m %l\n') | sort
}

# stops_with WORDS: with one sentence, and not by succeeding.
stops_with() {
	[ "$status" -ne 0 ]
	[[ $output == *"Stopped: "*"$1"* ]]
	[ "$(grep -c 'Stopped: ' <<<"$output")" -eq 1 ]
}

# As `stops_with`, before anything was changed.
refuses_with() {
	stops_with "$1"
	[[ $output == *"Nothing was changed."* ]]
	[ ! -e "$server/etc/openccb" ]
}
