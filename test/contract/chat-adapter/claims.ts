/** Every capability that an adapter claims, exercised. */

import { describe, expect, test } from 'vitest';
import type { Actor } from '#src/platform/chat-event.ts';
import { type AdapterScene, allKinds, message, refusal, signal } from './scene.ts';

export function describeClaims(scene: AdapterScene): void {
	const { eventsAbout, placeOf, until } = scene;
	describe('what is claimed', () => {
		test('are budgets that can be kept', () => {
			for (const budget of Object.values(scene.platform.capabilities.budgets)) {
				expect(budget.windows.length).toBeGreaterThan(0);
				for (const { limit, windowMs } of budget.windows) expect(Math.min(limit, windowMs)).toBeGreaterThan(0);
			}
			expect(scene.platform.capabilities.minEditIntervalMs).toBeGreaterThan(0);
			expect(scene.platform.capabilities.messageText.limit).toBeGreaterThanOrEqual(1_000);
		});

		test('activity is shown and taken away, where it is claimed', async () => {
			const { activity } = scene.platform.capabilities;
			if (activity === null) return;
			const place = await placeOf(scene.widest);
			await scene.platform.showActivity(place, 'is thinking…', signal);
			if (activity.showsText) expect(scene.world.activity(place)).toBe('is thinking…');
			else expect(scene.world.activity(place)).not.toBe('');
			await scene.platform.showActivity(place, null, signal);
			// A bare "is typing" goes by itself, or with the next message.
			if (activity.showsText) expect(scene.world.activity(place)).toBe('');
		});

		test('threads are read back up to a message, the newest ones, oldest first, with names', async () => {
			if (!scene.platform.capabilities.readsThreads) return;
			const root = await scene.world.say({ place: 'channel', text: 'root', mentions: true });
			await scene.platform.post(root.place, message('from the bot', { inReplyTo: root.messageId }), signal);
			await scene.world.say({ place: 'channel', text: 'a &amp; b', in: root.place, author: scene.world.people.colleague });
			const last = await scene.world.say({ place: 'channel', text: 'now', in: root.place });
			const read = await scene.platform.readThread(root.place, { before: last.messageId, limit: 2 }, signal);
			expect(read.map(({ author }) => author)).toEqual(['self', 'person']);
			expect(read[1]?.authorName).not.toBe(scene.world.people.colleague.accountId);
			const all = await scene.platform.readThread(root.place, { before: last.messageId, limit: 10 }, signal);
			expect(all.map(({ text }) => text)[0]).toBe('root');
			expect(all).toHaveLength(3);
		});

		test('what was said in a channel outside of its threads is read back up to now, the newest, oldest first', async () => {
			if (!scene.platform.capabilities.readsThreads) return;
			const { colleague } = scene.world.people;
			for (const text of ['one', 'two', 'three']) await scene.world.say({ place: 'channel', text, author: colleague, mentions: true });
			const { place } = await scene.world.say({ place: 'channel', text: 'four', mentions: true });
			const read = await scene.platform.readThread({ ...place, threadId: '' }, { limit: 3 }, signal);
			expect(read.map(({ text }) => text)).toEqual(['two', 'three', 'four']);
			expect(read.map(({ author }) => author)).toEqual(['person', 'person', 'person']);
		});

		test('what is passed on or quoted is read with its author, as it arrives and from the thread', async () => {
			if (scene.world.sayCiting === undefined) return;
			const { place } = await scene.world.say({ place: 'channel', text: 'root', mentions: true });
			await scene.platform.post(place, message('answer'), signal);
			const cited = { author: 'Bea Ruiz', text: 'Disk of db-1 is full' };
			const said = await scene.world.sayCiting({ in: place, text: 'what do we do?', cited });
			const expected = { text: 'what do we do?', cited: [expect.objectContaining(cited)] };
			expect(await eventsAbout(said)).toEqual([expect.objectContaining(expected)]);
			if (!scene.platform.capabilities.readsThreads) return;
			const last = await scene.world.say({ place: 'channel', text: 'now', in: place });
			const read = await scene.platform.readThread(place, { before: last.messageId, limit: 1 }, signal);
			expect(read).toEqual([expect.objectContaining({ ...expected, author: 'person' })]);
		});

		test('what another app shows in a thread is read as its own words', async () => {
			if (scene.world.sayAsApp === undefined || !scene.platform.capabilities.readsThreads) return;
			const { place } = await scene.world.say({ place: 'channel', text: 'root', mentions: true });
			await scene.world.sayAsApp({ in: place, app: 'Alertmanager', text: 'Only 2 % free on db-1' });
			const last = await scene.world.say({ place: 'channel', text: 'now', in: place });
			const read = await scene.platform.readThread(place, { before: last.messageId, limit: 1 }, signal);
			expect(read).toEqual([expect.objectContaining({ author: 'app', authorName: 'Alertmanager', text: 'Only 2 % free on db-1' })]);
		});

		test.each(allKinds)('private words reach one person, in a place of kind %s', async (kind) => {
			if (!scene.world.kinds.includes(kind)) return;
			const place = await placeOf(kind);
			await scene.platform.sendPrivately(place, scene.world.people.member, ['for you <alone> & nobody'], undefined, signal);
			expect(scene.world.privateWords(place, scene.world.people.member)).toContain('for you <alone> & nobody');
			if (kind !== 'direct')
				expect(scene.world.privateWords(place, scene.world.people.colleague)).not.toContain('for you <alone> & nobody');
		});

		test.each(allKinds)('an offer reaches one person, and its button says what was offered, in a place of kind %s', async (kind) => {
			if (scene.lacks('presses')) return;
			if (!scene.world.kinds.includes(kind)) return;
			const { member, colleague } = scene.world.people;
			const place = await placeOf(kind);
			const action = { name: 'privately', replyId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' } as const;
			const text = `Of *kind* ${kind}: <you> & nobody`;
			await scene.platform.sendOffer(place, member, { text, button: { label: 'In private', action } }, signal);
			expect(scene.world.privateWords(place, member).join()).toContain(`${kind}: <you> & nobody`);
			if (kind !== 'direct') expect(scene.world.privateWords(place, colleague).join()).not.toContain(`${kind}: <you>`);
			scene.world.forget();
			await scene.world.pressOffer(place, member);
			const event = await until(() => scene.world.events.find(({ type }) => type === 'button-pressed'));
			expect(event).toMatchObject({ button: action, actor: member });
		});

		test('suggestions appear in a direct conversation, where it is claimed', async () => {
			const place = await placeOf('direct');
			await scene.platform.suggestPrompts(place, { greeting: 'Hello', prompts: [{ title: 'One', message: 'Tell me one' }] }, signal);
			expect(scene.world.prompts(place)).toEqual(scene.platform.capabilities.suggestsPrompts ? ['Tell me one'] : []);
		});

		test('profiles say who is a member, a guest, of another company, or gone', async () => {
			if (scene.lacks('accounts')) return;
			const { member, guest, outsider, gone } = scene.world.people;
			const place = await placeOf(scene.widest);
			const standing = async (actor: Actor) => {
				const { isGuest, isExternal, isDeactivated, isBot } = await scene.platform.fetchProfile(actor, place, signal);
				return { isGuest, isExternal, isDeactivated, isBot };
			};
			const nobody = { isGuest: false, isExternal: false, isDeactivated: false, isBot: false };
			expect(await standing(member)).toEqual(nobody);
			expect(await standing(guest)).toEqual({ ...nobody, isGuest: true });
			expect(await standing(outsider)).toEqual({ ...nobody, isExternal: true });
			expect(await standing(gone)).toEqual({ ...nobody, isDeactivated: true });
			const { locale, displayName } = await scene.platform.fetchProfile(member, place, signal);
			expect(locale ?? 'en-GB').toMatch(/^[a-z]{2}-[A-Z]{2}$/);
			expect(displayName).not.toBe(member.accountId);
		});

		test('files that people share are fetched, up to a size', async () => {
			if (scene.lacks('files')) return;
			const content = Buffer.from('name;days\nAna;23\n'.repeat(500));
			const file = { name: 'days.csv', mediaType: 'text/csv', content };
			const said = await scene.world.say({ place: 'direct', text: 'read this', file });
			const [event] = await eventsAbout(said);
			const [attachment] = event?.type === 'message-received' ? event.attachments : [];
			if (attachment === undefined || event === undefined) throw new Error('the file did not arrive');
			expect(attachment).toMatchObject({ name: 'days.csv', source: expect.any(String) });
			const read = async (maxBytes: number) =>
				Buffer.concat(await Array.fromAsync(scene.platform.fetchFile(attachment, event.place, maxBytes, signal)));
			expect((await read(content.length)).equals(content)).toBe(true);
			expect(await refusal(read(content.length - 1))).toMatchObject({ code: 'TOO_LARGE' });
			const elsewhere = { ...attachment, source: 'https://files.example.com/days.csv' };
			const stolen = Array.fromAsync(scene.platform.fetchFile(elsewhere, event.place, 1_000, signal));
			expect(await refusal(stolen)).toMatchObject({ code: 'NOT_FOUND' });
			expect(await refusal(Array.fromAsync(scene.platform.fetchFile(attachment, event.place, 1e9, AbortSignal.abort())))).toMatchObject({
				code: 'CANCELLED',
			});
		});
	});
}
