# shellcheck shell=bash
# The service: it may write its own two folders, and read what it was given.

# Beside the program: readers of files, each a process of its own, and the embedded database where that is used.
most_memory=2G
# The program's own part of it; the garbage collector must begin before the kernel kills.
most_heap_mb=1024

write_unit() {
	unit_text | put "$unit_file" 644 root:root
}

unit_text() {
	local name
	cat <<-UNIT
		# Written by scripts/setup.sh. What you change belongs into \`systemctl edit $unit\`.
		[Unit]
		Description=OpenCCB, the assistant in the company's chat
		Wants=network-online.target
		After=network-online.target postgresql.service redis-server@openccb.service
		StartLimitIntervalSec=300
		StartLimitBurst=10

		[Service]
		Type=exec
		User=$account
		Group=$account
		WorkingDirectory=$program_folder/current
		ExecStart=$program_folder/current/node src/main.ts
		Environment=NODE_ENV=production NODE_OPTIONS=--max-old-space-size=$most_heap_mb NODE_COMPILE_CACHE=/var/cache/openccb OPENCCB_DATA=/var/lib/openccb
		EnvironmentFile=$settings_file
		EnvironmentFile=-$own_settings_file
	UNIT
	# Whom the proxy names is believed, and it notices in time that a process is about to stop.
	! has_proxy || echo 'Environment=OPENCCB_TRUSTED_PROXIES=127.0.0.1 OPENCCB_DRAIN_SECONDS=5'
	for name in $(kept_secrets); do
		printf 'LoadCredential=%s:%s\nEnvironment=%s_FILE=%%d/%s\n' "$name" "$secrets_folder/$name" "$name" "$name"
	done
	# MemoryDenyWriteExecute is left out: V8 compiles while it runs. The stop waits longer than the program's own 19 s.
	cat <<-UNIT
		Restart=always
		RestartSec=2
		TimeoutStopSec=30
		MemoryMax=$most_memory
		TasksMax=512
		UMask=0077

		StateDirectory=openccb
		StateDirectoryMode=0700
		CacheDirectory=openccb
		CacheDirectoryMode=0700
		ProtectSystem=strict
		ProtectHome=yes
		PrivateTmp=yes
		PrivateDevices=yes
		ProtectClock=yes
		ProtectControlGroups=yes
		ProtectHostname=yes
		ProtectKernelLogs=yes
		ProtectKernelModules=yes
		ProtectKernelTunables=yes
		ProtectProc=invisible
		ProcSubset=pid
		NoNewPrivileges=yes
		CapabilityBoundingSet=
		LockPersonality=yes
		RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
		RestrictNamespaces=yes
		RestrictRealtime=yes
		RestrictSUIDSGID=yes
		RemoveIPC=yes
		SystemCallArchitectures=native
		SystemCallFilter=@system-service
		SystemCallFilter=~@privileged

		[Install]
		WantedBy=multi-user.target
	UNIT
}
