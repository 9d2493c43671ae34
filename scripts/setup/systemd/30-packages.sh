# shellcheck shell=bash
# Brings what the distribution has: Node.js to bring our own, PostgreSQL, Redis.

install_packages() {
	local packages
	mapfile -t packages < <(missing_packages)
	export DEBIAN_FRONTEND=noninteractive
	# A run that was cut off may have left packages unpacked.
	[ -z "$(dpkg --audit)" ] || quietly packages_failed dpkg --configure -a
	[ "${#packages[@]}" -gt 0 ] || return 0
	# The package starts a Caddy that takes port 80 for a page of its own; one that was there before is somebody's.
	[[ " ${packages[*]} " != *' caddy '* ]] || systemctl mask --quiet caddy.service
	say installing "${packages[*]}"
	quietly packages_failed apt-get update
	quietly packages_failed apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=300 "${packages[@]}"
	count_change
}

# pgvector is a package of its own, which Debian 12 does not have.
install_vectors() {
	local package
	uses_server || return 0
	package=postgresql-$(server_version)-pgvector
	is_offered "$package" && ! dpkg-query --show "$package" >/dev/null 2>&1 || return 0
	quietly packages_failed apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=300 "$package"
	count_change
}

is_offered() { [ -n "$(apt-cache madison "$1" 2>/dev/null)" ]; }

install_packages
install_vectors
