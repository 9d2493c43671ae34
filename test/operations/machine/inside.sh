#!/bin/sh
# Runs a command in the namespaces that it was started in: with a network that holds nothing but an emulated outside, and podman's service.
set -eu

mkdir -p /run/containers
# Where podman notes what networks and names there are; the machine's own notes stay untouched.
mount -t tmpfs tmpfs /run/containers
ip link set lo up
# The only address beyond the containers' networks: who reaches it reaches the outside.
ip link add outside type bridge
ip address add 198.51.100.1/24 dev outside
ip link set outside up
podman system service --time 0 "$DOCKER_HOST" 2>"$OPENCCB_PROOF_FOLDER/podman.log" &
service=$!
code=0
"$@" || code=$?
podman rm --all --force --time 0 >/dev/null 2>&1 || true
kill "$service"
exit "$code"
