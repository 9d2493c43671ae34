#!/usr/bin/env bats
# What the setup changes: once, whole, and again after whatever came between.

load stage

@test "ends with a started bot, and the second time with nothing to do" {
	install_bot
	[ "$status" -eq 0 ]
	[[ $output == *"Done ("* ]]
	[ -e "$STAGE/is-active openccb.service" ]
	before=$(listing)
	: >"$STAGE/calls"
	install_bot
	[ "$status" -eq 0 ]
	[[ $output == *"Nothing to do"* ]]
	[ "$(listing)" = "$before" ]
	! grep -E '^(apt-get install|npm|useradd|systemctl (restart|enable))' "$STAGE/calls"
}

@test "remembers what it was answered" {
	install_bot --model tiny --set PORT=4000
	run "$project/scripts/setup.sh" --yes --no-docker
	[ "$status" -eq 0 ]
	[[ $output == *"Nothing to do"* ]]
	grep -q '^PORT=4000$' "$server/etc/openccb/setup.env"
}

@test "keeps secrets to root and the program's group, and no secret in any other file" {
	install_bot
	for name in SLACK_BOT_TOKEN SLACK_APP_TOKEN DATABASE_URL REDIS_URL; do
		[ "$(stat -c %a "$server/etc/openccb/secrets/$name")" = 440 ]
	done
	[ "$(<"$server/etc/openccb/secrets/SLACK_BOT_TOKEN")" = xoxb-1 ]
	! grep -r -l xoxb-1 "$server" | grep -v "/secrets/"
	! grep -q 'password\|xoxb' "$STAGE/calls"
}

@test "starts the bot anew when a secret, a setting of one's own or the program itself has changed" {
	install_bot
	for change in 'echo second >"$project/src/main.ts"' 'echo xoxb-2 >"$BATS_TEST_TMPDIR/bot-token"' 'echo LOG_LEVEL=debug >>"$server/etc/openccb/openccb.env"'; do
		eval "$change"
		: >"$STAGE/calls"
		install_bot
		[ "$status" -eq 0 ]
		grep -q '^systemctl restart openccb.service' "$STAGE/calls"
	done
}

@test "gives no new secret to data that are there" {
	install_bot
	rm "$server/etc/openccb/secrets/DATABASE_URL"
	before=$(listing)
	install_bot
	stops_with "the secret DATABASE_URL is missing"
	[ "$(listing)" = "$before" ]
	rm -r "$server/etc/openccb" "$server/etc/systemd/system/openccb.service"
	install_bot
	refuses_with "the secret DATABASE_URL is missing"
}

@test "starts nothing with a token that the doctor refuses" {
	echo 'Slack: the token is not valid' >"$STAGE/doctor"
	install_bot
	stops_with "the doctor found"
	[[ $output == *"Slack: the token is not valid"* ]]
	! grep -q 'systemctl restart openccb.service' "$STAGE/calls"
	rm "$STAGE/doctor"
	install_bot
	[ "$status" -eq 0 ]
}

@test "keeps what it had when something new does not do" {
	install_bot
	before=$(listing)
	echo 'Slack: the token is not valid' >"$STAGE/doctor"
	echo xoxb-wrong >"$BATS_TEST_TMPDIR/bot-token"
	install_bot --set PORT=4000
	stops_with "the doctor found"
	[ "$(listing)" = "$before" ]
}

@test "says so when the bot is started and takes no questions" {
	touch "$STAGE/silent"
	install_bot
	stops_with "does not take questions"
	[[ $output == *"the last line of the log"* ]]
	rm "$STAGE/silent"
	install_bot
	[ "$status" -eq 0 ]
	[[ $output == *"Done ("* ]]
}

@test "tells what the model runs on, and stops where it cannot" {
	echo 'graphics 9600 9600' >"$STAGE/model"
	install_bot
	[[ $output == *"graphics card: 9600 of 9600 MB"* ]]
	for outcome in 'short 20000 16000=needs 20000 MB' 'missing=does not have the model' 'silent=does not answer'; do
		echo "${outcome%%=*}" >"$STAGE/model"
		install_bot
		stops_with "${outcome#*=}"
	done
}

@test "stops where a graphics card is there and the model does not use it" {
	mkdir -p "$server/sys/bus/pci/devices/0" "$server/proc/driver/nvidia"
	echo 0x030200 >"$server/sys/bus/pci/devices/0/class"
	echo 0x10de >"$server/sys/bus/pci/devices/0/vendor"
	touch "$server/proc/driver/nvidia/version"
	install_bot
	stops_with "Ollama does not use it"
}

@test "does without PostgreSQL and Redis where the database within the program is wanted" {
	install_bot --database embedded
	[ "$status" -eq 0 ]
	[ ! -e "$server/etc/openccb/secrets/DATABASE_URL" ]
	! grep -q '^psql\|^redis' "$STAGE/calls"
}

@test "makes backups by night, unless somebody makes them otherwise" {
	install_bot
	[ "$(stat -c %a "$server/etc/openccb/backup.key")" = 400 ]
	[ "$(<"$server/etc/openccb/backup.recipients")" = age1public ]
	[ -e "$STAGE/is-enabled openccb-backup.timer" ]
	grep -q "^ExecStart=$server/opt/openccb/current/scripts/backup.sh$" "$server/etc/systemd/system/openccb-backup.service"
	rm -r "$server" "$STAGE"
	setup
	install_bot --no-backups
	[ "$status" -eq 0 ]
	[ ! -e "$server/etc/openccb/backup.key" ]
	[ ! -e "$STAGE/is-enabled openccb-backup.timer" ]
}

@test "puts HTTPS in front where a name leads to this server, once" {
	install_bot --domain bot.example
	[ "$status" -eq 0 ]
	[[ $output == *"https://bot.example"* ]]
	[ -e "$STAGE/is-active openccb-proxy.service" ]
	grep -q '^Environment=OPENCCB_DOMAIN=bot.example "OPENCCB_UPSTREAMS=127.0.0.1:3000 127.0.0.1:3001"$' "$server/etc/systemd/system/openccb-proxy.service"
	cmp "$project/docker/caddy/Caddyfile" "$server/etc/openccb/Caddyfile"
	grep -q '^Environment=OPENCCB_TRUSTED_PROXIES=127.0.0.1 OPENCCB_DRAIN_SECONDS=5$' "$server/etc/systemd/system/openccb.service"
	: >"$STAGE/calls"
	install_bot
	[[ $output == *"Nothing to do"* ]]
	! grep -q 'openccb-proxy' <(grep restart "$STAGE/calls")
	echo ACME_EMAIL=it@example.com >>"$server/etc/openccb/openccb.env"
	install_bot
	grep -q '^systemctl restart openccb-proxy.service' "$STAGE/calls"
}

@test "lets the monitoring in where a channel is told what it finds" {
	install_bot --set OPENCCB_ALERTS_CHANNEL=slack:T1:C1
	[ "$status" -eq 0 ]
	[ "$(stat -c %a "$server/etc/openccb/secrets/OPENCCB_ALERTS_TOKEN")" = 440 ]
	install_bot --monitoring
	stops_with "--monitoring starts containers"
}

@test "reaches the same end when it is run again after everything died, wherever that was" {
	install_bot
	expected=$(listing | without_random)
	for call in groupadd* npm* '*create database*' 'systemctl restart redis*' '*load-model*' '*doctor*' 'systemctl restart openccb*'; do
		rm -rf "$server" "$STAGE"
		setup
		echo "$call" >"$STAGE/kill-after"
		run setsid --wait "$project/scripts/setup.sh" --no-docker --yes --secret "SLACK_BOT_TOKEN=$BATS_TEST_TMPDIR/bot-token" \
			--secret "SLACK_APP_TOKEN=$BATS_TEST_TMPDIR/app-token"
		[ "$status" -eq 137 ]
		rm "$STAGE/kill-after"
		install_bot
		[ "$status" -eq 0 ]
		[ "$(listing | without_random)" = "$expected" ]
	done
}

# What is made at random differs from server to server, and so does what is made of it.
without_random() { sed -E 's/^[0-9a-f]{64} (.*(secrets\/|redis-openccb.conf|\/started))/\1/' | sort; }
