/** What \`web\` says: a link where nobody else can press it, and which browser it is before it is confirmed. */

import { expect, it } from 'vitest';
import { webCommand } from '#src/commands/web.ts';
import type { WebDoor } from '#src/sessions/web-door.ts';
import { placeOfKind, runCommand } from './command-scene.ts';

const door: WebDoor = {
	link: async () => 'https://bot.example.com/enter#secret',
	browserOf: async (_person, code) => (code === 'K7QF-2M9X' ? { agent: 'Firefox on Linux', address: '192.0.2.7' } : { refusal: 'unknown' }),
	confirm: async (_person, code) => (code === 'K7QF-2M9X' ? 'confirmed' : { refusal: 'locked', waitMinutes: 60 }),
};
const say = (typed: string, given = {}) => runCommand(webCommand, typed, { services: { web: door }, ...given });

it('gives a link in a personal chat, and none where others might press it', async () => {
	expect(await say('')).toContain('https://bot.example.com/enter#secret');
	for (const kind of ['group', 'channel'] as const) expect(await say('', { place: placeOfKind(kind) })).not.toContain('#secret');
});

it('names the browser before it is confirmed', async () => {
	expect(await say('K7QF-2M9X')).toMatch(/Firefox on Linux, from 192\.0\.2\.7[\s\S]*web K7QF-2M9X yes/);
	expect(await say('K7QF-2M9X yes')).toContain('signed in as you');
});

it('says what is wrong with a code', async () => {
	expect(await say('AAAA-AAAA')).toContain('No browser shows this code');
	expect(await say('AAAA-AAAA yes')).toContain('60 min');
	expect(await say('hello')).toContain('not a code');
});

it('says that the web is not switched on', async () => {
	expect(await say('', { services: { web: null } })).toContain('no web page');
});
