#!/usr/bin/env bash
# Backs up the bot: its rows and documents, encrypted, checked, and kept for days, weeks and months. See docs/operations.md, "Backups".

# shellcheck disable=SC2154 # the parts share one shell
set -euo pipefail

# shellcheck source=/dev/null
. "$(dirname "${BASH_SOURCE[0]}")/backup/parts/begin.sh"
for part in backup-options files schedule; do
	# shellcheck source=/dev/null
	. "$here/parts/$part.sh"
done

read_backup_options "$@"
find_way
find_data
case $action in
	list)
		list_backups
		exit
		;;
	schedule)
		must_be_root
		require_recipients
		schedule
		exit
		;;
esac
must_be_root
one_at_a_time
require_recipients
make_work
open_target

say backup_begins "$way" "$backup_target"
made_at=$(date +%s)
name=openccb-$(date -u -d "@$made_at" +%Y%m%dT%H%M%SZ).tar
[ "$plain" = yes ] || name=$name.age
if uses_server; then
	read_database
	rows=database.dump
	dump_server "$work"
else
	rows=database.tar
	copy_embedded "$work"
fi
copy_documents "$work/documents.tar"
copy_settings "$work/settings.tar"
write_manifest "$work" "$rows" documents.tar settings.tar
if [ "$verifies" = yes ]; then
	say verifying
	verify "$work"
	verified_at=$(date +%s)
fi
seal "$work" "$work/$name" "$rows" documents.tar settings.tar
size=$(stat -c %s "$work/$name")
put_backup "$work/$name"
forget_old_backups
note_success openccb_backup_last_success_timestamp_seconds "$made_at" openccb_backup_size_bytes "$size" \
	openccb_backup_duration_seconds "$(($(date +%s) - made_at))" ${verified_at:+openccb_backup_last_verified_timestamp_seconds "$verified_at"}
say backup_done "$backup_target" "$name" "$((size / 1000))" "$(list_backups | wc -l)"
[ "$with_secrets" = yes ] || say backup_without_secrets
