/** A PgBouncer for one test, in front of a server of the run. */

import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { unprivilegedAccount } from '#test/setup/postgres-server.ts';
import { createServerFolder, startServer } from '#test/setup/server-process.ts';
import { findPgBouncer } from '../../scripts/toolchain/system-parts.mjs';

export type PoolMode = 'session' | 'transaction' | 'statement';

/** As it comes, but for the mode: it refuses settings that come with a connection. @returns the url with its address in place of the server's. */
export async function startPooler(mode: PoolMode, url: string): Promise<string> {
	const path = findPgBouncer();
	if (path === null) throw new Error('PgBouncer is missing on this machine: `npm test` installs what the tests need.');
	const target = new URL(url);
	const account = unprivilegedAccount();
	const folder = createServerFolder('pooler', account);
	const users = join(folder, 'users.txt');
	writeFileSync(users, `"${target.username}" "${target.password}"\n`);
	const server = await startServer((port) => {
		const pooled = new URL(url);
		pooled.port = `${port}`;
		const settings = join(folder, 'pgbouncer.ini');
		writeFileSync(
			settings,
			`[databases]
* = host=${target.hostname} port=${target.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = ${mode}
`,
		);
		const probe = () => reach(port);
		return { url: pooled.href, path, arguments: [settings], stopSignal: 'SIGTERM', folder, account, probe };
	});
	onTestFinished(() => server.stop());
	return server.url;
}

/** Whatever becomes of its server. */
async function reach(port: number): Promise<void> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
	} finally {
		socket.destroy();
	}
}
