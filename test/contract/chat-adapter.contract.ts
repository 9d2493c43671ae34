/** What every chat adapter must do, whatever platform is behind it. Run over the adapter itself and the platform's emulator. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BlockKind } from '#src/delivery/markdown/block.ts';
import { BotError } from '#src/errors.ts';
import type { Actor, ButtonAction, ChatEvent } from '#src/platform/chat-event.ts';
import type { Button, ChatPlatform, OutgoingMessage } from '#src/platform/chat-platform.ts';
import { conversationKey, type Place, parseConversationKey } from '#src/platform/place.ts';
import type { AdapterUnderTest, Said } from './adapter-under-test.ts';

/** An adapter, made anew for the suite. */
export interface AdapterContract {
	name: string;
	open(): Promise<AdapterUnderTest>;
}

const patienceMs = 5_000;
const kinds = ['direct', 'group', 'channel'] as const;
const blockKinds: BlockKind[] = ['paragraph', 'heading', 'list', 'quote', 'table', 'code'];

export function describeAdapterContract(contract: AdapterContract): void {
	let world: AdapterUnderTest;
	let platform: ChatPlatform;
	const signal = new AbortController().signal;

	async function until<T>(condition: () => T): Promise<NonNullable<T>> {
		const deadline = performance.now() + patienceMs;
		for (;;) {
			const value = condition();
			if (value) return value as NonNullable<T>;
			if (performance.now() > deadline) throw new Error(`What was waited for did not happen: ${condition}`);
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}

	/** The events about this message. A later message that has arrived proves that nothing more is on its way. */
	async function eventsAbout(said: Said): Promise<ChatEvent[]> {
		const last = await world.say({ place: 'direct', text: 'a later message' });
		await until(() => world.events.some((event) => 'messageId' in event && event.messageId === last.messageId));
		return world.events.filter((event) => 'messageId' in event && event.messageId === said.messageId);
	}

	async function placeOf(kind: Place['kind']): Promise<Place> {
		return (await world.say({ place: kind, text: 'a thread for the test', mentions: kind !== 'direct' })).place;
	}

	const message = (text: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({ text, buttons: [], ...more });
	const refusal = async (work: Promise<unknown>) => {
		const error = await work.then(
			() => null,
			(thrown: unknown) => thrown,
		);
		if (!(error instanceof BotError)) throw new Error(`not refused: ${error}`);
		return { code: error.code, reason: error.reason, retryable: error.retryable, retryAfterMs: error.retryAfterMs };
	};

	describe(contract.name, () => {
		beforeAll(async () => {
			world = await contract.open();
			platform = world.platform;
			await until(() => platform.health().state === 'up');
		});
		afterAll(() => world.close());
		beforeEach(() => world.forget());

		describe('what arrives', () => {
			test.each(kinds)('a message to the bot, with a thread of its own, in a place of kind %s', async (kind) => {
				const said = await world.say({ place: kind, text: 'Is 1 < 2 & 3 > 2?', mentions: kind !== 'direct' });
				const [event] = await eventsAbout(said);
				expect(event).toMatchObject({
					type: 'message-received',
					platform: platform.name,
					author: world.people.member,
					text: 'Is 1 < 2 & 3 > 2?',
					addressedBy: kind === 'direct' ? 'direct' : 'mention',
					startsThread: true,
					attachments: [],
				});
				expect(event?.place).toMatchObject({ platform: platform.name, threadId: said.place.threadId });
				expect(Number.isNaN(Date.parse(event?.occurredAt ?? ''))).toBe(false);
				expect(JSON.parse(JSON.stringify(event))).toEqual(event);
			});

			test('a message in a thread, whose conversation is that of the thread', async () => {
				const root = await world.say({ place: 'channel', text: 'root', mentions: true });
				const reply = await world.say({ place: 'channel', text: 'reply', in: root.place, author: world.people.colleague });
				const [first] = await eventsAbout(root);
				const [second] = await eventsAbout(reply);
				expect(second).toMatchObject({
					type: 'message-received',
					addressedBy: 'thread',
					startsThread: false,
					author: world.people.colleague,
				});
				expect(conversationKey(second?.place ?? root.place)).toBe(conversationKey(first?.place ?? reply.place));
			});

			test('one key for each message, however often it is delivered', async () => {
				world.deliverTwice(true);
				const said = await world.say({ place: 'channel', text: 'twice', mentions: true });
				world.deliverTwice(false);
				const events = await eventsAbout(said);
				expect(events.length).toBeGreaterThan(1);
				expect(new Set(events.map((event) => event.key)).size).toBe(1);
				const other = await eventsAbout(await world.say({ place: 'channel', text: 'twice', mentions: true }));
				expect(other[0]?.key).not.toBe(events[0]?.key);
			});

			test('changes and deletions by people, about the same message in the same place', async () => {
				const said = await world.say({ place: 'channel', text: 'first', mentions: true });
				await world.edit(said, 'second');
				await world.remove(said);
				await until(() => world.events.some((event) => event.type === 'message-deleted'));
				const events = await eventsAbout(said);
				const [received, edited, deleted] = ['message-received', 'message-edited', 'message-deleted'].map((type) =>
					events.find((event) => event.type === type),
				);
				expect(edited).toMatchObject({ text: 'second', author: world.people.member, place: { threadId: received?.place.threadId } });
				expect(deleted).toMatchObject({ author: world.people.member, place: { threadId: received?.place.threadId } });
				expect(new Set([received?.key, edited?.key, deleted?.key]).size).toBe(3);
			});

			test('nothing of what the bot itself or another bot says, changes or removes', async () => {
				const place = await placeOf('channel');
				const marker = await world.say({ place: 'direct', text: 'before' });
				await eventsAbout(marker);
				world.forget();
				const reference = await platform.post(place, message('mine'), signal);
				await platform.edit(reference, message('mine, changed'), signal);
				await platform.remove(reference, signal);
				await world.sayAsBot('are you a bot too?');
				await eventsAbout(await world.say({ place: 'direct', text: 'after' }));
				const texts = world.events.map((event) => ('text' in event ? event.text : event.type));
				expect(texts.filter((text) => !['after', 'a later message'].includes(text))).toEqual([]);
			});

			test('nothing that somebody forged', async () => {
				expect(await world.forge()).toBe(false);
				await eventsAbout(await world.say({ place: 'direct', text: 'genuine' }));
				expect(world.events.every((event) => 'text' in event && ['genuine', 'a later message'].includes(event.text))).toBe(true);
			});

			test('again what could not be kept', async () => {
				world.sinkFails(new BotError('STORE_UNAVAILABLE', 'away', { retryable: true }));
				const said = await world.say({ place: 'channel', text: 'keep me', mentions: true });
				await new Promise((resolve) => setTimeout(resolve, 50));
				world.sinkFails(null);
				await until(() => world.events.some((event) => 'messageId' in event && event.messageId === said.messageId));
			});

			test('buttons as they were sent, with who pressed them', async () => {
				const place = await placeOf('channel');
				const replyId = '0b9f6f3c-8a53-8b1e-9d2f-6a1c2f3e4d5a';
				const actions: ButtonAction[] = [
					{ name: 'feedback', replyId, rating: 'up' },
					{ name: 'feedback', replyId, rating: 'down' },
					{ name: 'retry', replyId },
					{ name: 'stop', replyId },
				];
				const buttons: Button[] = actions.map((action) => ({ label: JSON.stringify(action).slice(0, 20), action }));
				const reference = await platform.post(place, message('press', { buttons, replyId }), signal);
				for (const action of actions) await world.press(reference, action, world.people.colleague);
				const pressed = await until(() => {
					const events = world.events.filter((event) => event.type === 'button-pressed');
					return events.length === actions.length ? events : undefined;
				});
				expect(pressed.map((event) => event.button)).toEqual(actions);
				expect(new Set(pressed.map((event) => event.key)).size).toBe(actions.length);
				for (const event of pressed) {
					expect(event).toMatchObject({
						actor: world.people.colleague,
						messageId: reference.messageId,
						place: { threadId: place.threadId },
					});
				}
			});

			test('places whose keys read back', async () => {
				for (const kind of kinds) {
					const { kind: _kind, ...place } = await placeOf(kind);
					expect(parseConversationKey(conversationKey(place))).toEqual(place);
				}
			});
		});

		describe('what is sent', () => {
			test.each(kinds)('is posted, edited and removed in a place of kind %s', async (kind) => {
				const reference = await platform.post(await placeOf(kind), message('one'), signal);
				expect(world.seen(reference)).toEqual({ text: 'one', buttons: [], isStreaming: false });
				const action: ButtonAction = { name: 'retry', replyId: 'r' };
				await platform.edit(reference, message('two', { buttons: [{ label: 'Again', action }] }), signal);
				expect(world.seen(reference)).toEqual({ text: 'two', buttons: ['Again'], isStreaming: false });
				await platform.remove(reference, signal);
				expect(world.seen(reference)).toBeNull();
				expect(await refusal(platform.edit(reference, message('three'), signal))).toMatchObject({
					code: 'PLATFORM_REJECTED',
					reason: 'message-gone',
				});
			});

			test('fits in one message up to the length that is claimed', async () => {
				const { limit } = platform.capabilities.messageText;
				const text = 'word '.repeat(limit / 5).trim();
				const reference = await platform.post(await placeOf('channel'), message(text), signal);
				expect(world.seen(reference)?.text).toBe(text);
				await platform.edit(reference, message(`${text}!`.slice(1)), signal);
				expect(world.seen(reference)?.text).toBe(`${text}!`.slice(1));
			});

			test('notifies nobody, in any kind of block', async () => {
				const place = await placeOf('channel');
				const bait = `@everyone @here @channel <!channel> <!here|x> <!subteam^S1|@all> <@${world.people.colleague.accountId}> [<!here>](https://a.example)`;
				for (const kind of blockKinds) {
					const source = { paragraph: bait, heading: `# ${bait}`, list: `- ${bait}`, quote: `> ${bait}`, rule: '---' } as Record<
						string,
						string
					>;
					const table = `| a | ${bait} |\n|---|---|\n| 1 | ${bait} |`;
					const given = source[kind] ?? (kind === 'table' ? table : `\`\`\`\n${bait}\n\`\`\``);
					const text = platform.renderBlock({ kind, source: given, language: '', isComplete: true });
					expect(world.notifies(await platform.post(place, message(text), signal)), kind).toBe(false);
				}
			});

			test('can be found again by its mark, after a crash', async () => {
				if (!platform.capabilities.readsThreads) return;
				const said = await world.say({ place: 'channel', text: 'find it', mentions: true });
				const marked = await platform.post(said.place, message('marked', { replyId: 'reply-1' }), signal);
				const plain = await platform.post(said.place, message('plain'), signal);
				const found = await platform.findOwnMessages(said.place, said.messageId, signal);
				expect(found.map(({ reference, replyId }) => [reference.messageId, replyId])).toEqual([
					[marked.messageId, 'reply-1'],
					[plain.messageId, null],
				]);
				expect(await platform.findOwnMessages(said.place, marked.messageId, signal)).toHaveLength(1);
			});
		});

		describe('a native stream', () => {
			const open = async (kind: Place['kind'] = 'channel') => platform.openStream(await placeOf(kind), world.people.member, 'one ', signal);
			const closing = message('one two three', { buttons: [{ label: 'Again', action: { name: 'retry', replyId: 'r' } }], replyId: 'r' });

			test.each(kinds)('grows and is closed with its buttons in a place of kind %s, where it is claimed', async (kind) => {
				if (!platform.capabilities.stream?.kinds.includes(kind)) return;
				const reference = await open(kind);
				expect(world.seen(reference)).toMatchObject({ text: 'one ', isStreaming: true });
				await platform.appendStream(reference, 'two ', signal);
				expect(world.seen(reference)).toMatchObject({ text: 'one two ', isStreaming: true });
				await platform.closeStream(reference, 'three', closing, signal);
				expect(world.seen(reference)).toEqual({ text: 'one two three', buttons: ['Again'], isStreaming: false });
				await platform.edit(reference, message('whole'), signal);
				expect(world.seen(reference)?.text).toBe('whole');
			});

			test('cannot be edited while it is open, nor be added to once it is closed', async () => {
				if (platform.capabilities.stream === null) return;
				const reference = await open();
				expect(await refusal(platform.edit(reference, message('x'), signal))).toMatchObject({
					code: 'PLATFORM_REJECTED',
					reason: 'stream-open',
				});
				await platform.closeStream(reference, '', message('one ', {}), signal);
				expect(await refusal(platform.appendStream(reference, 'x', signal))).toMatchObject({
					code: 'PLATFORM_REJECTED',
					reason: 'stream-closed',
				});
			});

			test('says when a person stopped it, when it outlived its time, and when it is full', async () => {
				if (platform.capabilities.stream === null) return;
				const stopped = await open();
				await world.endStream(stopped, 'stop');
				expect(await refusal(platform.appendStream(stopped, 'x', signal))).toMatchObject({
					code: 'PLATFORM_REJECTED',
					reason: 'stopped-by-person',
				});
				const expired = await open();
				await world.endStream(expired, 'expire');
				expect(await refusal(platform.appendStream(expired, 'x', signal))).toMatchObject({
					code: 'PLATFORM_REJECTED',
					reason: 'stream-closed',
				});
				await platform.edit(expired, message('repaired'), signal);
				const full = await open();
				const add = () => platform.appendStream(full, 'word '.repeat(1_600), signal);
				expect(await refusal(add().then(add).then(add))).toMatchObject({ code: 'PLATFORM_REJECTED', reason: 'too-long' });
			});
		});

		describe('trouble', () => {
			test.each(['post', 'edit', 'remove'] as const)('with %s is told in the words of the port', async (operation) => {
				const place = await placeOf('channel');
				const work = async () => {
					const reference = await platform.post(place, message('x'), signal);
					world.failNext(operation, how);
					if (operation === 'post') await platform.post(place, message('y'), signal);
					else if (operation === 'edit') await platform.edit(reference, message('y'), signal);
					else await platform.remove(reference, signal);
				};
				let how: 'limited' | 'lost' = 'limited';
				expect(await refusal(work())).toMatchObject({ code: 'PLATFORM_RATE_LIMITED', retryable: true, retryAfterMs: 2_000 });
				how = 'lost';
				expect(await refusal(work())).toMatchObject({ code: 'PLATFORM_UNAVAILABLE', retryable: true });
			});

			test('with one place holds up no other', async () => {
				const [one, other] = [await placeOf('channel'), await placeOf('direct')];
				world.failNext('post', 'limited');
				await refusal(platform.post(one, message('x'), signal));
				const beganAtMs = performance.now();
				await platform.post(other, message('y'), signal);
				expect(performance.now() - beganAtMs).toBeLessThan(1_500);
			});

			test('ends with the signal, before a call and in the middle of it', async () => {
				const place = await placeOf('channel');
				expect(await refusal(platform.post(place, message('x'), AbortSignal.abort()))).toMatchObject({ code: 'CANCELLED' });
				world.failNext('post', 'silent');
				const beganAtMs = performance.now();
				expect(await refusal(platform.post(place, message('x'), AbortSignal.timeout(100)))).toMatchObject({ code: 'CANCELLED' });
				expect(performance.now() - beganAtMs).toBeLessThan(2_000);
			});
		});

		describe('what is claimed', () => {
			test('are budgets that can be kept', () => {
				for (const budget of Object.values(platform.capabilities.budgets)) {
					expect(budget.windows.length).toBeGreaterThan(0);
					for (const { limit, windowMs } of budget.windows) expect(Math.min(limit, windowMs)).toBeGreaterThan(0);
				}
				expect(platform.capabilities.minEditIntervalMs).toBeGreaterThan(0);
				expect(platform.capabilities.messageText.limit).toBeGreaterThanOrEqual(1_000);
			});

			test('activity is shown and taken away, where it is claimed', async () => {
				if (platform.capabilities.activityLifetimeMs === null) return;
				const place = await placeOf('channel');
				await platform.showActivity(place, 'is thinking…', signal);
				expect(world.activity(place)).toBe('is thinking…');
				await platform.showActivity(place, null, signal);
				expect(world.activity(place)).toBe('');
			});

			test('threads are read back up to a message, the newest ones, oldest first, with names', async () => {
				if (!platform.capabilities.readsThreads) return;
				const root = await world.say({ place: 'channel', text: 'root', mentions: true });
				await platform.post(root.place, message('from the bot'), signal);
				await world.say({ place: 'channel', text: 'a &amp; b', in: root.place, author: world.people.colleague });
				const last = await world.say({ place: 'channel', text: 'now', in: root.place });
				const read = await platform.readThread(root.place, last.messageId, 2, signal);
				expect(read.map(({ author }) => author)).toEqual(['bot', 'person']);
				expect(read[1]?.authorName).not.toBe(world.people.colleague.accountId);
				const all = await platform.readThread(root.place, last.messageId, 10, signal);
				expect(all.map(({ text }) => text)[0]).toBe('root');
				expect(all).toHaveLength(3);
			});

			test.each(kinds)('private words reach one person, in a place of kind %s', async (kind) => {
				const place = await placeOf(kind);
				await platform.sendPrivately(place, world.people.member, 'for you <alone> & nobody', undefined, signal);
				expect(world.privateWords(place, world.people.member)).toContain('for you <alone> & nobody');
				if (kind !== 'direct') expect(world.privateWords(place, world.people.colleague)).not.toContain('for you <alone> & nobody');
			});

			test('suggestions appear in a direct conversation', async () => {
				const place = await placeOf('direct');
				await platform.suggestPrompts(place, [{ title: 'One', message: 'Tell me one' }], signal);
				expect(world.prompts(place)).toEqual(['Tell me one']);
			});

			test('profiles say who is a member, a guest, of another company, or gone', async () => {
				const { member, guest, outsider, gone } = world.people;
				const standing = async (actor: Actor) => {
					const { isGuest, isExternal, isDeactivated, isBot } = await platform.fetchProfile(actor, signal);
					return { isGuest, isExternal, isDeactivated, isBot };
				};
				const nobody = { isGuest: false, isExternal: false, isDeactivated: false, isBot: false };
				expect(await standing(member)).toEqual(nobody);
				expect(await standing(guest)).toEqual({ ...nobody, isGuest: true });
				expect(await standing(outsider)).toEqual({ ...nobody, isExternal: true });
				expect(await standing(gone)).toEqual({ ...nobody, isDeactivated: true });
				expect((await platform.fetchProfile(member, signal)).locale).toMatch(/^[a-z]{2}-[A-Z]{2}$/);
			});
		});

		test('stops to listen, and can still speak', async () => {
			const place = await placeOf('channel');
			await platform.stop();
			expect(world.seen(await platform.post(place, message('last words'), signal))?.text).toBe('last words');
		});
	});
}
