# shellcheck shell=bash
# Where everything lies, the numbers that hold for all ways, and whose it is. Tests put `root` elsewhere.

root=${OPENCCB_SETUP_ROOT:-}

settings_folder=$root/etc/openccb
answers_file=$settings_folder/setup.conf
# Written by this script alone; what an administrator adds lies beside it and wins.
settings_file=$settings_folder/setup.env
own_settings_file=$settings_folder/openccb.env
secrets_folder=$settings_folder/secrets
program_folder=$root/opt/openccb
state_folder=$root/var/lib/openccb-setup

# The account of the image has the same number, so that both ways can read the same secrets.
account=openccb
account_number=10001

# An embedded or a server database, the bot, and what the system needs.
least_memory_mb=1900
# With the smallest useful model beside it, on a machine sold as "8 GB".
least_memory_with_model_mb=7500
# The system, the program with two older releases, logs, a database that grows.
least_disk_gb=10
# A container engine with its images comes on top.
least_disk_with_docker_gb=20
# Platforms refuse signatures and tokens that are minutes off; a clock that is kept in time is off by less than a second.
most_clock_seconds=30
