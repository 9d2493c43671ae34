#!/usr/bin/env bash
# Restores a backup of the bot, or only shows that it could be. What is there is replaced once the backup has been loaded and read beside it. See docs/operations.md, "Restore".

# shellcheck disable=SC2154 # the parts share one shell
set -euo pipefail

# shellcheck source=/dev/null
. "$(dirname "${BASH_SOURCE[0]}")/backup/parts/begin.sh"
for part in restore-options refusals switching; do
	# shellcheck source=/dev/null
	. "$here/parts/$part.sh"
done

read_restore_options "$@"
find_way
find_data
must_be_root
one_at_a_time
make_work
if [ "$action" = back ] || [ "$action" = forget ]; then
	! uses_server || read_database
	[ "$action" = forget ] || refuse_running
	if [ "$action" = back ]; then go_back && say gone_back "$(command_to start)"; else forget_restore_point && say forgotten; fi
	exit
fi

find_backup "$work/brought"
say opening "$(basename "$backup_file")"
check_length_and_hash "$backup_file"
unseal "$backup_file" "$work/backup"
refuse_unfit "$work/backup"
made=$(date -d "@$(said made "$work/backup/manifest")" '+%Y-%m-%d %H:%M')
if [ "$action" = verify ]; then
	verify "$work/backup"
	note_success openccb_backup_last_verified_timestamp_seconds "$(date +%s)"
	say verified "$made" "$SECONDS"
	exit
fi
refuse_running
refuse_data
is_agreed shall_i_restore "$made" "$(said program "$work/backup/manifest")" || stop declined
had_data=no
! has_data || had_data=yes
restore "$work/backup"
if [ "$had_data" = yes ]; then say restore_point_kept; else ! has_restore_point || forget_restore_point; fi
say restored "$made" "$SECONDS" "$(command_to start)"
