# shellcheck shell=bash
# Secrets in files, one each, that root writes and the program's group reads.

# Those that were given in this run: in a file, or in the environment under their own names.
keep_given_secrets() {
	local name
	put_folder "$settings_folder" 755 root:root
	put_folder "$secrets_folder" 750 "root:$account_number"
	take_back_untried
	for name in "${secret_names[@]}"; do
		if [ -n "${secret_files[$name]:-}" ]; then
			keep_secret "$name" <"${secret_files[$name]}"
		elif [ -n "${!name:-}" ]; then
			keep_secret "$name" <<<"${!name}"
		fi
	done
}

# keep_secret NAME: what comes on standard input, without the line break at its end.
keep_secret() { tr -d '\r\n' | put_untried "$secrets_folder/$1" 440 "root:$account_number"; }

# make_secret_once NAME VALUE: where there is none yet. Whoever had data before has stopped long before this.
make_secret_once() { has_secret "$1" || keep_secret "$1" <<<"$2"; }

kept_secrets() { find "$secrets_folder" -maxdepth 1 -type f -name '[A-Z]*' ! -name '*.*' -printf '%f\n' | sort; }
