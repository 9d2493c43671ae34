# shellcheck shell=bash
# Where backups lie: a folder, a bucket (`s3://BUCKET/PREFIX`), or whatever rclone knows (`rclone:REMOTE:PATH`). Nothing has its name there before it is whole.

is_remote() { [[ $backup_target == s3://* || $backup_target == rclone:* ]]; }

# As rclone names it. Keys and address of a bucket come by its own variables, such as RCLONE_S3_ACCESS_KEY_ID (rclone manual, "Environment Variables").
remote() {
	case $backup_target in
		s3://*) printf ':s3:%s' "${backup_target#s3://}" ;;
		*) printf '%s' "${backup_target#rclone:}" ;;
	esac
}

open_target() {
	if is_remote; then
		need rclone
		try target_refused rclone mkdir "$(remote)"
	else
		try target_refused mkdir -p "$backup_target"
		chmod 700 "$backup_target"
	fi
}

# put_backup FILE: with what stands beside it, which comes first.
put_backup() {
	local file
	for file in "$1.sha256" "$1"; do
		if is_remote; then
			try target_failed rclone copyto "$file" "$(remote)/$(basename "$file").part"
			try target_failed rclone moveto "$(remote)/$(basename "$file").part" "$(remote)/$(basename "$file")"
		else
			try target_failed put_in_folder "$file"
		fi
	done
}

put_in_folder() {
	local part
	part=$backup_target/$(basename "$1").part
	if ! cp "$1" "$part" || ! sync "$part"; then
		rm -f "$part"
		return 1
	fi
	mv "$part" "$backup_target/$(basename "$1")"
}

# The names of all, the oldest first.
list_backups() {
	{ if is_remote; then rclone lsf --files-only "$(remote)"; else ls "$backup_target" 2>/dev/null; fi; } | grep -E '^openccb-[0-9]{8}T[0-9]{6}Z\.tar(\.age)?$' | sort || true
}

# fetch_backup NAME FOLDER: with what stands beside it.
fetch_backup() {
	if is_remote; then
		try target_failed rclone copyto "$(remote)/$1" "$2/$1"
		rclone copyto "$(remote)/$1.sha256" "$2/$1.sha256" 2>/dev/null || true
	else
		[ -f "$backup_target/$1" ] || stop file_missing "$backup_target/$1"
		ln -s "$backup_target/$1" "$2/$1"
		[ ! -f "$backup_target/$1.sha256" ] || ln -s "$backup_target/$1.sha256" "$2/$1.sha256"
	fi
}

# forget_old_backups: and what an interrupted one left.
forget_old_backups() {
	local name
	list_backups | unwanted "$kept_days" "$kept_weeks" "$kept_months" | while read -r name; do
		for name in "$name" "$name.sha256"; do
			if is_remote; then rclone deletefile "$(remote)/$name"; else rm -f "${backup_target:?}/$name"; fi
		done
	done
	is_remote || find "$backup_target" -maxdepth 1 -name 'openccb-*.part' -delete
}
