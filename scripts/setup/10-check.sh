# shellcheck shell=bash
# Looks whether this server will do. Changes nothing.

check_system() {
	local ID='' VERSION_ID='' PRETTY_NAME=''
	# shellcheck source=/dev/null
	. "$root/etc/os-release"
	case $ID in
		debian) is_at_least "$VERSION_ID" 12 || stop system_too_old "$PRETTY_NAME" ;;
		# Ubuntu 22.04 has a systemd that cannot name the folder of a service's credentials.
		ubuntu) is_at_least "$VERSION_ID" "$([ "$way" = docker ] && echo 22.04 || echo 24.04)" || stop system_too_old "$PRETTY_NAME" ;;
		*) stop system_unknown "${PRETTY_NAME:-$ID}" ;;
	esac
	[ -d "$root/run/systemd/system" ] || stop no_systemd
	[[ $(uname -m) =~ ^(x86_64|aarch64)$ ]] || stop processor_unknown "$(uname -m)"
}

# is_at_least VERSION LEAST: whether the first is no older than the second.
is_at_least() {
	[ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]
}

check_size() {
	local memory_mb free_gb least_mb=$least_memory_mb least_gb=$least_disk_gb
	runs_models_here && least_mb=$least_memory_with_model_mb
	[ "$way" = docker ] && least_gb=$least_disk_with_docker_gb
	memory_mb=$(awk '/^MemTotal:/ { print int($2 / 1024) }' "$root/proc/meminfo")
	[ "$memory_mb" -ge "$least_mb" ] || stop memory_short "$memory_mb" "$least_mb"
	free_gb=$(df --output=avail --block-size=1G "$root/var" | tail -n 1 | tr -d ' ')
	[ "$free_gb" -ge "$least_gb" ] || stop disk_short "$free_gb" "$least_gb"
}

# The ports that will be listened on.
check_ports() {
	local port
	for port in $(wanted_ports); do
		[ -z "$(ss --no-header --listening --tcp --numeric "sport = :$port")" ] || stop port_taken "$port"
	done
}

# The server that packages come from is asked: it must be reached anyhow, and it tells the time.
check_network() {
	local host offset
	host=$(apt-get indextargets --format '$(SITE)' | sed -n -E 's|^https?://([^/:]+).*|\1|p' | head -n 1)
	[ -n "$host" ] || return 0
	getent ahosts "$host" >/dev/null || stop no_names "$host"
	offset=$(clock_offset "$host") || return 0
	[ "${offset#-}" -le "$most_clock_seconds" ] || stop clock_off "$offset" "$most_clock_seconds"
}

# Seconds by which this machine's clock is ahead of a web server's; fails where none answers.
clock_offset() {
	local date
	date=$(timeout 5 bash -c 'exec 3<>"/dev/tcp/$1/80" && printf "HEAD / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" "$1" >&3 && cat <&3' _ "$1" 2>/dev/null |
		sed -n -E 's/^[Dd]ate: ([^\r]+)\r?$/\1/p')
	[ -n "$date" ] || return 1
	echo $(($(date +%s) - $(date --date="$date" +%s)))
}

# A card without its driver would answer ten times slower than its owner expects. Whether it is used, only a loaded model shows.
check_graphics() {
	local maker
	{ [ "$accepts_processor" = no ] && runs_models_here; } || return 0
	for maker in $(graphics_makers); do
		case $maker in
			0x10de) [ -e "$root/proc/driver/nvidia/version" ] || stop driver_missing NVIDIA /proc/driver/nvidia/version ;;
			0x1002) [ -e "$root/dev/kfd" ] || stop driver_missing AMD /dev/kfd ;;
		esac
	done
}

# The PCI numbers of the makers of what draws or computes (class 0x03).
graphics_makers() {
	local device
	for device in "$root"/sys/bus/pci/devices/*; do
		if [ -r "$device/class" ] && [[ $(<"$device/class") == 0x03* ]]; then cat "$device/vendor"; fi
	done | sort -u
}

say checking
[ "$(id -u)" -eq 0 ] || stop not_root
check_system
read_answers
# shellcheck source=/dev/null
. "$here/$way/state.sh"
check_way
check_size
check_ports
check_network
check_graphics
