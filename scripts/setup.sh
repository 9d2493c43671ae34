#!/usr/bin/env bash
# From a fresh Debian or Ubuntu server to a bot that answers, in one command; safe to run again. See docs/operations.md.

# shellcheck disable=SC2154 # the parts share one shell
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
here=$project/scripts/setup

for part in words places options answers changes sources secrets ask running model nightly phases; do
	# shellcheck source=/dev/null
	. "$here/parts/$part.sh"
done

read_options "$@"
one_at_a_time
watch_for_the_end

run_phase 10-check
run_phase 20-answers
show_plan
begin_changes
for phase in "$here/$way"/[0-9]*.sh; do run_phase "$way/$(basename "$phase" .sh)"; done
tell_end
