# shellcheck shell=bash
# Every night by itself: as a service of systemd, whether the bot runs in containers or not.

units_folder=$root/etc/systemd/system

schedule() {
	local script
	need systemctl
	script=$project/scripts/backup.sh
	# Whichever release is in use by then.
	[ "$way" != systemd ] || script=$program_folder/current/scripts/backup.sh
	service_text "$script" >"$units_folder/openccb-backup.service"
	timer_text >"$units_folder/openccb-backup.timer"
	systemctl daemon-reload
	systemctl enable --now openccb-backup.timer
	say scheduled "$schedule_time"
}

service_text() {
	cat <<-UNIT
		# Written by scripts/backup.sh --schedule. What you change belongs into \`systemctl edit openccb-backup.service\`.
		[Unit]
		Description=Backup of OpenCCB, opened and read before it counts
		After=network-online.target postgresql.service docker.service

		[Service]
		Type=oneshot
		ExecStart=$1$([ "$plain" = no ] || echo ' --plain')$([ "$with_secrets" = no ] || echo ' --with-secrets')
		Nice=10
		IOSchedulingClass=idle
		# What hangs is a failure that somebody hears of.
		TimeoutStartSec=4h
		PrivateTmp=yes
		UMask=0077
	UNIT
}

timer_text() {
	cat <<-UNIT
		# Written by scripts/backup.sh --schedule.
		[Unit]
		Description=Nightly backup of OpenCCB

		[Timer]
		OnCalendar=*-*-* $schedule_time:00
		RandomizedDelaySec=15min
		# After a night that the server slept through.
		Persistent=yes

		[Install]
		WantedBy=timers.target
	UNIT
}
