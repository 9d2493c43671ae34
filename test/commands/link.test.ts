import { describe, expect, it } from 'vitest';
import { createLinkCommand } from '#src/commands/link.ts';
import { asText } from '#src/commands/presenter.ts';
import type { Links } from '#src/identity/links.ts';
import type { Person } from '#src/identity/person.ts';
import type { Place } from '#src/platform/place.ts';
import { english } from '#src/words/english.ts';
import { spanish } from '#src/words/spanish.ts';

const { link: words } = english;
const person: Person = {
	userId: 'u1',
	identityId: 'i1',
	role: 'ccb_employee',
	displayName: 'Ada',
	locale: 'en',
	standing: 'member',
	limits: {},
};
const place = (kind: Place['kind']): Place => ({ platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '', kind });

describe('link', () => {
	function createCommand(redeem: Links['redeem'] = async () => ({ linked: true, displayName: 'Ada', counts: null })) {
		const issued: Person[] = [];
		const issue = async (to: Person) => {
			issued.push(to);
			return 'K7QF-2M9X';
		};
		const command = createLinkCommand({ issue, redeem, unlink: async () => 0 });
		const say = async (argument: string, kind: Place['kind'] = 'direct') =>
			asText(await command.run({ person, words: english, place: place(kind), argument }));
		return { command, say, issued };
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
		const { command } = createCommand();
		const told = await command.run({ person, words: spanish, place: place('channel'), argument: '' });
		expect(told).toEqual([spanish.link.privateOnly]);
	});
});
