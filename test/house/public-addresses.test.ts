/** What the proxies let in is what adapters register and what the web serves, and nothing else. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compatibleRoot } from '#src/api/compatible/routes.ts';
import { apiRoot } from '#src/api/contract/define-route.ts';
import { uploadFile } from '#src/api/contract/files.ts';
import { pageAddresses } from '#src/http/page-routes.ts';
import { standardLimits } from '#src/knowledge/reader/limits.ts';

const adapters = ['slack', 'teams', 'discord'].map((name) => readFileSync(`adapters/${name}/index.ts`, 'utf8')).join('\n');
const registered = [...adapters.matchAll(/path: '(\/[^']+)'/g)].map(([, path = '']) => path);
/** Up to what is another one each time. */
const web = [...pageAddresses.map((address) => address.replace(/:.*/, '')), '/assets/', apiRoot.replace(/v\d+$/, ''), compatibleRoot];
const caddy = readFileSync('docker/caddy/Caddyfile', 'utf8');
const nginx = readFileSync('docker/nginx/https.conf.template', 'utf8');

it('Caddy passes the addresses of the adapters and of the web', () => {
	const pathsOf = (name: string) => (new RegExp(`@${name} path (.+)`).exec(caddy)?.[1] ?? '').replaceAll('*', '').split(' ');
	expect(registered).not.toEqual([]);
	expect(pathsOf('intake').toSorted()).toEqual(registered.toSorted());
	expect(pathsOf('web').toSorted()).toEqual(web.toSorted());
});

it('nginx passes the same, and says 404 to the rest', () => {
	const passed = [...nginx.matchAll(/location (= )?(\S+) \{\s+proxy_pass/g)].map(([, exact, path = '']) => ({
		path,
		isExact: exact !== undefined,
	}));
	const wanted = [...registered, ...web].map((path) => ({ path, isExact: path === '/' || !path.endsWith('/') }));
	const byPath = (one: { path: string }, other: { path: string }) => one.path.localeCompare(other.path);
	expect(passed.toSorted(byPath)).toEqual(wanted.toSorted(byPath));
	expect(nginx).toMatch(/location \/ \{\s+return 404;/);
});

it('both let files of the web through, as large as any that is read', () => {
	const path = `${apiRoot}${uploadFile.path}`;
	const { mostFileBytes } = standardLimits;
	const megabytes = mostFileBytes / 2 ** 20;
	const handled = new RegExp(`@file path ${path}\\s+handle @file [^]*?> ${mostFileBytes}\`[^]*?max_size ${megabytes}MiB[^]*handle @web`);
	// The first that fits is taken.
	expect(caddy).toMatch(handled);
	expect(nginx).toMatch(new RegExp(`location = ${path} \\{\\s+client_max_body_size ${megabytes}m;\\s+proxy_request_buffering off;`));
});
