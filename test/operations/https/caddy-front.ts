/** Caddy with `docker/caddy/Caddyfile`, as it is. */

import { freePorts } from './free-ports.ts';
import { type Front, type FrontOptions, serverOf, variablesOf } from './front.ts';
import { type Running, run } from './running.ts';

export const caddyProgram = process.env['CADDY'] ?? 'caddy';
export const caddyfile = 'docker/caddy/Caddyfile';

export async function createCaddyFront(options: FrontOptions): Promise<Front> {
	const [admin] = await freePorts(1);
	const variables = {
		...variablesOf(options),
		CADDY_ADMIN: `127.0.0.1:${admin}`,
		RENEW_INTERVAL: '1s',
		XDG_DATA_HOME: options.folder,
		XDG_CONFIG_HOME: options.folder,
	};
	let caddy: Running | null = null;
	return {
		...serverOf(options),
		async start() {
			caddy = run(caddyProgram, ['run', '--config', caddyfile, '--adapter', 'caddyfile'], variables);
		},
		stop: async () => await caddy?.stop(),
		look: async () => {},
		output: () => caddy?.output() ?? '',
		hasEnded: () => caddy?.exitCode() !== null,
	};
}
