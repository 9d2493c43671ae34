/** The rooms of `src` in their order: each may use those that stand before it, and none that stands behind it. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** Files that belong to nobody, used by all. */
const ground = [
	'build.ts',
	'clock.ts',
	'errors.ts',
	'foreign-words.ts',
	'local-time.ts',
	'log.ts',
	'nearest-word.ts',
	'rare-lines.ts',
	'text.ts',
	'tracer.ts',
	'value-store.ts',
	'waiting.ts',
];

const rooms = [
	'locales',
	'markdown',
	'platform',
	'redis',
	'pacing',
	'cache',
	'live',
	'queue',
	'database',
	'jobs',
	'models',
	'limits',
	'identity',
	'sessions',
	'knowledge',
	'connectors',
	'history',
	'choices',
	'rules',
	'digest',
	'administration',
	'inbox',
	'delivery',
	'tools',
	'conversation',
	'evaluation',
	'own-data',
	'commands',
	'events',
	'settings',
	'alerts',
	'observability',
	'probe',
	'http',
	'api',
];

/** They put the rooms together. */
const wiring = ['adapters.ts', 'commanding.ts', 'core.ts', 'opening.ts', 'app.ts', 'main.ts'];

const order = ['ground', ...rooms, 'wiring'];
const source = fileURLToPath(new URL('../../src/', import.meta.url));

function roomOf(file: string): string {
	const [room = ''] = file.split('/');
	if (room !== file) return room;
	return ground.includes(file) ? 'ground' : 'wiring';
}

function importsOf(file: string): string[] {
	const text = readFileSync(join(source, file), 'utf8');
	const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'((?:\.|#src\/)[^']+)'/g)].map(([, specifier = '']) => specifier);
	return specifiers
		.map((specifier) => (specifier.startsWith('#') ? specifier.slice('#src/'.length) : normalize(join(dirname(file), specifier))))
		.filter((imported) => !imported.startsWith('..'));
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

it('holds every room and every file of `src`', () => {
	const inRooms = new Set(files.filter((file) => file.includes('/')).map(roomOf));
	expect([...inRooms].sort()).toEqual([...rooms].sort());
	expect(files.filter((file) => !file.includes('/')).sort()).toEqual([...ground, ...wiring].sort());
});

it('is kept by every import', () => {
	const upward = files.flatMap((file) =>
		importsOf(file)
			.filter((imported) => order.indexOf(roomOf(imported)) > order.indexOf(roomOf(file)))
			.map((imported) => `${file} uses ${imported}`),
	);
	expect(upward).toEqual([]);
});
