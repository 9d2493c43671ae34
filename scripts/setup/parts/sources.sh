# shellcheck shell=bash
# The program as this checkout has it.

# Whatever the program runs; what makes and tests it stays behind.
sources=(package.json package-lock.json .npmrc tsconfig.json LICENSE adapters migrations scripts src)

# fingerprint MORE...: the same sources have the same name, whenever and wherever they were copied from.
fingerprint() {
	local version
	version=$(sed -n -E 's/^\s*"version": "([^"]+)".*/\1/p' "$project/package.json")
	echo "$version-$(cd "$project" && find "${sources[@]}" "$@" -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-12)"
}
