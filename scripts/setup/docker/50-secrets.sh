# shellcheck shell=bash
# Writes settings and secrets. Those of the database are made once; nobody needs to know them.

keep_server_secret() {
	[ -s "$server_secrets_folder/$1" ] || make_secret | put "$server_secrets_folder/$1" 440 "root:$server_account_number"
}

say secrets
put_folder "$settings_folder" 755 root:root
put_folder "$settings_folder/secrets" 755 root:root
keep_given_secrets
put_folder "$server_secrets_folder" 750 "root:$server_account_number"
for name in superuser_password program_password backup_password; do keep_server_secret "$name"; done
make_secret_once database_url "postgres://openccb:$(<"$server_secrets_folder/program_password")@postgres:5432/openccb"
write_answers
