# shellcheck shell=bash disable=SC2034
# What backups and restores say in English. Keys and places for values are the same in every language.

sentences=(
	[backup_usage]='Usage: scripts/backup.sh [--target WHERE] [--plain] [--with-secrets] [--no-verify] [--list] [--schedule [--at HH:MM]] [--lang en|es]
  --target WHERE   a folder, s3://BUCKET/PREFIX or rclone:REMOTE:PATH; without it OPENCCB_BACKUP_TARGET, or /var/backups/openccb/nightly
  --plain          does not encrypt: whoever reads the file reads everything that people said
  --with-secrets   takes the secrets along; without it, keep /etc/openccb/secrets elsewhere yourself
  --no-verify      does not open the backup and read in it
  --list           shows the backups that are there
  --schedule       every night from now on (--at, 02:30)
See docs/operations.md, "Backups".'
	[restore_usage]='Usage: scripts/restore.sh BACKUP [--identity KEYFILE] [--verify] [--replace] [--target WHERE] [--yes] [--lang en|es]
       scripts/restore.sh --back | --forget
  BACKUP             a file, a name that scripts/backup.sh --list shows, or "latest"
  --identity FILE    the private key (age) that opens it; or OPENCCB_BACKUP_IDENTITY
  --verify           only opens it beside everything else, reads in it, and leaves nothing
  --replace          where there is data: keeps it as a restore point until --forget
  --back             puts back what was there before the last restore
  --forget           throws the restore point away
See docs/operations.md, "Restore".'

	[stopped]='Stopped: '
	[unexpected]='Stopped: something that nobody expected at %s.'
	[option_unknown]='%s is no option; %s --help shows them all.'
	[option_without_value]='%s needs a value behind it.'
	[language_unknown]='"%s" is not spoken here; choose --lang en or --lang es.'
	[not_a_time]='"%s" is no time of day; write it as 02:30.'
	[not_root]='only root can read all of it: run it with sudo.'
	[already_running]='another backup or restore is running; wait for its end.'
	[program_missing]='%s is not installed here; the system has a package of it.'
	[no_node]='there is no Node.js here; run npm start once.'
	[address_unreadable]='the address of the database (DATABASE_URL) is not one that a backup can be made with: a user, a host and a plain name of a database are needed.'
	[database_elsewhere]='the database is on %s: say how its administrator gets there with PGHOST, PGUSER and PGPASSFILE in %s.'
	[no_recipients]='there is no key to encrypt for: make one with "age-keygen" on another machine and put its public part into %s, or give --plain.'
	[recipients_unreadable]='%s holds no public keys of age.'
	[disk_full]='the disk is full at %s; nothing was kept of this. Make room, or choose another place.'
	[role_refused]='the role %s could not be made; whoever administrates the database has to.'
	[dump_failed]='the rows could not be read (%s).'
	[dump_empty]='the dump holds no rows, so it is none.'
	[files_failed]='the documents could not be read (%s).'
	[archive_failed]='the backup could not be written (%s).'
	[target_refused]='%s is not a place that backups can be put in.'
	[target_failed]='the place for backups did not take or give the file (%s).'
	[load_failed]='the backup could not be loaded (%s).'
	[counts_differ]='a table has other rows than the backup says: %s.'
	[check_failed]='the copy does not serve: %s.'
	[document_changed]='the document %s is not what it was.'
	[no_password]='DATABASE_URL has no password, so its login cannot be made again.'

	[backup_begins]='Backing up (%s) to %s.'
	[verifying]='Opening the backup beside everything else and reading in it.'
	[backup_done]='Done: %s/%s (%s kB); %s are there.'
	[backup_without_secrets]='Not in it: the secrets of /etc/openccb/secrets, models, and documents that lie in a bucket. Keep the secrets and the private key elsewhere.'
	[scheduled]='A backup is made every night at %s: systemctl list-timers openccb-backup.timer, journalctl -u openccb-backup.'

	[no_name]='name the backup: a file, a name that scripts/backup.sh --list shows, or "latest".'
	[one_name]='one backup at a time.'
	[no_backups]='there is no backup in %s.'
	[file_missing]='there is no %s.'
	[no_identity]='this backup is encrypted: give the private key with --identity FILE.'
	[wrong_key]='%s was not encrypted for this key; take the one whose public part was among the recipients then.'
	[cut_off]='%s was cut off: it has %s of %s bytes. Fetch it again, or take another one.'
	[cut_off_somewhere]='%s was cut off. Fetch it again, or take another one.'
	[changed]='%s was damaged: it is not what was written. Take another one.'
	[changed_or_cut_off]='%s was damaged or cut off: it is not what was written. Fetch it again, or take another one.'
	[no_backup]='%s is no backup of OpenCCB.'
	[archive_unreadable]='the backup could not be opened (%s).'
	[dump_without_rows]='the dump in this backup is empty; take another one.'
	[format_newer]='the backup was written by a newer program (form %s); install the newest version first.'
	[program_newer]='the backup is of OpenCCB %s with the schema %s, and this is %s: install that version or a newer one first.'
	[server_newer]='the backup is of PostgreSQL %s and the server here is %s: take a server as new, or newer.'
	[vectors_missing]='the backup has vectors and this server has no pgvector: install it first (postgresql-%s-pgvector).'
	[kinds_differ]='the backup is of the %s database and this bot has the %s one; npm run move-to-server carries one to the other.'
	[kind_server]='server'
	[kind_embedded]='embedded'
	[program_runs]='the bot is running: stop it first (%s).'
	[database_in_use]='%s connections are open to the database: stop the bot everywhere first.'
	[has_data]='there is data already: give --replace, and it is kept as a restore point.'
	[restore_point_left]='there is a restore point already: throw it away with --forget, or go back to it with --back.'
	[no_restore_point]='there is no restore point.'
	[not_a_terminal]='nobody can be asked here: give --yes.'
	[declined]='you did not say yes.'
	[shall_i_restore]='Restore the backup of %s (OpenCCB %s)? [y/N]'
	[opening]='Opening %s.'
	[loading]='Loading it beside what is there.'
	[checking]='Reading in it.'
	[switching]='Putting it in place.'
	[switch_failed]='it could not be put in place (%s); what was there is there again.'
	[verified]='The backup of %s serves: every table has its rows, and people read what is theirs (%s s).'
	[restored]='Restored: the bot as it was on %s (%s s). Start it: %s.'
	[restore_point_kept]='What was there before is kept: scripts/restore.sh --back puts it back, --forget throws it away.'
	[gone_back]='What was there before the restore is in its place again. Start the bot: %s.'
	[forgotten]='The restore point is thrown away.'
)
