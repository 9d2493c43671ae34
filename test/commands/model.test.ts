import { describe, expect, it } from 'vitest';
import type { ChoiceScope, CurrentModel } from '#src/choices/model-choices.ts';
import type { Caller } from '#src/commands/definition.ts';
import { modelCommand } from '#src/commands/model.ts';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { administrator, employee, placeOfKind, runCommand } from './command-scene.ts';

const { model: words } = english;
const others = ['large:26b', 'other'];

/** Who may use `mine`, and whom `current` answers. */
function setUp({ mine = ['fake-model', ...others], current = { model: 'fake-model', origin: 'default' } as CurrentModel } = {}) {
	const chosen: [ChoiceScope, string | null][] = [];
	const noted: (string | null)[] = [];
	const services = {
		channelOrders: { noteModel: async (_asker: unknown, _place: unknown, model: string | null) => void noted.push(model) } as never,
		choices: {
			current: async () => current,
			allowed: () => mine,
			choose: async (_person: unknown, _place: unknown, scope: ChoiceScope, model: string | null) => {
				if (model !== null && !['fake-model', ...others].includes(model)) return { type: 'refused', reason: 'unknown' } as const;
				if (model !== null && !mine.includes(model)) return { type: 'refused', reason: 'forbidden' } as const;
				chosen.push([scope, model]);
				const now = current.origin === 'default' && model !== null ? { model, origin: scope } : current;
				return { type: 'chosen', chosen: model, current: now } as const;
			},
		},
	};
	const say = (typed: string, caller: Partial<Caller> = {}) => runCommand(modelCommand, typed, { services, person: employee, ...caller });
	return { chosen, noted, say };
}

describe('the command model', () => {
	it('shows which model answers and why, and what can be chosen', async () => {
		expect(await setUp({ current: { model: 'large:26b', origin: 'channel' } }).say('')).toBe(
			[
				words.current('large:26b', words.origin.channel),
				'',
				words.allowed,
				`• ${words.standard('fake-model')}`,
				'• large:26b',
				'• other',
				'',
				words.how('large:26b'),
			].join('\n'),
		);
	});

	it('says where it stands in no conversation that this is about new ones', async () => {
		const said = await setUp().say('', { isConversation: false });
		expect(said).toContain(words.currentOfNew('fake-model', words.origin.default));
	});

	it.each([
		[['fake-model'], words.onlyThis],
		[['large:26b'], words.onlyThis],
		[[], words.noneAllowed],
	])('names no way where only %j may be used', async (mine, sentence) => {
		expect((await setUp({ mine }).say('')).split('\n').at(-1)).toBe(sentence);
	});

	it.each([
		['large:26b', 'conversation', 'large:26b', words.chosen.conversation('large:26b')],
		['large:26b me', 'person', 'large:26b', words.chosen.person('large:26b')],
		['large:26b yo', 'person', 'large:26b', words.chosen.person('large:26b')],
		['default', 'conversation', null, words.takenBack.conversation],
		['predeterminado yo', 'person', null, words.takenBack.person],
	] as const)('“%s” is for the %s', async (typed, scope, model, answer) => {
		const { say, chosen } = setUp();
		expect(await say(typed)).toBe(answer);
		expect(chosen).toEqual([[scope, model]]);
	});

	it('takes a choice for oneself where it stands in no conversation, and says so', async () => {
		const { say, chosen } = setUp();
		const outside = { isConversation: false, place: placeOfKind('channel') };
		expect(await say('other', outside)).toBe(`${words.chosen.person('other')}\n${words.forYourself}`);
		expect(await say('other conversation', outside)).toBe(`${words.chosen.person('other')}\n${words.forYourself}`);
		expect(await say('other me', outside)).toBe(words.chosen.person('other'));
		expect(chosen.map(([scope]) => scope)).toEqual(['person', 'person', 'person']);
	});

	it('lets administrators choose for a channel, and everybody for their own chat', async () => {
		const { say, chosen, noted } = setUp();
		const place = placeOfKind('channel');
		expect(await say('other channel', { place })).toBe(words.onlyAdministrators);
		expect(await say('default canal', { place: placeOfKind('group') })).toBe(words.onlyAdministrators);
		expect(chosen).toEqual([]);
		expect(await say('other channel', { place, person: administrator })).toBe(words.chosen.channel('other'));
		expect(await say('other channel')).toBe(words.chosen.channel('other'));
		expect(chosen).toHaveLength(2);
		// What they choose in their own chat concerns nobody else.
		expect(noted).toEqual(['other']);
	});

	it('tells what still answers when another choice goes before this one', async () => {
		const { say } = setUp({ current: { model: 'large:26b', origin: 'conversation' } });
		const still = words.still('large:26b', words.origin.conversation);
		expect(await say('other me')).toBe(`${words.chosen.person('other')}\n${still}`);
		expect(await say('default me')).toBe(`${words.takenBack.person}\n${still}`);
	});

	it('refuses what there is not and what they may not use, with what they may', async () => {
		const { say, chosen } = setUp({ mine: ['fake-model', 'other'] });
		expect(await say('large:26b me')).toContain(words.forbidden('large:26b'));
		const unknown = await say(`x${'y'.repeat(100)}`);
		expect(unknown).toContain(words.unknown(`x${'y'.repeat(58)}…`));
		expect(unknown).toContain('• other');
		expect(await say('other for everybody')).toContain('model gemma4:26b me');
		expect(chosen).toEqual([]);
	});

	it('is as plain in Spanish', async () => {
		expect(await setUp().say('other yo', { words: spanish })).toBe(spanish.model.chosen.person('other'));
	});
});
