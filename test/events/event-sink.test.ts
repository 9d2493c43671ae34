import { describe, expect, it } from 'vitest';
import { allCommands } from '#src/commands/commands.ts';
import { createCommandRegistry } from '#src/commands/registry.ts';
import { BotError } from '#src/errors.ts';
import { createEventSink } from '#src/events/event-sink.ts';
import { createSubscriptions } from '#src/events/subscriptions.ts';
import type { ConversationStore } from '#src/history/store.ts';
import type { Inbox } from '#src/inbox/inbox.ts';
import { createRecentKeys } from '#src/inbox/recent-keys.ts';
import type { ButtonAction, ChatEvent } from '#src/platform/chat-event.ts';
import { conversationKey, type Place } from '#src/platform/place.ts';
import { createFakeRules } from '#test/fakes/rules.ts';
import { messageEvent } from '../inbox/message-event.ts';

const question = messageEvent('q');
const { place } = question;
const base = { key: 'k', platform: 'slack', tenantId: 'T1', occurredAt: question.occurredAt, place };
const actor = { tenantId: 'T1', accountId: 'U1' };
const said = { messageId: 'q', author: actor };
const thread = conversationKey(place);
const press = (button: ButtonAction): ChatEvent => ({ ...base, type: 'button-pressed', actor, messageId: '1', button });

describe('an event that is taken in', () => {
	it.each<[string, ChatEvent, string | null]>([
		['a question', question, thread],
		['a question with a command word in it', { ...question, text: 'stop the printer, how?' }, thread],
		['a message of files alone', { ...question, text: '' }, thread],
		['what is said in a thread of ours', { ...question, addressedBy: 'thread' }, thread],
		['asking again', press({ name: 'retry', replyId: 'r' }), thread],
		['a spoken command', { ...question, text: 'Stop!' }, null],
		['a spoken command in a thread', { ...question, text: 'para', addressedBy: 'thread' }, null],
		['a press on Stop', press({ name: 'stop', replyId: 'r' }), null],
		['a rating', press({ name: 'feedback', replyId: 'r', rating: 'up' }), null],
		['a command', { ...base, type: 'command-invoked', actor, text: 'new' }, null],
		["the platform's own Stop", { ...base, type: 'stop-requested', actor }, null],
		['an opened private view', { ...base, type: 'direct-opened', actor }, null],
		['an edited message', { ...base, ...said, type: 'message-edited', text: 'new' }, thread],
	])('waits in the right queue: %s', async (_name, event, queue) => {
		const world = open({ isOurThread: true });
		await world.sink(event);
		expect(world.accepted).toEqual([[event.key, queue]]);
		expect(world.taken).toEqual(['new']);
	});

	it('comes twice when it is a deletion: at once, and after the answer that is being written', async () => {
		const world = open({});
		await world.sink({ ...base, ...said, type: 'message-deleted' });
		expect(world.accepted).toEqual([
			['k', null],
			['k:again', thread],
		]);
		expect(world.taken).toEqual(['new']);
	});

	it.each<[string, ChatEvent]>([
		['what people say to each other', { ...question, addressedBy: 'thread' }],
		['what they edit', { ...base, ...said, type: 'message-edited', text: 'new' }],
		['what they delete', { ...base, ...said, type: 'message-deleted' }],
	])('is none of ours in threads without the bot: %s', async (_name, event) => {
		const world = open({ isOurThread: false });
		await world.sink(event);
		expect(world.accepted).toEqual([]);
		expect(world.taken).toEqual(['unrelated']);
		expect(world.asked).toEqual([place]);
	});

	it('is not looked up in the database when it addresses the bot', async () => {
		const world = open({ isOurThread: false });
		await world.sink(question);
		await world.sink({ ...question, key: 'r', addressedBy: 'direct' });
		expect(world.asked).toEqual([]);
		expect(world.accepted).toHaveLength(2);
	});

	it('that was delivered before is told as such', async () => {
		const world = open({ answer: 'duplicate' });
		await world.sink(question);
		expect(world.taken).toEqual(['duplicate']);
	});

	it('that this process stored a moment ago is not stored again', async () => {
		const world = open({});
		await world.sink(question);
		await world.sink({ ...question, addressedBy: 'thread' });
		expect(world.taken).toEqual(['new', 'duplicate']);
		expect(world.accepted).toHaveLength(1);
	});

	describe('of a place', () => {
		const file = { id: 'F', name: 'a.csv', mediaType: 'text/csv', sizeBytes: 1, source: null };
		const shared: ChatEvent = { ...base, type: 'file-shared', messageId: 'm', sharedBy: actor, file };
		const removed: ChatEvent = { ...base, key: 'l', type: 'file-removed', place: null, fileId: 'F' };

		it('is dropped without a trace while nobody has subscribed to it', async () => {
			const world = open({});
			world.subscriptions.on(['place-renamed'], async () => {});
			await world.sink(shared);
			await world.sink(removed);
			expect([world.accepted, world.asked]).toEqual([[], []]);
			expect(world.taken).toEqual(['unrelated', 'unrelated']);
		});

		it('is kept for whoever has, in the order of its place and beside what is asked there', async () => {
			const world = open({});
			world.subscriptions.on(['file-shared', 'file-removed'], async () => {});
			await world.sink(shared);
			await world.sink({ ...shared, key: 'm', place: { ...place, threadId: 'another' } });
			await world.sink(removed);
			const [first, second, third] = world.accepted.map(([, queue]) => queue);
			expect(second).toBe(first);
			expect(new Set([first, third, thread, null]).size).toBe(4);
		});

		it('is told at once to those who want that, and is not acknowledged when they fail', async () => {
			const world = open({});
			const heard: string[] = [];
			world.subscriptions.atOnce(['file-shared'], async ({ key }) => void heard.push(key));
			await world.sink(shared);
			expect([heard, world.accepted]).toEqual([['k'], []]);
			world.subscriptions.atOnce(['file-removed'], () => Promise.reject(new BotError('STORE_UNAVAILABLE', 'away')));
			await expect(world.sink(removed)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
		});
	});

	it('is what is said to nobody in particular, in channels where all of that is answered, and nowhere else', async () => {
		const talk: ChatEvent = { ...question, addressedBy: 'talk' };
		const everywhere = open({ isOurThread: true });
		await everywhere.sink(talk);
		expect([everywhere.taken, everywhere.asked]).toEqual([['unrelated'], []]);
		const there = open({ isOurThread: false, mode: 'all' });
		await there.sink(talk);
		await there.sink({ ...talk, key: 'in a thread', addressedBy: 'thread' });
		await there.sink({ ...base, ...said, type: 'message-edited', text: 'new' });
		expect(there.taken).toEqual(['new', 'new', 'unrelated']);
	});

	it('is not acknowledged when it could not be stored', async () => {
		const world = open({ answer: new BotError('STORE_UNAVAILABLE', 'away', { retryable: true }) });
		await expect(world.sink(question)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
		expect(world.taken).toEqual([]);
	});
});

function open(given: { isOurThread?: boolean; answer?: 'new' | 'duplicate' | BotError; mode?: 'threads' | 'all' }) {
	const { isOurThread = true, answer = 'new', mode = 'threads' } = given;
	const accepted: [string, string | null][] = [];
	const asked: Place[] = [];
	const taken: string[] = [];
	const inbox = unused<Inbox>();
	inbox.accept = async (event, queue) => {
		if (answer instanceof BotError) throw answer;
		accepted.push([event.key, queue]);
		return answer;
	};
	const store = unused<ConversationStore>();
	store.exists = async (where) => {
		asked.push(where);
		return isOurThread;
	};
	const commands = createCommandRegistry(allCommands);
	const recentKeys = createRecentKeys({ now: () => 0 });
	const subscriptions = createSubscriptions();
	const sink = createEventSink({
		inbox,
		recentKeys,
		store,
		commands,
		subscriptions,
		rules: createFakeRules({ mode }),
		onTaken: (_event, result) => void taken.push(result),
	});
	return { sink, accepted, asked, taken, subscriptions };
}

/** A part of which only what the test sets may be used. */
function unused<Part extends object>(): Part {
	return {} as Part;
}
