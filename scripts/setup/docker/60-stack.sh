# shellcheck shell=bash
# Puts the compose file and its settings in place.

write_stack() {
	local file
	put_folder "$program_folder" 755 root:root
	put_folder "$stack_folder" 755 root:root
	for file in docker-compose.yml $(cd "$project" && find docker -type f -not -name 'Dockerfile' -not -name '*.mjs'); do
		# Whom somebody has named to the monitoring stays.
		[[ $file != docker/prometheus/targets/* ]] || [ ! -f "$stack_folder/$file" ] || continue
		mkdir -p "$(dirname "$stack_folder/$file")"
		# Scripts among them are run by their interpreters: all of them are read only.
		put "$stack_folder/$file" 644 root:root <"$project/$file"
	done
	# It answers there, whatever the address is.
	[ -z "${answers[domain]:-}" ] || printf -- '- targets: ["https://%s/healthz"]\n' "${answers[domain]}" | put "$stack_folder/docker/prometheus/targets/sites.yml" 644 root:root
	stack_settings | put "$stack_folder/.env" 644 root:root
}

# What compose reads and what the program is given; the last of two lines wins.
stack_settings() {
	local name
	sorted settings
	lines_of "$own_settings_file"
	for name in $(kept_secrets); do echo "${name}_FILE=/run/secrets/$name"; done
	echo COMPOSE_PROJECT_NAME=openccb
	echo "COMPOSE_FILE=$(compose_files)"
	echo "OPENCCB_IMAGE=$image"
	echo "OPENCCB_SECRETS=$settings_folder/secrets"
	[ -z "${answers[domain]:-}" ] || echo "OPENCCB_DOMAIN=${answers[domain]}"
	# Made beside the others; the program takes it only where it knows a channel.
	! tells_alerts || echo OPENCCB_ALERTS_TOKEN_FILE=/run/secrets/alerts_token
	[ "${answers[monitoring]:-no}" = no ] || echo COMPOSE_PROFILES=monitoring
}

# A file that asks for a card does not start where there is none.
compose_files() {
	local maker files=docker-compose.yml
	[ "$accepts_processor" = yes ] || for maker in $(graphics_makers); do
		case $maker in
			0x10de) files=docker-compose.yml:docker/compose.nvidia.yml ;;
			0x1002) files=docker-compose.yml:docker/compose.amd.yml ;;
		esac
	done
	echo "$files"
}

say stack "$stack_folder"
write_stack
