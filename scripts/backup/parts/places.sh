# shellcheck shell=bash disable=SC2034
# Where backups come from and go to, and the numbers that hold for all of them.

# What an administrator decides about backups: NAME=VALUE in each line, root's alone to read.
backup_settings_file=${OPENCCB_BACKUP_SETTINGS:-$root/etc/openccb/backup.env}
# The signs of what went well, for monitoring, and the locks of nobody else.
backup_state_folder=$root/var/lib/openccb-backup
status_file=$backup_state_folder/openccb_backup.prom
backup_lock_file=$root/run/openccb-backup.lock
stack_folder=$program_folder/stack
stack_secrets_folder=$settings_folder/secrets/postgres

# Reads every row whatever the policies say, changes nothing, and nobody logs in as it but where the containers' server made it so.
backup_role=openccb_backup
# The form of what is written here: one that is higher was made by a newer program.
backup_format=1

# How many of each kind are kept.
kept_days=14
kept_weeks=8
kept_months=12

# shellcheck source=/dev/null
[ ! -f "$backup_settings_file" ] || { set -a && . "$backup_settings_file" && set +a; }

backup_target=${OPENCCB_BACKUP_TARGET:-$root/var/backups/openccb/nightly}
recipients_file=${OPENCCB_BACKUP_RECIPIENTS:-$root/etc/openccb/backup.recipients}
# With enough room for a dump and the documents, and not in memory.
work_parent=${OPENCCB_BACKUP_WORK:-$root/var/tmp}
