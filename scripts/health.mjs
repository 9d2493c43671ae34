/**
 * The health check of a container: `node scripts/health.mjs` ends with 0 when the program of this machine lives, else with 1 and one line that
 * says why. It needs no shell, no curl and no package, and costs as little as it can: supervisors run it every few seconds.
 * With an argument it asks that address instead, such as `/healthz/intake` or `/readyz`.
 */

import { request } from 'node:http';

/** As `src/settings/http.ts` says; to read it there would load everything that settings need. */
const { OPENCCB_OPERATIONS_HOST: host = '127.0.0.1', OPENCCB_OPERATIONS_PORT: port = '9464' } = settings();
/** Where it listens on every address, it does so on these. @type {Record<string, string>} */
const ownAddresses = { '0.0.0.0': '127.0.0.1', '::': '::1' };
/** Less than supervisors wait for a check, and more than a process takes that is merely busy. */
const withinMs = 3_000;

const path = process.argv[2] ?? '/healthz';
const asking = request({ host: ownAddresses[host] ?? host, port, path, signal: AbortSignal.timeout(withinMs) }, (answer) => {
	answer.resume();
	end(answer.statusCode === 200 ? null : `it answers with ${answer.statusCode}`);
});
asking.on('error', (/** @type {NodeJS.ErrnoException} */ error) =>
	end(error.name === 'AbortError' ? `no answer within ${withinMs} ms` : (error.code ?? error.name)),
);
asking.end();

/** An empty variable counts as absent. */
function settings() {
	return Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
}

/** @param {string | null} problem */
function end(problem) {
	if (problem !== null) process.stderr.write(`${path} of ${host}:${port}: ${problem}\n`);
	process.exit(problem === null ? 0 : 1);
}
