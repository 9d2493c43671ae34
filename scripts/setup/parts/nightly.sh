# shellcheck shell=bash
# Backups by night: the key that opens them, who may, and the timer.

recipients_file=$settings_folder/backup.recipients
backup_key_file=$settings_folder/backup.key

wants_backups() { [ "${answers[backups]:-yes}" = yes ]; }

prepare_nightly() {
	wants_backups || return 0
	say nightly
	make_backup_key
	systemctl is-enabled --quiet openccb-backup.timer && return
	quietly schedule_failed "$project/scripts/backup.sh" --schedule --lang "$short_language"
	count_change
}

# A key of this server's own, where nobody has named another: it has to be taken elsewhere by somebody, since no backup opens without it.
make_backup_key() {
	[ ! -s "$recipients_file" ] || return 0
	[ -s "$backup_key_file" ] || age-keygen 2>/dev/null | put "$backup_key_file" 400 root:root
	age-keygen -y "$backup_key_file" | put "$recipients_file" 644 root:root
}

tell_backup_key() { [ ! -s "$backup_key_file" ] || say backup_key_here "$backup_key_file"; }
