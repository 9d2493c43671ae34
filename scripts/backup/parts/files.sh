# shellcheck shell=bash
# What lies in files: documents under their hashes, and settings without secrets.

# copy_documents FILE: after the rows, since a file without a row is removed later, and a row without its file cannot be mended.
copy_documents() {
	if in_docker; then
		try files_failed compose cp app:/data/documents - >"$1"
	elif [ -d "$data_folder/documents" ]; then
		# 1: something was removed while it was read, as documents are that somebody deletes.
		tar -C "$data_folder" --exclude='*.part' -c -f "$1" documents 2>>"$work/errors.log" || [ $? -eq 1 ] || explain files_failed
	else
		tar -c -f "$1" --files-from /dev/null
	fi
}

# copy_settings FILE: so that a new server is told the same. Whatever looks like a secret stays behind; with_secrets takes these too.
copy_settings() {
	local folder=$work/settings
	mkdir -p "$folder"
	case $way in
		systemd) copy_plain "$settings_file" && copy_plain "$own_settings_file" ;;
		docker) copy_plain "$stack_folder/.env" ;;
		checkout) copy_plain "$project/.env" ;;
	esac
	if [ "$with_secrets" = yes ]; then
		[ ! -d "$root/etc/openccb/secrets" ] || cp -a "$root/etc/openccb/secrets" "$folder/"
		[ "$way" != checkout ] || [ ! -f "$project/.env" ] || cp "$project/.env" "$folder/.env"
	fi
	tar -C "$folder" -c -f "$1" .
}

copy_plain() {
	[ -f "$1" ] || return 0
	sed -E '/^[A-Z0-9_]*(TOKEN|SECRET|PASSWORD|KEY|URL)[A-Z0-9_]*=/d' "$1" >"$folder/$(basename "$1")"
}

count_documents() { tar -t -f "$1" | grep -c -E '(^|/)[0-9a-f]{2}/[0-9a-f]{62}$' || true; }
