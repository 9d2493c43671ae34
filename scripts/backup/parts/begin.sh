# shellcheck shell=bash disable=SC2034,SC2154
# What backup.sh and restore.sh have in common: the folders, the words, and the parts of both.

umask 077
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
here=$project/scripts/backup

for part in words places; do
	# shellcheck source=/dev/null
	. "$project/scripts/setup/parts/$part.sh"
done
for part in places language ways trying dump embedded manifest archive target retention load status; do
	# shellcheck source=/dev/null
	. "$here/parts/$part.sh"
done
