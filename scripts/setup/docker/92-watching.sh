# shellcheck shell=bash
# PostgreSQL's login for whoever watches it. It sees numbers and no rows, and is there before the profile `monitoring` is.

prepare_watching() { (cd "$stack_folder" && OPENCCB_SECRETS=$settings_folder/secrets quietly stack_failed bash docker/prometheus/prepare.sh); }

prepare_watching
