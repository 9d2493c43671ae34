/** What an adapter shows of sources, and of a passage to whoever asks for it. */

import { describe, expect, test } from 'vitest';
import type { OutgoingMessage } from '#src/platform/chat-platform.ts';
import type { Source } from '#src/platform/source.ts';
import { listed, plainSourceWords } from '#test/fakes/sources.ts';
import { type AdapterScene, allKinds, message, signal } from './scene.ts';

const replyId = '0b9f6f3c-8a53-8b1e-9d2f-6a1c2f3e4d5a';

export function describeCiting(scene: AdapterScene): void {
	const { placeOf, until } = scene;

	/** A message whose text cites all of them. */
	function citing(sources: readonly Partial<Source>[], more: Partial<OutgoingMessage> = {}): OutgoingMessage {
		const numbered = sources.map((source, index) => ({ position: index + 1, ...source }));
		return message(`So ${numbered.map(({ position }) => `[${position}]`).join(' ')}.`, { sources: listed(...numbered), replyId, ...more });
	}

	describe('what is cited', () => {
		const travel = { title: 'Travel <policy> & costs.pdf', url: 'https://files.example.com/travel?page=3&part=a|b' };
		const note = { title: 'A note @everyone', place: 'sheet "Stock", row 40' };

		test.each([false, true])('is named by number, with its address, place and day; passages can be shown: %s', async (canShow) => {
			const cited = { excerpt: 'Up to 53 € a day.', canShow };
			const sent = citing([
				{ ...travel, ...cited, place: 'page 12', date: '2030-05-04' },
				{ ...note, ...cited },
			]);
			const reference = await scene.platform.post(await placeOf(scene.widest), sent, signal);
			const [first, second] = scene.world.sources(reference);
			expect(first).toMatchObject({ position: 1, title: travel.title, about: 'page 12 · May 4, 2030' });
			expect(new URL(first?.url ?? '').href).toBe('https://files.example.com/travel?page=3&part=a%7Cb');
			expect(second).toMatchObject({ position: 2, url: null, about: note.place });
			expect(scene.world.notifies(reference)).toBe(false);
		});

		test.each([false, true])('is marked as old, and shown in its own language; passages can be shown: %s', async (canShow) => {
			const sent = citing([
				{ title: 'Viajes.pdf', date: '2023-03-14', isOld: true, original: 'Hasta <53> € al *día*.', excerpt: 'x', canShow },
			]);
			const reference = await scene.platform.post(await placeOf(scene.widest), sent, signal);
			const [shown] = scene.world.sources(reference);
			expect(shown?.about).toContain('old: Mar 14, 2023');
			expect(`${shown?.about} ${shown?.abstract ?? ''}`).toContain('original: “Hasta <53> € al *día*.”');
		});

		test.each([false, true])('is counted where it is too much to be shown; passages can be shown: %s', async (canShow) => {
			const many = Array.from({ length: 60 }, (_, index) => ({ title: `${index} ${'x'.repeat(70)}`, excerpt: 'x', canShow }));
			const reference = await scene.platform.post(await placeOf(scene.widest), citing(many), signal);
			const shown = scene.world.sources(reference);
			expect(shown.length).toBeGreaterThan(5);
			const unseen = 60 - shown.length;
			if (unseen > 0) expect(scene.world.seen(reference)?.text).toContain(plainSourceWords.more(unseen));
		});

		test('keeps the ending of a long name', async () => {
			const title = `Report ${'of the year '.repeat(20)}2030.xlsx`;
			const reference = await scene.platform.post(await placeOf(scene.widest), citing([{ title }]), signal);
			expect(scene.world.sources(reference)[0]?.title).toMatch(/^Report .*….*2030\.xlsx$/);
		});

		test.each([1, 3, 4, 9])('can be asked for by anybody, one of %i', async (count) => {
			if (scene.lacks('presses')) return;
			const sources = Array.from({ length: count }, (_, index) => ({ title: `Plan ${index}`, excerpt: 'It says so.', canShow: true }));
			const reference = await scene.platform.post(await placeOf(scene.widest), citing(sources), signal);
			const button = { name: 'passage', replyId, position: count } as const;
			await scene.world.press(reference, button, scene.world.people.colleague);
			const event = await until(() => scene.world.events.find(({ type }) => type === 'button-pressed'));
			expect(event).toMatchObject({ button, messageId: reference.messageId, actor: scene.world.people.colleague });
		});

		test('cannot be asked for where nothing may be shown', async () => {
			const sent = citing([{ excerpt: 'secret', canShow: false }]);
			const reference = await scene.platform.post(await placeOf(scene.widest), sent, signal);
			expect(scene.world.seen(reference)?.buttons).toEqual([]);
		});

		test.each(allKinds)('is shown to one person, however it is written, in a place of kind %s', async (kind) => {
			if (!scene.world.kinds.includes(kind)) return;
			const { member, colleague } = scene.world.people;
			const place = await placeOf(kind);
			const text = `@everyone <!channel>\n\n*${kind}* up to 53 € a day\n${'long '.repeat(5_000)}`;
			const passage = { title: 'Travel *policy*.pdf', about: 'page 12', url: travel.url, text, cutNotice: 'The rest is at its source.' };
			await scene.platform.showPassage(place, member, passage, undefined, signal);
			const shown = scene.world.privateWords(place, member).find((words) => words.includes('up to 53 € a day')) ?? '';
			for (const part of ['Travel', 'page 12', `${kind}`, passage.cutNotice]) expect(shown).toContain(part);
			if (kind !== 'direct') expect(scene.world.privateWords(place, colleague)).not.toContain(shown);
		});
	});
}
