# shellcheck shell=bash
# Starts the stack with what was put in place, and waits until it takes questions.

start_stack() {
	put_folder "$state_folder" 755 root:root
	is_up_to_date && return
	# Secrets are read at the start, so a container that runs with older ones is made anew.
	quietly stack_failed compose up --detach --force-recreate --remove-orphans
	compose exec -T app node scripts/setup/wait-ready.mjs http://127.0.0.1:9464/readyz 180 || {
		compose logs --tail 20 app >&2
		stop service_not_ready app
	}
	wanted_state | put "$started_file" 644 root:root
	count_change
}

say starting app
start_stack
