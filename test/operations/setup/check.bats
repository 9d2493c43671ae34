#!/usr/bin/env bats
# What the setup looks at before it changes anything.

load stage

@test "says what it would do, and does nothing" {
	before=$(listing)
	install_bot --dry-run
	[ "$status" -eq 0 ]
	[[ $output == *"- try all credentials, then start openccb.service"* ]]
	[ "$(listing | grep -v run/openccb-setup.lock)" = "$before" ]
}

@test "speaks Spanish where the server does, or when it is told to" {
	LANG=es_ES.UTF-8 install_bot --dry-run
	[[ $output == *"Mirando este servidor."* ]]
	install_bot --dry-run --lang es
	[[ $output == *"Era un ensayo"* ]]
}

@test "refuses whoever is not root" {
	stand_in id <<<'echo 1000'
	install_bot
	refuses_with "it must run as root"
}

@test "refuses systems that are too old or unknown" {
	sed -i 's/"12"/"11"/' "$server/etc/os-release"
	install_bot
	refuses_with "is too old"
	printf 'ID=fedora\nVERSION_ID=41\nPRETTY_NAME=Fedora\n' >"$server/etc/os-release"
	install_bot
	refuses_with "Fedora is not known here"
}

@test "refuses Ubuntu 22.04 without Docker, and takes 24.04" {
	printf 'ID=ubuntu\nVERSION_ID="22.04"\nPRETTY_NAME="Ubuntu 22.04"\n' >"$server/etc/os-release"
	install_bot
	refuses_with "is too old"
	printf 'ID=ubuntu\nVERSION_ID="24.04"\nPRETTY_NAME="Ubuntu 24.04"\n' >"$server/etc/os-release"
	install_bot --dry-run
	[ "$status" -eq 0 ]
}

@test "refuses a container without systemd" {
	rmdir "$server/run/systemd/system"
	install_bot
	refuses_with "systemd does not run here"
}

@test "refuses another processor" {
	stand_in uname <<<'echo riscv64'
	install_bot
	refuses_with "riscv64"
}

@test "counts memory for a model that runs here, and without it for one elsewhere" {
	printf 'MemTotal: 4030000 kB\n' >"$server/proc/meminfo"
	install_bot
	refuses_with "3935 MB of memory and needs 7500 MB"
	install_bot --dry-run --ollama http://models.example:11434
	[ "$status" -eq 0 ]
}

@test "refuses a short disk" {
	stand_in df <<<'printf "Avail\n 3\n"'
	install_bot
	refuses_with "only 3 GB are free"
}

@test "refuses a port that another program has, and takes one that it has itself" {
	stand_in ss <<<'echo LISTEN'
	install_bot
	refuses_with "port 3000 is taken"
	touch "$STAGE/is-active openccb.service"
	install_bot --dry-run
	[ "$status" -eq 0 ]
}

@test "refuses a server without DNS" {
	stand_in getent <<<'exit 2'
	install_bot
	refuses_with "the name mirror.example cannot be found"
}

@test "refuses a clock that is off" {
	stand_in timeout <<<'printf "HTTP/1.1 200 OK\r\nDate: %s\r\n\r\n" "$(date --utc --rfc-email --date="10 minutes ago")"'
	install_bot
	refuses_with "seconds off, and platforms refuse more than 30"
}

@test "refuses a graphics card without its driver, unless told to do without" {
	add_card 0x10de
	install_bot
	refuses_with "a graphics card of NVIDIA but no driver"
	install_bot --dry-run --cpu
	[ "$status" -eq 0 ]
	mkdir -p "$server/proc/driver/nvidia" && touch "$server/proc/driver/nvidia/version"
	install_bot --dry-run
	[ "$status" -eq 0 ]
}

@test "refuses a card of AMD without /dev/kfd" {
	add_card 0x1002
	install_bot
	refuses_with "a graphics card of AMD but no driver"
}

@test "refuses a domain that leads nowhere or elsewhere" {
	install_bot --domain nowhere.example
	refuses_with "nowhere.example leads nowhere"
	stand_in ip <<<'echo "2: eth0 inet 192.0.2.99/24 scope global eth0"'
	install_bot --domain bot.example
	refuses_with "bot.example leads to 192.0.2.10"
}

@test "refuses to guess: no platform, a secret on the command line, an unreadable file, an unknown option" {
	run "$project/scripts/setup.sh" --no-docker --yes
	refuses_with "no chat platform was named"
	run "$project/scripts/setup.sh" --set SLACK_BOT_TOKEN=xoxb-1
	stops_with "SLACK_BOT_TOKEN is a secret"
	install_bot --secret DISCORD_BOT_TOKEN=/nowhere
	refuses_with "the file for DISCORD_BOT_TOKEN"
	install_bot --fast
	stops_with "--fast is no option"
}

@test "asks whoever sits there, shows no secret, and does nothing without a yes" {
	answers=$(printf '%s\n' xoxb-typed xapp-typed '' '' '' tiny '' '' n)
	run script --quiet --return --command "$project/scripts/setup.sh --no-docker" /dev/null <<<"$answers"
	[[ $output == *"Which chat shall the bot answer in?"* ]]
	[[ $output == *"load the model tiny"* ]]
	refuses_with "you did not say yes"
	answers=$(printf '%s\n' xoxb-typed xapp-typed '' '' '' tiny '' '' y)
	run script --quiet --return --command "$project/scripts/setup.sh --no-docker" /dev/null <<<"$answers"
	[ "$status" -eq 0 ]
	[ "$(<"$server/etc/openccb/secrets/SLACK_APP_TOKEN")" = xapp-typed ]
}

@test "refuses to ask where nobody is" {
	run "$project/scripts/setup.sh" --no-docker </dev/null
	stops_with "Nobody can be asked here"
}

@test "refuses a second setup at the same time" {
	mkdir -p "$server/run"
	exec 8>"$server/run/openccb-setup.lock"
	flock 8
	install_bot
	stops_with "Another setup is running"
	exec 8>&-
}

# add_card MAKER: a graphics card by its PCI number.
add_card() {
	mkdir -p "$server/sys/bus/pci/devices/0000:01:00.0"
	echo 0x030000 >"$server/sys/bus/pci/devices/0000:01:00.0/class"
	echo "$1" >"$server/sys/bus/pci/devices/0000:01:00.0/vendor"
}
