/** What an adapter makes of what happens on its platform. */

import { describe, expect, test } from 'vitest';
import { BotError } from '#src/errors.ts';

import type { Button } from '#src/platform/chat-platform.ts';
import { conversationKey, parseConversationKey } from '#src/platform/place.ts';
import { type AdapterScene, allKinds, message, signal } from './scene.ts';

export function describeArriving(scene: AdapterScene): void {
	const { eventsAbout, placeOf, until } = scene;
	describe('what arrives', () => {
		test.each(allKinds)('a message to the bot, with a thread of its own where there are any, in a place of kind %s', async (kind) => {
			if (!scene.world.kinds.includes(kind)) return;
			const said = await scene.world.say({ place: kind, text: 'Is 1 < 2 & 3 > 2?', mentions: kind !== 'direct' });
			const [event] = await eventsAbout(said);
			expect(event).toMatchObject({
				type: 'message-received',
				platform: scene.platform.name,
				author: scene.world.people.member,
				text: 'Is 1 < 2 & 3 > 2?',
				addressedBy: kind === 'direct' ? 'direct' : 'mention',
				// Without a place around it, a conversation is one from its first word on.
				startsThread: scene.platform.capabilities.threads.includes(kind) && !scene.lacks('channels'),
				attachments: [],
			});
			expect(event?.place).toMatchObject({ platform: scene.platform.name, threadId: said.place.threadId });
			expect(Number.isNaN(Date.parse(event?.occurredAt ?? ''))).toBe(false);
			expect(JSON.parse(JSON.stringify(event))).toEqual(event);
		});

		test('a message in a thread, whose conversation is that of the thread', async () => {
			if (scene.lacks('channels')) return;
			const root = await scene.world.say({ place: 'channel', text: 'root', mentions: true });
			await scene.platform.post(root.place, message('answer', { inReplyTo: root.messageId }), signal);
			const reply = await scene.world.say({ place: 'channel', text: 'reply', in: root.place, author: scene.world.people.colleague });
			const [first] = await eventsAbout(root);
			const [second] = await eventsAbout(reply);
			expect(second).toMatchObject({
				type: 'message-received',
				addressedBy: 'thread',
				startsThread: false,
				author: scene.world.people.colleague,
			});
			expect(conversationKey(second?.place ?? root.place)).toBe(conversationKey(first?.place ?? reply.place));
		});

		test('one key for each message, however often it is delivered', async () => {
			scene.world.deliverTwice(true);
			const said = await scene.world.say({ place: scene.widest, text: 'twice', mentions: true });
			scene.world.deliverTwice(false);
			const events = await eventsAbout(said);
			expect(events.length).toBeGreaterThan(1);
			expect(new Set(events.map((event) => event.key)).size).toBe(1);
			const other = await eventsAbout(await scene.world.say({ place: scene.widest, text: 'twice', mentions: true }));
			expect(other[0]?.key).not.toBe(events[0]?.key);
		});

		test('changes and deletions by people, about the same message in the same place', async () => {
			if (scene.lacks('changes')) return;
			const said = await scene.world.say({ place: 'channel', text: 'first', mentions: true });
			await scene.world.edit(said, 'second');
			await scene.world.remove(said);
			await until(() => scene.world.events.some((event) => event.type === 'message-deleted'));
			const events = await eventsAbout(said);
			const [received, edited, deleted] = ['message-received', 'message-edited', 'message-deleted'].map((type) =>
				events.find((event) => event.type === type),
			);
			expect(edited).toMatchObject({ text: 'second', author: scene.world.people.member, place: { threadId: received?.place.threadId } });
			expect(deleted).toMatchObject({ author: scene.world.people.member, place: { threadId: received?.place.threadId } });
			expect(new Set([received?.key, edited?.key, deleted?.key]).size).toBe(3);
		});

		test('nothing of what the bot itself or another bot says, changes or removes', async () => {
			const place = await placeOf(scene.widest);
			const marker = await scene.world.say({ place: 'direct', text: 'before' });
			await eventsAbout(marker);
			scene.world.forget();
			const reference = await scene.platform.post(place, message('mine'), signal);
			await scene.platform.edit(reference, message('mine, changed'), signal);
			await scene.platform.remove(reference, signal);
			await scene.world.sayAsBot('are you a bot too?');
			await eventsAbout(await scene.world.say({ place: 'direct', text: 'after' }));
			const texts = scene.world.events.map((event) => ('text' in event ? event.text : event.type));
			expect(texts.filter((text) => !['after', 'a later message'].includes(text))).toEqual([]);
		});

		test('nothing that somebody forged', async () => {
			expect(await scene.world.forge()).toBe(false);
			await eventsAbout(await scene.world.say({ place: 'direct', text: 'genuine' }));
			expect(scene.world.events.every((event) => 'text' in event && ['genuine', 'a later message'].includes(event.text))).toBe(true);
		});

		test('again what could not be kept', async () => {
			scene.world.sinkFails(new BotError('STORE_UNAVAILABLE', 'away', { retryable: true }));
			const said = await scene.world.say({ place: scene.widest, text: 'keep me', mentions: true });
			await new Promise((resolve) => setTimeout(resolve, 50));
			scene.world.sinkFails(null);
			await until(() => scene.world.events.some((event) => 'messageId' in event && event.messageId === said.messageId));
		});

		test('buttons as they were sent, with who pressed them', async () => {
			if (scene.lacks('presses')) return;
			const place = await placeOf('channel');
			const replyId = '0b9f6f3c-8a53-8b1e-9d2f-6a1c2f3e4d5a';
			const actions: Button['action'][] = [
				{ name: 'feedback', replyId, rating: 'up' },
				{ name: 'feedback', replyId, rating: 'down' },
				{ name: 'retry', replyId },
				{ name: 'stop', replyId },
			];
			const sets = [
				actions.filter(({ name }) => name === 'feedback'),
				...actions.filter(({ name }) => name !== 'feedback').map((one) => [one]),
			];
			const messageIds: string[] = [];
			for (const set of sets) {
				const buttons: Button[] = set.map((action) => ({ label: JSON.stringify(action).slice(0, 20), action }));
				const reference = await scene.platform.post(place, message('press', { buttons, replyId }), signal);
				for (const action of set) {
					messageIds.push(reference.messageId);
					await scene.world.press(reference, action, scene.world.people.colleague);
				}
			}
			const pressed = await until(() => {
				const events = scene.world.events.filter((event) => event.type === 'button-pressed');
				return events.length === actions.length ? events : undefined;
			});
			// Where the platform tells only the message, the answer's id is to be looked up.
			const named = pressed.map(({ button }) => ({ ...button, replyId: button.replyId ?? replyId }));
			expect(named).toEqual(actions);
			expect(new Set(pressed.map((event) => event.key)).size).toBe(actions.length);
			expect(pressed.map((event) => event.messageId)).toEqual(messageIds);
			for (const event of pressed)
				expect(event).toMatchObject({ actor: scene.world.people.colleague, place: { threadId: place.threadId } });
		});

		test('places whose keys read back', async () => {
			for (const kind of scene.world.kinds) {
				const { kind: _kind, route: _route, ...place } = await placeOf(kind);
				expect(parseConversationKey(conversationKey(place))).toEqual(place);
			}
		});
	});
}
