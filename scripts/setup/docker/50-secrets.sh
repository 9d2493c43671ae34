# shellcheck shell=bash
# Writes settings and secrets. Those of the database and of the monitoring are made once; nobody needs to know them but Grafana's.

# keep_own_secret FOLDER NAME GROUP
keep_own_secret() { [ -s "$1/$2" ] || make_secret | put "$1/$2" 440 "root:$3"; }

say secrets
put_folder "$settings_folder" 755 root:root
put_folder "$settings_folder/secrets" 755 root:root
keep_given_secrets
put_folder "$server_secrets_folder" 750 "root:$server_account_number"
for name in superuser_password program_password backup_password; do keep_own_secret "$server_secrets_folder" "$name" "$server_account_number"; done
put_folder "$watching_secrets_folder" 750 "root:$watching_account_number"
for name in grafana_password monitor_password alerts_token; do keep_own_secret "$watching_secrets_folder" "$name" "$watching_account_number"; done
make_secret_once database_url "postgres://openccb:$(<"$server_secrets_folder/program_password")@postgres:5432/openccb"
# The program compares it with what Alertmanager sends.
make_secret_once alerts_token "$(<"$watching_secrets_folder/alerts_token")"
write_answers
