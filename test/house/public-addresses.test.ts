/** What the proxies let in is what adapters register, and nothing else. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const adapters = ['slack', 'teams', 'discord'].map((name) => readFileSync(`adapters/${name}/index.ts`, 'utf8')).join('\n');
const registered = [...adapters.matchAll(/path: '(\/[^']+)'/g)].map(([, path]) => path).toSorted();

it('Caddy passes the addresses of the adapters', () => {
	const [, paths = ''] = /@intake path (.+)/.exec(readFileSync('docker/caddy/Caddyfile', 'utf8')) ?? [];
	expect(registered).not.toEqual([]);
	expect(paths.split(' ').toSorted()).toEqual(registered);
});

it('nginx passes the addresses of the adapters', () => {
	const locations = readFileSync('docker/nginx/https.conf.template', 'utf8').matchAll(/location = (\S+) \{\s+proxy_pass/g);
	expect([...locations].map(([, path]) => path).toSorted()).toEqual(registered);
});
