/** What an adapter tells when it is asked: who may read a place, and what a message says that somebody links to. */

import { describe, expect, test } from 'vitest';
import type { Actor } from '#src/platform/chat-event.ts';
import type { MessageReference } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import type { PlaceChange, Said } from '../adapter-under-test.ts';
import { type AdapterScene, allKinds, message, refusal, signal } from './scene.ts';

export function describeLooking(scene: AdapterScene): void {
	const { placeOf } = scene;

	async function isIn(place: Place, person: Actor): Promise<boolean> {
		return (await scene.platform.fetchMembers(place, person, signal)).has(person.accountId);
	}

	/** What a person's link is about. */
	function linked(said: Said): MessageReference {
		const reference = scene.platform.messageAt(scene.world.linkTo(said), said.place);
		if (reference === null) throw new Error(`not read: ${scene.world.linkTo(said)}`);
		return reference;
	}

	describe('the members', () => {
		test.each(allKinds)('of a place of kind %s are those who may read there', async (kind) => {
			if (scene.lacks('accounts')) return;
			if (!scene.world.kinds.includes(kind)) return;
			const { member, gone, outsider } = scene.world.people;
			const place = await placeOf(kind);
			expect(await isIn(place, member)).toBe(true);
			expect(await isIn(place, gone)).toBe(false);
			expect(await isIn(place, { ...outsider, tenantId: 'elsewhere' })).toBe(false);
			expect((await scene.platform.fetchMembers(place, member, signal)).size > 1).toBe(scene.platform.capabilities.listsMembers);
		});

		test('of a closed channel are those who were let in, as long as they are', async () => {
			if (scene.lacks('channels')) return;
			const { member, colleague } = scene.world.people;
			const newcomer = await scene.world.newcomer();
			const { place } = await scene.world.openClosedChannel([member, newcomer]);
			expect([await isIn(place, member), await isIn(place, newcomer), await isIn(place, colleague)]).toEqual([true, true, false]);
			await scene.world.shutOut(place, newcomer);
			await scene.world.settle();
			expect([await isIn(place, member), await isIn(place, newcomer)]).toEqual([true, false]);
		});

		test('of a channel that the bot is not in are nobody', async () => {
			if (scene.lacks('channels')) return;
			const { member } = scene.world.people;
			const { place } = await scene.world.openClosedChannel([member]);
			await scene.world.shutOut(place, 'bot');
			await scene.world.settle();
			expect(await isIn(place, member)).toBe(false);
		});

		test('are not asked for any more once the signal is aborted', async () => {
			const asked = scene.platform.fetchMembers(await placeOf(scene.widest), scene.world.people.member, AbortSignal.abort());
			expect(await refusal(asked)).toMatchObject({ code: 'CANCELLED' });
		});
	});

	describe('the audience', () => {
		test('of a closed channel are those who were let in, as far as people are listed', async () => {
			if (scene.lacks('channels')) return;
			const { member, colleague } = scene.world.people;
			const { place } = await scene.world.openClosedChannel([member, colleague]);
			const { isOpen, hasOutsiders, accountIds } = await scene.platform.fetchAudience(place, signal);
			expect({ isOpen, hasOutsiders }).toEqual({ isOpen: false, hasOutsiders: false });
			if (accountIds !== null) expect(accountIds).toEqual(new Set([member.accountId, colleague.accountId]));
		});

		test('has outsiders as soon as a guest can be among them', async () => {
			if (scene.lacks('channels')) return;
			const { member, guest } = scene.world.people;
			const { place } = await scene.world.openClosedChannel([member, guest]);
			const { hasOutsiders, accountIds } = await scene.platform.fetchAudience(place, signal);
			expect(hasOutsiders).toBe(accountIds !== null);
		});

		test('of a channel that the bot is not in is unknown', async () => {
			if (scene.lacks('channels')) return;
			const { place } = await scene.world.openClosedChannel([scene.world.people.member]);
			await scene.world.shutOut(place, 'bot');
			await scene.world.settle();
			const found = await scene.platform.fetchAudience(place, signal);
			expect(found.isOpen || !found.hasOutsiders).toBe(false);
		});
	});

	describe('the audience of a channel, where the platform has and tells that', () => {
		const inside = { isOpen: false, hasOutsiders: false };

		async function audienceAfter(...changes: PlaceChange[]) {
			if (!changes.every((change) => scene.platform.capabilities.tells.includes(change))) return null;
			const { member } = scene.world.people;
			let { place } = await scene.world.openClosedChannel([member]);
			for (const change of changes) {
				place = await scene.world.changePlace(place, change);
				await scene.world.settle();
			}
			return { ...(await scene.platform.fetchAudience(place, signal)), isMemberIn: await isIn(place, member) };
		}

		test('is the whole company once it is made public, and not any more once it is made private', async () => {
			const [opened, closed] = [await audienceAfter('place-made-public'), await audienceAfter('place-made-public', 'place-made-private')];
			if (opened === null || closed === null) return;
			expect([opened, closed]).toMatchObject([{ isOpen: true }, { ...inside, isMemberIn: true }]);
		});

		test('has outsiders once it is shared with another company, as long as it is', async () => {
			const [shared, unshared] = [await audienceAfter('place-shared'), await audienceAfter('place-shared', 'place-unshared')];
			if (shared === null || unshared === null) return;
			expect([shared, unshared]).toMatchObject([{ hasOutsiders: true, accountIds: null }, inside]);
		});

		test('is the same once it is archived: who may read it may go on reading', async () => {
			if (scene.lacks('channels')) return;
			const archived = await audienceAfter('place-archived');
			expect(archived).toMatchObject({ ...inside, isMemberIn: true });
		});
	});

	describe('a link', () => {
		test('leads to its message, with its author and its words, where the bot may read them', async () => {
			if (scene.lacks('channels')) return;
			const root = await scene.world.say({ place: 'channel', text: 'the root', mentions: true });
			await scene.platform.post(root.place, message('an answer', { inReplyTo: root.messageId }), signal);
			const reply = await scene.world.say({ place: 'channel', text: 'and more', in: root.place, author: scene.world.people.colleague });
			const reads = scene.platform.capabilities.readsMessages.includes('channel');
			for (const [said, text] of [
				[root, 'the root'],
				[reply, 'and more'],
			] as const) {
				const reference = linked(said);
				const { platform, tenantId, channelId, kind } = said.place;
				expect(reference).toMatchObject({ messageId: said.messageId, place: { platform, tenantId, channelId, kind } });
				const found = await scene.platform.readMessage(reference, signal);
				expect(found).toEqual(
					reads ? expect.objectContaining({ messageId: said.messageId, author: 'person', text: expect.stringContaining(text) }) : null,
				);
				expect(found?.authorName).not.toBe('');
			}
		});

		test.each(allKinds)('is followed in places of kind %s only as far as that is claimed', async (kind) => {
			if (!scene.world.kinds.includes(kind)) return;
			const { messageId, place } = await scene.world.say({ place: kind, text: 'read me', mentions: kind !== 'direct' });
			const found = await scene.platform.readMessage({ place, messageId }, signal);
			expect(found !== null).toBe(scene.platform.capabilities.readsMessages.includes(kind));
		});

		test('leads to what the message says now, and to nothing once it is gone', async () => {
			if (scene.lacks('channels')) return;
			const said = await scene.world.say({ place: 'channel', text: 'the first text', mentions: true });
			await scene.world.edit(said, 'the second text');
			const reference = linked(said);
			const reads = scene.platform.capabilities.readsMessages.includes('channel');
			if (reads) expect(await scene.platform.readMessage(reference, signal)).toMatchObject({ text: 'the second text' });
			await scene.world.remove(said);
			expect(await scene.platform.readMessage(reference, signal)).toBeNull();
		});

		test('leads to nothing where the bot is not let in', async () => {
			if (scene.lacks('channels')) return;
			const said = await scene.world.openClosedChannel([scene.world.people.member]);
			const reads = scene.platform.capabilities.readsMessages.includes('channel');
			expect((await scene.platform.readMessage(linked(said), signal)) !== null).toBe(reads);
			await scene.world.shutOut(said.place, 'bot');
			expect(await scene.platform.readMessage(linked(said), signal)).toBeNull();
		});

		test.each(allKinds)('to a message of the bot is the one that its readers copy, in a place of kind %s', async (kind) => {
			if (!scene.world.kinds.includes(kind)) return;
			const place = await placeOf(kind);
			const reference = await scene.platform.post(place, message('find me again'), signal);
			const link = await scene.platform.permalink(reference, signal);
			const { linksMessages, readsMessages } = scene.platform.capabilities;
			expect(link !== null).toBe(linksMessages.includes(kind));
			if (link === null) return;
			expect(new URL(link).pathname).toBe(new URL(scene.world.linkTo({ place, messageId: reference.messageId })).pathname);
			const found = scene.platform.messageAt(link, place);
			expect(found).toMatchObject({ messageId: reference.messageId, place: { channelId: place.channelId } });
			if (found === null || !readsMessages.includes(kind)) return;
			expect(await scene.platform.readMessage(found, signal)).toMatchObject({ author: 'self', text: 'find me again' });
		});

		test('to anything else is none', async () => {
			const { place, messageId } = await scene.world.say({ place: scene.widest, text: 'here', mentions: true });
			const link = scene.world.linkTo({ place, messageId });
			const others = ['', 'here', 'https://example.com/archives', link.replace(/^https?:\/\/[^/]+/, 'https://evil.example.com')];
			for (const other of others) expect(scene.platform.messageAt(other, place)).toBeNull();
			expect(await refusal(scene.platform.readMessage({ place, messageId }, AbortSignal.abort()))).toMatchObject({ code: 'CANCELLED' });
		});
	});
}
