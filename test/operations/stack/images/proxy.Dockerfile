# Stands in for the image of Caddy: Debian's package, started as the real one starts it.
ARG BASE
FROM ${BASE}
ENV XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
