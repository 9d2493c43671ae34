#!/bin/sh
# Brings the models named in MODELS into the folder that the model server reads, and ends. What is there already is not brought again.
set -u

most_tries=5

ollama serve >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null' EXIT
until ollama list >/dev/null 2>&1; do
	kill -0 "$server" 2>/dev/null || { echo "ollama serve ended before it answered" >&2; exit 1; }
	sleep 1
done

failed=0
for model in $MODELS; do
	if ollama show "$model" >/dev/null 2>&1; then
		echo "$model is there"
		continue
	fi
	try=1
	until ollama pull "$model"; do
		if [ "$try" -ge "$most_tries" ]; then
			echo "$model could not be brought in $most_tries tries: 'docker compose run --rm ollama-pull' tries again" >&2
			failed=1
			break
		fi
		echo "$model: try $try failed, the next one in $((try * 10)) s" >&2
		sleep $((try * 10))
		try=$((try + 1))
	done
done
exit "$failed"
