# shellcheck shell=bash
# Brings the container engine, where the distribution has one that is new enough, and what encrypts backups.

if ! command -v docker >/dev/null; then
	say installing 'docker.io docker-compose-v2'
	export DEBIAN_FRONTEND=noninteractive
	quietly packages_failed apt-get update
	quietly packages_failed apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=300 docker.io docker-compose-v2 docker-buildx
	count_change
fi

if wants_backups && ! command -v age-keygen >/dev/null; then
	say installing age
	quietly packages_failed apt-get update
	quietly packages_failed apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=300 age
	count_change
fi
