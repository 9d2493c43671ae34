# shellcheck shell=bash
# Builds the image of these sources, unless it is there.

image=openccb:$(fingerprint docker)

say image "$image"
if ! docker image inspect "$image" >/dev/null 2>&1; then
	quietly image_failed docker build --file "$project/docker/Dockerfile" --build-arg "VERSION=${image#openccb:}" --tag "$image" "$project"
	count_change
fi
