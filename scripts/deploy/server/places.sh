# shellcheck shell=bash
# Where an update keeps what it needs, and the numbers that hold for all of them.

deploy_folder=$root/var/lib/openccb-deploy
# A file for each update, with everything that happened in it.
runs_folder=$deploy_folder/runs
incoming_folder=$deploy_folder/incoming
# The releases that answered well, the newest first.
good_file=$deploy_folder/good
backup_folder=$root/var/backups/openccb
lock_file=$root/run/openccb-deploy.lock
releases_folder=$program_folder/releases
current_link=$program_folder/current

# Beside the present one: two to go back to, and their dumps.
kept_releases=3
# The second process, with its embedded readers of files, takes up to 400 MB.
least_free_memory_mb=512
# What follows is shorter in tests.
# A version that loses memory by the second, or falls over its first jobs, shows it within this time.
watch_seconds=${OPENCCB_DEPLOY_WATCH_SECONDS:-10}
# A proxy looks every 2 s (docker/caddy/Caddyfile) whether the process beside takes messages in.
notice_seconds=${OPENCCB_DEPLOY_NOTICE_SECONDS:-3}
# How long the process beside answers on when it goes, so that a proxy notices first.
drain_seconds=5
# More than this share of its limit is no way to begin.
most_memory_percent=75
