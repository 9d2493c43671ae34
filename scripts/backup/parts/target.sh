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

# A bucket is there already, and shows nothing before it is whole.
is_bucket() { [[ $backup_target == s3://* ]]; }

run_rclone() { RCLONE_S3_NO_CHECK_BUCKET=true rclone --quiet "$@"; }

open_target() {
	if is_remote; then
		need rclone
		is_bucket || try target_refused run_rclone mkdir "$(remote)"
	else
		try target_refused mkdir -p "$backup_target"
		chmod 700 "$backup_target"
	fi
}

# put_backup FILE: with what stands beside it, which has its name first. What does not come whole leaves nothing.
put_backup() {
	put_parts "$1" "$1.sha256" 2>>"$work/errors.log" || {
		forget_parts "$(basename "$1")" >/dev/null 2>&1 || true
		explain target_failed
	}
}

put_parts() {
	local name
	name=$(basename "$1")
	if is_bucket; then
		run_rclone copyto "$2" "$(remote)/$name.sha256" && run_rclone copyto "$1" "$(remote)/$name"
	elif is_remote; then
		run_rclone copyto "$1" "$(remote)/$name.part" && run_rclone copyto "$2" "$(remote)/$name.sha256" &&
			run_rclone moveto "$(remote)/$name.part" "$(remote)/$name"
	else
		cp "$1" "$backup_target/$name.part" && cp "$2" "$backup_target/$name.sha256" && sync "$backup_target/$name.part" &&
			mv "$backup_target/$name.part" "$backup_target/$name"
	fi
}

# forget_parts NAME
forget_parts() {
	if is_remote; then
		run_rclone deletefile "$(remote)/$1.sha256"
		is_bucket || run_rclone deletefile "$(remote)/$1.part"
	else
		rm -f "${backup_target:?}/$1.part" "${backup_target:?}/$1.sha256"
	fi
}

# The names of all, the oldest first. What lies in folders below is no backup.
list_backups() {
	{ if is_remote; then run_rclone lsf --files-only --recursive --fast-list "$(remote)"; else ls "$backup_target" 2>/dev/null; fi; } | grep -E '^openccb-[0-9]{8}T[0-9]{6}Z\.tar(\.age)?$' | sort || true
}

# fetch_backup NAME FOLDER: with what stands beside it.
fetch_backup() {
	if is_remote; then
		try target_failed run_rclone copyto "$(remote)/$1" "$2/$1"
		run_rclone copyto "$(remote)/$1.sha256" "$2/$1.sha256" 2>/dev/null || true
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
		if is_remote; then
			try target_failed run_rclone deletefile "$(remote)/$name"
			run_rclone deletefile "$(remote)/$name.sha256" 2>/dev/null || true
		else
			rm -f "${backup_target:?}/$name" "${backup_target:?}/$name.sha256"
		fi
	done
	is_remote || find "$backup_target" -maxdepth 1 -name 'openccb-*.part' -delete
}
