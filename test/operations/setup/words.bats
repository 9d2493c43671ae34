#!/usr/bin/env bats
# The sentences: the same ones in each language, none too many and none too few.

load stage

# sentences_of LANGUAGE: a line each, key and places for values.
sentences_of() {
	bash -c 'declare -A sentences; . "$1" && for key in "${!sentences[@]}"; do
		printf "%s %s\n" "$key" "$(grep -o "%[sd]" <<<"${sentences[$key]}" | tr -d "\n")"; done' _ "$project/scripts/setup/words/$1.sh" | sort
}

@test "every sentence is there in each language, with the same values at its places" {
	[ "$(sentences_of english)" = "$(sentences_of spanish)" ]
	[ "$(sentences_of english | wc -l)" -gt 50 ]
}

@test "every sentence is said somewhere, and none is said that is not there" {
	said=$(grep -r -h -o -E '\b(say|stop|sentence|quietly|ask [a-z]+|ask_secret [a-z]+|is_agreed) [a-z_]+\b' "$project/scripts/setup" "$project/scripts/setup.sh" --include=*.sh |
		awk '{ print $NF }' | sort -u)
	for key in $(sentences_of english | cut -d ' ' -f 1); do
		[ "$key" = stopped ] || grep -q -x "$key" <<<"$said" || { echo "nobody says $key" && false; }
	done
	for key in $(grep -r -h -o -E '\b(say|stop|sentence|quietly) [a-z]+(_[a-z]+)+\b' "$project/scripts/setup" --include=*.sh | awk '{ print $2 }' | sort -u); do
		sentences_of english | grep -q "^$key " || { echo "there is no $key" && false; }
	done
}

@test "no sentence says the same in both languages" {
	same=$(comm -12 <(sed -n -E 's/^\s*\[[a-z_]+\]=(.{20,})/\1/p' "$project/scripts/setup/words/english.sh" | sort) \
		<(sed -n -E 's/^\s*\[[a-z_]+\]=(.{20,})/\1/p' "$project/scripts/setup/words/spanish.sh" | sort))
	[ -z "$same" ]
}

@test "every secret of the program may be given, but those that the setup makes and addresses" {
	known=$(bash -c '. "$1" && printf "%s\n" "${secret_names[@]}"' _ "$project/scripts/setup/parts/options.sh" | sort)
	secrets=$(sed -n '3p' "$checkout/.env.example" | grep -o -E '[A-Z][A-Z0-9_]+' | grep -v -x -E 'DATABASE_URL|REDIS_URL|OLLAMA_HOST|OPENCCB_ALERTS_TOKEN' | sort)
	[ "$known" = "$secrets" ]
}

@test "shellcheck finds nothing" {
	shellcheck "$checkout"/scripts/setup.sh "$checkout"/scripts/setup/*.sh "$checkout"/scripts/setup/*/*.sh "$BATS_TEST_DIRNAME"/stage.bash
}
