# shellcheck shell=bash
# Whether a process of the program is well: it takes messages in, answers a question of ours, goes on living, and does not swell.

# expect_answer UNIT PORT: waits for it, and asks it.
expect_answer() {
	local outcome
	outcome=$("$releases_folder/$asking_release/node" "$here/probe.mjs" "$2" "$patience_seconds" "$(state_of "$1" MainPID)" 2>&1) && return
	is_active "$1" || fail died "$(words_of "$1")"
	fail "${outcome%% *}" "${outcome#* }"
}

# watch UNIT: for a while.
watch() {
	local pid seconds
	pid=$(state_of "$1" MainPID)
	for ((seconds = 0; seconds < watch_seconds; seconds++)); do
		sleep 1
		{ is_active "$1" && [ "$(state_of "$1" MainPID)" = "$pid" ]; } || fail died "$(words_of "$1")"
		is_slim "$1" || fail memory "$(($(memory_of "$1") / 1000000))"
	done
}

is_slim() {
	local used limit
	used=$(memory_of "$1")
	limit=$(state_of "$1" MemoryMax)
	# It is a word where there is none.
	[[ ! $used$limit =~ ^[0-9]+$ ]] || [ "$used" -lt "$((limit * most_memory_percent / 100))" ]
}

# memory_of UNIT: of all its processes where systemd counts them, else of its own one.
memory_of() {
	local used
	used=$(state_of "$1" MemoryCurrent)
	[[ $used =~ ^[0-9]+$ ]] || used=$(awk '/^VmRSS/ { print $2 * 1024 }' "/proc/$(state_of "$1" MainPID)/status")
	printf '%s\n' "$used"
}

# Platforms and other parts that are not up, a name a line.
parts_down() { "$releases_folder/$asking_release/node" "$here/parts-down.mjs" "$1" "${@:2}"; }
