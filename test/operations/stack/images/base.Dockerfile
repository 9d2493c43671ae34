# Stands in for the image of Node.js: Debian's packages, Node.js from npm, and npm itself.
FROM scratch
ADD rootfs.tar /
COPY npm /usr/local/lib/node_modules/npm
COPY --chmod=755 node /usr/local/bin/node
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && ln -s busybox /bin/wget && ln -s redis-server /usr/bin/valkey-server && ln -s redis-cli /usr/bin/valkey-cli
