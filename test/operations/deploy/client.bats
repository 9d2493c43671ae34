#!/usr/bin/env bats
# What an update says, and what it refuses before it has spoken to anybody.

project=$(cd "$BATS_TEST_DIRNAME/../../.." && pwd)
deploy=$project/scripts/deploy

setup() { export LANG=C; }

@test "refuses what it does not understand, in one sentence" {
	for words in '' '--fast host' 'one two' 'host --port x' 'host --lang xx' 'host --version' 'host'; do
		# shellcheck disable=SC2086 # words of a command line
		run "$project/scripts/ssh_deploy.sh" $words </dev/null
		[ "$status" -eq 1 ]
		[ "$(grep -c '^Stopped: ' <<<"$output")" -eq 1 ]
	done
}

@test "speaks Spanish where whoever calls it does, or when it is told to" {
	LANG=es_ES.UTF-8 run "$project/scripts/ssh_deploy.sh"
	[[ $output == "Detenido: nombra el servidor"* ]]
	run "$project/scripts/ssh_deploy.sh" --lang es
	[[ $output == "Detenido: nombra el servidor"* ]]
}

@test "says the same in both languages, with the same values" {
	for language in english spanish; do
		(
			declare -A sentences=()
			# shellcheck source=/dev/null
			. "$deploy/words/$language.sh"
			for key in "${!sentences[@]}"; do echo "$key $(tr -cd % <<<"${sentences[$key]}")"; done | sort
		) >"$BATS_TEST_TMPDIR/$language"
	done
	diff "$BATS_TEST_TMPDIR/english" "$BATS_TEST_TMPDIR/spanish"
}

@test "has a sentence for every step and for everything that can fail" {
	declare -A sentences=()
	# shellcheck source=/dev/null
	. "$deploy/words/english.sh"
	for key in $(grep -ohE '^\s+(.*then )?step [a-z_]+' "$deploy"/server/*.sh | sed 's/.*step /step_/' | sort -u); do [ -n "${sentences[$key]}" ]; done
	for key in $(grep -ohE '\bfail [a-z_]+' "$deploy"/server/*.sh | sed 's/fail /failed_/' | sort -u); do [ -n "${sentences[$key]}" ]; done
	for key in $(sed -n -E "s/.*\`?(not_ready|no_answer|wrong_answer).*/failed_\1/p" "$deploy/probe.mjs" | sort -u); do [ -n "${sentences[$key]}" ]; done
}

@test "is written as shellcheck wants it" {
	shellcheck -x "$project/scripts/ssh_deploy.sh" "$deploy"/*.sh "$deploy"/*/*.sh "$BATS_TEST_DIRNAME"/stage.bash "$BATS_TEST_DIRNAME"/stand-ins/*
}

@test "never dumps a database as the program itself, nor only the rows that it may see" {
	[ -z "$(grep -r -- '--enable-row-security' "$deploy")" ]
	grep -q 'runuser --user postgres -- pg_dump' "$deploy/server/backup.sh"
}
