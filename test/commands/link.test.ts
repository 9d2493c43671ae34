import { describe, expect, it } from 'vitest';
import { linkCommand } from '#src/commands/link.ts';
import type { Links } from '#src/identity/links.ts';
import type { Person } from '#src/identity/person.ts';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import type { Place } from '#src/platform/place.ts';
import { placeOfKind, runCommand } from './command-scene.ts';

const { link: words } = english;

describe('link', () => {
	function createCommand(redeem: Links['redeem'] = async () => ({ linked: true, displayName: 'Ada', counts: null })) {
		const issued: Person[] = [];
		const issue = async (to: Person) => {
			issued.push(to);
			return 'K7QF-2M9X';
		};
		const links: Links = { issue, redeem, unlink: async () => 0 };
		const say = (typed: string, kind: Place['kind'] = 'direct', words = english) =>
			runCommand(linkCommand, typed, { services: { links }, place: placeOfKind(kind), words });
		return { say, issued };
	}

	it('gives a code in the personal chat', async () => {
		expect(await createCommand().say('')).toBe(words.code('K7QF-2M9X', 10));
	});

	it.each(['channel', 'group'] as const)('makes no code in a %s, where others might read it', async (kind) => {
		const { say, issued } = createCommand();
		expect(await say('', kind)).toBe(words.privateOnly);
		expect(issued).toEqual([]);
	});

	it('takes a code wherever it is entered, for then it is worth nothing any more', async () => {
		expect(await createCommand().say('k7qf2m9x', 'channel')).toBe(words.linked('Ada'));
	});

	it('says why a code was not taken', async () => {
		const { say } = createCommand(async () => ({ linked: false, refusal: 'locked', waitMinutes: 60 }));
		expect(await say('K7QF-2M9X')).toBe(words.refused.locked(60));
		expect(await say('please')).toBe(words.notACode);
	});

	it('is as plain in Spanish', async () => {
		expect(await createCommand().say('', 'channel', spanish)).toBe(spanish.link.privateOnly);
	});
});
