# shellcheck shell=bash
# Backups by night, unless somebody makes them otherwise.

prepare_nightly
