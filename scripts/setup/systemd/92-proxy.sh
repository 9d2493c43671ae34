# shellcheck shell=bash
# HTTPS in front of the service, where a name leads to this server: Caddy, which gets the certificate and renews it.

proxy_unit=openccb-proxy.service
caddyfile=$settings_folder/Caddyfile
proxy_started_file=$state_folder/proxy-started

proxy_text() {
	local port=${settings[PORT]:-3000}
	cat <<-UNIT
		# Written by scripts/setup.sh. What you change belongs into \`systemctl edit $proxy_unit\`.
		[Unit]
		Description=HTTPS in front of OpenCCB
		Wants=network-online.target
		After=network-online.target

		[Service]
		Type=notify
		DynamicUser=yes
		ExecStart=/usr/bin/caddy run --config $caddyfile --adapter caddyfile
		# While an update takes its place, two processes answer: the second one at the next port.
		Environment=OPENCCB_DOMAIN=${answers[domain]} "OPENCCB_UPSTREAMS=127.0.0.1:$port 127.0.0.1:$((port + 1))"
		Environment=HOME=/var/lib/openccb-proxy XDG_DATA_HOME=/var/lib/openccb-proxy XDG_CONFIG_HOME=/var/lib/openccb-proxy
		EnvironmentFile=$settings_file
		EnvironmentFile=-$own_settings_file
		Restart=always
		RestartSec=2
		# What is being answered may end: the Caddyfile gives it 15 s.
		TimeoutStopSec=30
		MemoryMax=256M
		TasksMax=128
		UMask=0077

		# Certificates: without them each start would order one, and five in a week lock the name.
		StateDirectory=openccb-proxy
		StateDirectoryMode=0700
		AmbientCapabilities=CAP_NET_BIND_SERVICE
		CapabilityBoundingSet=CAP_NET_BIND_SERVICE
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
		LockPersonality=yes
		MemoryDenyWriteExecute=yes
		RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
		RestrictNamespaces=yes
		RestrictRealtime=yes
		RestrictSUIDSGID=yes
		SystemCallArchitectures=native
		SystemCallFilter=@system-service
		SystemCallFilter=~@privileged

		[Install]
		WantedBy=multi-user.target
	UNIT
}

wanted_proxy() { cat "$root/etc/systemd/system/$proxy_unit" "$caddyfile" "$settings_file" "$own_settings_file" | sha256sum | cut -d ' ' -f 1; }

prepare_proxy() {
	put "$caddyfile" 644 root:root <"$project/docker/caddy/Caddyfile"
	proxy_text | put "$root/etc/systemd/system/$proxy_unit" 644 root:root
	systemctl is-enabled --quiet "$proxy_unit" || { quietly service_failed systemctl enable "$proxy_unit" && count_change; }
	! is_proxy_running || [ "$(cat "$proxy_started_file" 2>/dev/null)" != "$(wanted_proxy)" ] || return 0
	quietly service_failed systemctl daemon-reload
	quietly proxy_failed systemctl restart "$proxy_unit"
	wanted_proxy | put "$proxy_started_file" 644 root:root
	count_change
}

if has_proxy; then
	say proxy "${answers[domain]}"
	prepare_proxy
fi
