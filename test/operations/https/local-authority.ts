/** Caddy without a public name: certificates of an authority of its own. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '#test/e2e/eventually.ts';
import { caddyfile, caddyProgram } from './caddy-front.ts';
import { call, type Server, servedCertificate } from './caller.ts';
import { freePorts } from './free-ports.ts';
import type { Prove } from './prove.ts';
import { run } from './running.ts';

/** @param folder for what Caddy keeps; exists already. */
export async function proveLocalAuthority(folder: string, prove: Prove): Promise<void> {
	const names: [string, Record<string, string>][] = [
		['localhost', {}],
		['bot.company.example', { OPENCCB_DOMAIN: 'bot.company.example', OPENCCB_CERTIFICATE: 'internal' }],
	];
	for (const [domain, variables] of names) {
		await prove(`Caddy is its own authority for ${domain}, and asks nobody for a certificate`, async () => {
			const [admin, httpPort, httpsPort, nowhere] = await freePorts(4);
			const caddy = run(caddyProgram, ['run', '--config', caddyfile, '--adapter', 'caddyfile'], {
				...variables,
				LISTEN: '127.0.0.1',
				HTTP_PORT: `${httpPort}`,
				HTTPS_PORT: `${httpsPort}`,
				CADDY_ADMIN: `127.0.0.1:${admin}`,
				OPENCCB_UPSTREAMS: `127.0.0.1:${nowhere}`,
				ACME_DIRECTORY: `https://127.0.0.1:${nowhere}/dir`,
				XDG_DATA_HOME: folder,
				XDG_CONFIG_HOME: folder,
			});
			const root = await eventually(() => readFile(join(folder, 'caddy/pki/authorities/local/root.crt'), 'utf8'));
			const server: Server = { domain, httpPort, httpsPort, root };
			await eventually(() => servedCertificate(server));
			assert.equal((await call(server, { path: '/metrics' })).status, 404);
			assert.doesNotMatch(caddy.output(), /acme_client/);
			await caddy.stop();
		});
	}
}
