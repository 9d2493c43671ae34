/** nginx and Certbot with `docker/nginx`, as both containers run them. */

import { join } from 'node:path';
import { type Front, type FrontOptions, serverOf, variablesOf } from './front.ts';
import { type Running, run, runToEnd } from './running.ts';

/**
 * The first start is as in two containers: nginx looks for itself what Certbot has brought. Those that follow are as on a machine that has
 * both: Certbot's deploy hook says so.
 */
export async function createNginxFront(options: FrontOptions): Promise<Front> {
	const runFolder = join(options.folder, 'run');
	const variables = { ...variablesOf(options), ACME_FOLDER: join(options.folder, 'letsencrypt'), RUN_FOLDER: runFolder };
	const hook = {
		DEPLOY_HOOK: 'sh docker/nginx/reload.sh',
		NGINX_SITE: join(runFolder, 'openccb.conf'),
		NGINX_OPTIONS: `-c ${join(runFolder, 'nginx.conf')} -e stderr`,
	};
	let starts = 0;
	let nginx: Running | null = null;
	let certbotWords = '';
	return {
		...serverOf(options),
		async start() {
			certbotWords = '';
			starts += 1;
			nginx = run('sh', ['docker/nginx/run.sh'], { ...variables, WATCH_SECONDS: starts === 1 ? '1' : '0' });
		},
		stop: async () => await nginx?.stop(),
		async look() {
			const { output } = await runToEnd('sh', ['docker/nginx/certificate.sh'], starts === 1 ? variables : { ...variables, ...hook });
			certbotWords += output;
		},
		output: () => (nginx?.output() ?? '') + certbotWords,
		hasEnded: () => nginx?.exitCode() !== null,
	};
}
