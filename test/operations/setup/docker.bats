#!/usr/bin/env bats
# The setup with containers, on an engine of stand-ins.

load stage

# What the compose file is tried with is another proof; here only that the setup hands everything over.
make_engine() {
	mkdir -p "$project/docker/postgres/initialize" "$project/docker/ollama" "$project/docker/prometheus/targets"
	echo '[]' | tee "$project/docker/prometheus/targets/sites.yml" >"$project/docker/prometheus/targets/graphics-cards.yml"
	cp "$checkout/docker/prometheus/prepare.sh" "$project/docker/prometheus/"
	printf 'services: {}\n' >"$project/docker-compose.yml"
	printf 'FROM scratch\n' >"$project/docker/Dockerfile"
	printf 'services: {}\n' >"$project/docker/compose.nvidia.yml"
	stand_in docker <<-'SH'
		case "$*" in
			'version '*) cat "$STAGE/engine-version" 2>/dev/null || echo 27.3.1 ;;
			'compose version '*) cat "$STAGE/compose-version" 2>/dev/null || echo 2.29.7 ;;
			'volume inspect '*) [ -e "$STAGE/volume" ] ;;
			'image inspect '*) grep -q -x "$3" "$STAGE/images" 2>/dev/null ;;
			'build '*) while [ "$1" != --tag ]; do shift; done; echo "$2" >>"$STAGE/images" ;;
			*' ps '*) [ ! -e "$STAGE/up" ] || echo 1f2e3d ;;
			*' up '*'ollama') ;;
			*' up '*) touch "$STAGE/up" "$STAGE/volume" ;;
			*load-model.mjs*) cat "$STAGE/model" 2>/dev/null || echo 'processor 9600' ;;
			*doctor/main.ts*) [ ! -e "$STAGE/doctor" ] || { cat "$STAGE/doctor" && exit 1; } ;;
			*wait-ready.mjs*) [ ! -e "$STAGE/silent" ] ;;
		esac
	SH
}

install_stack() {
	run "$project/scripts/setup.sh" --yes --secret "DISCORD_BOT_TOKEN=$BATS_TEST_TMPDIR/bot-token" "$@"
}

@test "ends with a started stack, and the second time with nothing to do" {
	make_engine
	install_stack
	[ "$status" -eq 0 ]
	[ -e "$STAGE/up" ]
	echo '- targets: ["gpu:9400"]' >"$server/opt/openccb/stack/docker/prometheus/targets/graphics-cards.yml"
	before=$(listing)
	: >"$STAGE/calls"
	install_stack
	[ "$status" -eq 0 ]
	[[ $output == *"Nothing to do"* ]]
	[ "$(listing)" = "$before" ]
	! grep -E 'docker (build|compose .* up --detach --force)' "$STAGE/calls"
}

@test "gives each account its own secrets, and the program the way to them" {
	make_engine
	install_stack
	secrets=$server/etc/openccb/secrets
	[ "$(stat -c %a "$secrets"/{app,postgres,monitoring}/* | sort -u)" = 440 ]
	[ "$(<"$secrets/app/alerts_token")" = "$(<"$secrets/monitoring/alerts_token")" ]
	[ "$(<"$secrets/app/database_url")" = "postgres://openccb:$(<"$secrets/postgres/program_password")@postgres:5432/openccb" ]
	grep -q '^DISCORD_BOT_TOKEN_FILE=/run/secrets/DISCORD_BOT_TOKEN$' "$server/opt/openccb/stack/.env"
	! grep -q xoxb "$server/opt/openccb/stack/.env" "$STAGE/calls"
}

@test "makes no new secret beside a volume with data" {
	make_engine
	install_stack
	for secret in app/database_url postgres/program_password; do
		mv "$server/etc/openccb/secrets/$secret" "$BATS_TEST_TMPDIR/kept"
		install_stack
		stops_with "the secret"
		[ ! -e "$server/etc/openccb/secrets/$secret" ]
		mv "$BATS_TEST_TMPDIR/kept" "$server/etc/openccb/secrets/$secret"
	done
}

@test "asks for a card only where there is one, and names the domain to the proxy" {
	make_engine
	install_stack --domain bot.example
	grep -q '^COMPOSE_FILE=docker-compose.yml$' "$server/opt/openccb/stack/.env"
	grep -q '^OPENCCB_DOMAIN=bot.example$' "$server/opt/openccb/stack/.env"
	grep -q '"https://bot.example/healthz"' "$server/opt/openccb/stack/docker/prometheus/targets/sites.yml"
	mkdir -p "$server/sys/bus/pci/devices/0" "$server/proc/driver/nvidia"
	echo 0x030200 >"$server/sys/bus/pci/devices/0/class"
	echo 0x10de >"$server/sys/bus/pci/devices/0/vendor"
	touch "$server/proc/driver/nvidia/version"
	echo 'graphics 9600 9600' >"$STAGE/model"
	install_stack
	[ "$status" -eq 0 ]
	grep -q '^COMPOSE_FILE=docker-compose.yml:docker/compose.nvidia.yml$' "$server/opt/openccb/stack/.env"
}

@test "refuses an engine or a compose that is too old, before anything is changed" {
	make_engine
	echo 20.10.24 >"$STAGE/engine-version"
	install_stack
	refuses_with "Docker is 20.10.24 and must be 24 or newer"
	rm "$STAGE/engine-version"
	echo v2.17.3 >"$STAGE/compose-version"
	install_stack
	refuses_with "docker compose is missing or older than 2.20"
}

@test "starts nothing with a token that the doctor refuses" {
	make_engine
	echo 'Discord: the token is not valid' >"$STAGE/doctor"
	install_stack
	stops_with "the doctor found"
	[ ! -e "$STAGE/up" ]
}

@test "starts the monitoring where it is wanted, and lets it in where a channel is told" {
	make_engine
	install_stack --monitoring --set OPENCCB_ALERTS_CHANNEL=slack:T1:C1
	[ "$status" -eq 0 ]
	grep -q '^COMPOSE_PROFILES=monitoring$' "$server/opt/openccb/stack/.env"
	grep -q '^OPENCCB_ALERTS_TOKEN_FILE=/run/secrets/alerts_token$' "$server/opt/openccb/stack/.env"
	grep -q "^docker compose.* exec -T postgres psql" "$STAGE/calls"
}

@test "makes backups by night, and a key that is to be taken elsewhere" {
	make_engine
	install_stack
	[[ $output == *"No backup opens without"*backup.key* ]]
	[ -e "$STAGE/is-enabled openccb-backup.timer" ]
	grep -q "^ExecStart=$project/scripts/backup.sh$" "$server/etc/systemd/system/openccb-backup.service"
	rm "$server/etc/openccb/backup.key"
	install_stack
	[[ $output == *"Nothing to do"* && $output != *"No backup opens"* ]]
}
