import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '#src/commands/command.ts';
import { createCommandRegistry } from '#src/commands/registry.ts';
import { createEventHandler, type EventHandlerDependencies } from '#src/conversation/events.ts';
import { BotError } from '#src/errors.ts';
import type { Person } from '#src/identity/person.ts';
import { type LimitRefusal, refusalSentence } from '#src/limits/refusal.ts';
import type { ButtonAction, ButtonPressed, ChatEvent, MessageReceived } from '#src/platform/chat-event.ts';
import type { Place } from '#src/platform/place.ts';
import { english } from '#src/words/english.ts';
import { spanish } from '#src/words/spanish.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeLimits, type FakeLimits } from '#test/fakes/limits.ts';
import { says, saysWithoutEnd } from '#test/fakes/model-pool.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { newPerson, newPlace } from './conversation-fixture.ts';
import { openTurnWorld, type TurnWorld, waitFor } from './turn-fixture.ts';

const broken = new BotError('MODEL_UNAVAILABLE', 'no host', { retryable: true });
const file = { id: 'F1', name: 'prices.pdf', mediaType: 'application/pdf', sizeBytes: 9, source: 'https://files.example.com/1' };

let opened: TestDatabase;
let ana: Person;
let luis: Person;
let people: Map<string, Person>;
let world: TurnWorld;
let place: Place;
let ratings: string[];
let commanded: Place[];
/** What the limits say, and what they were asked. */
let limits: FakeLimits;
let handler: ReturnType<typeof createEventHandler>;

beforeAll(async () => {
	opened = await openServerDatabase();
	ana = await newPerson(opened.database);
	luis = await newPerson(opened.database, { displayName: 'Luis' });
});
afterAll(() => opened.close());
beforeEach(() => {
	people = new Map([
		['ana', ana],
		['luis', luis],
	]);
	place = newPlace();
	world = openTurnWorld(opened.database, ana);
	ratings = [];
	commanded = [];
	limits = createFakeLimits();
	handler = createEventHandler(dependencies());
});

describe('a message', () => {
	it('is answered', async () => {
		world.models.script(says('Very well.'));
		expect(await handle(message())).toBe('answered');
		expect(world.shown()).toEqual(['Very well.']);
	});

	it('is answered once, however often its event is handled', async () => {
		world.models.script(says('Very well.'));
		const event = message();
		await handle(event);
		expect(await handle(event, 2)).toBe('answered');
		expect(world.shown()).toEqual(['Very well.']);
	});

	it('with files that are out of reach is answered with what to do', async () => {
		world.models.script(says('Very well.'));
		const outOfReach = { ...file, source: null };
		await handle(message({ attachments: [outOfReach] }));
		await handle(message({ messageId: '0520', key: 'alone', text: '', attachments: [outOfReach] }));
		expect(world.shown()).toEqual([`Very well.\n\n${english.notice.filesDirectly}`, english.notice.filesDirectly]);
	});

	it('of another platform than ours is ignored', async () => {
		expect(await handle({ ...message(), platform: 'unknown' })).toBe('ignored');
	});

	it('with files is answered with a note that they were not read', async () => {
		world.models.script(says('Very well.'));
		await handle(message({ attachments: [file] }));
		expect(world.shown()).toEqual([`Very well.\n\n${english.notice.filesLater}`]);
	});

	it.each<[string, Partial<MessageReceived>, string]>([
		['of files alone', { text: '', attachments: [file] }, english.refusal.onlyFiles],
		['of nothing but a mention', { text: '' }, 'the help text'],
	])('%s is answered by a sentence of ours', async (_name, given, sentence) => {
		expect(await handle(message(given))).toBe('told');
		expect(world.shown()).toEqual([sentence]);
		expect(world.models.requests).toEqual([]);
	});

	it('that is a command runs it, for its author alone', async () => {
		expect(await handle(message({ text: 'Stop!', startsThread: false }))).toBe('commanded');
		expect(world.platform.privately).toEqual([{ accountId: 'ana', text: 'stopped' }]);
		expect(commanded).toEqual([place]);
		expect(world.shown()).toEqual([]);
	});

	it('that is a command outside any thread means the whole channel', async () => {
		await handle(message({ text: 'stop' }));
		expect(commanded).toEqual([{ ...place, threadId: '' }]);
	});

	it("is answered in its author's language", async () => {
		people.set('ana', { ...ana, locale: 'es-MX' });
		world.models.script([broken]);
		await handle(message());
		expect(world.shown()).toEqual([spanish.failure.modelUnavailable]);
	});
});

describe('somebody who is no member', () => {
	it.each<[Person['standing'], string]>([
		['guest', english.refusal.guest],
		['deactivated', english.refusal.deactivated],
	])('is told so politely and alone: %s', async (standing, sentence) => {
		people.set('ana', { ...ana, standing, role: standing === 'guest' ? 'ccb_guest' : 'ccb_employee' });
		for (const event of [message(), message({ text: 'stop' }), invoked('status')]) expect(await handle(event)).toBe('refused');
		expect(world.platform.privately).toEqual(Array.from({ length: 3 }, () => ({ accountId: 'ana', text: sentence })));
		expect(world.models.requests).toEqual([]);
		expect(commanded).toEqual([]);
	});

	it('is left alone when they do not speak to the bot', async () => {
		people.set('ana', { ...ana, standing: 'guest', role: 'ccb_guest' });
		expect(await handle(message({ addressedBy: 'thread' }))).toBe('refused');
		expect(world.platform.calls).toEqual([]);
	});
});

describe('a typed command', () => {
	it('is carried out', async () => {
		expect(await handle(invoked('stop'))).toBe('commanded');
		expect(world.platform.privately).toEqual([{ accountId: 'ana', text: 'stopped' }]);
	});

	it('that does not exist is named, shortened, with the help below', async () => {
		await handle(invoked(`${'x'.repeat(200)}`));
		const text = world.platform.privately[0]?.text ?? '';
		expect(text).toContain('the help text');
		expect(text.length).toBeLessThan(120);
	});
});

describe('a command of administrators', () => {
	it('runs for an administrator, with what was typed behind it as it was typed', async () => {
		people.set('ana', { ...ana, role: 'ccb_admin' });
		expect(await handle(invoked('queue  Pause now '))).toBe('commanded');
		expect(world.platform.privately).toEqual([{ accountId: 'ana', text: 'queue: Pause now' }]);
		expect(await handle(message({ text: 'Queue pause' }))).toBe('commanded');
		expect(world.platform.privately.at(-1)?.text).toBe('queue: pause');
	});

	it('refuses everybody else, however it comes, and names their account', async () => {
		for (const event of [invoked('queue pause'), message({ text: 'queue pause' })]) {
			expect(await handle(event)).toBe('refused');
			expect(world.platform.privately.at(-1)?.text).toBe(english.refusal.administratorsOnly('fake:T:ana'));
		}
	});

	it('is a question like any other when it goes on like a sentence', async () => {
		world.models.script(says('It is long.'));
		expect(await handle(message({ text: 'queue at the bakery?' }))).toBe('answered');
	});
});

describe('a limit', () => {
	const refusal: LimitRefusal = { limit: 'messageCharacters', allowed: 10, size: 12 };

	it('that a question exceeds is told privately, and no model is asked', async () => {
		limits.refusal = refusal;
		const uploads = [{ id: 'F', name: 'plan.pdf', mediaType: 'application/pdf', sizeBytes: 7, source: null }];
		expect(await handle(message({ attachments: uploads }))).toBe('refused');
		expect(world.platform.privately).toEqual([{ accountId: 'ana', text: refusalSentence(refusal, english) }]);
		expect(world.models.requests).toEqual([]);
		expect(limits.asked).toEqual([{ characters: 'How are you?'.length, uploads: [7], model: 'fake-model' }]);
	});

	it('counts a question once, also when another process goes on with it', async () => {
		world.models.script(says('Very well.'));
		const question = message();
		await handle(question);
		await handle(question, 2);
		expect(limits.asked).toHaveLength(1);
	});

	it('holds for asking again too', async () => {
		const replyId = await answered();
		limits.refusal = refusal;
		expect(await handle(pressed({ name: 'retry', replyId }))).toBe('refused');
		expect(world.platform.privately.at(-1)?.text).toBe(refusalSentence(refusal, english));
	});

	it('does not concern commands', async () => {
		limits.refusal = refusal;
		expect(await handle(invoked('stop'))).toBe('commanded');
	});
});

it('what nobody in particular did is ignored', async () => {
	for (const event of [message({ author: actor('') }), changed('message-deleted', { author: actor('') })])
		expect(await handle(event)).toBe('ignored');
	expect(world.platform.privately).toEqual([]);
});

describe('a message that was changed', () => {
	it('is remembered as it reads now', async () => {
		world.models.script(says('First.'), says('Second.'));
		await handle(message({ messageId: '0500', text: 'What is a chiar?' }));
		expect(await handle(changed('message-edited', { text: 'What is a chair?' }))).toBe('recorded');
		await handle(message({ messageId: '0510', startsThread: false }));
		const asked = JSON.stringify(world.models.requests[1]?.messages);
		expect(asked).toContain('What is a chair?');
		expect(asked).not.toContain('chiar');
	});

	it('that was never ours is ignored', async () => {
		expect(await handle(changed('message-edited', { text: 'x', messageId: '0999' }))).toBe('ignored');
	});

	it('cannot be changed by somebody else', async () => {
		world.models.script(says('First.'));
		await handle(message());
		const forged = changed('message-edited', { text: 'forged', author: { tenantId: 'T', accountId: 'luis' } });
		expect(await handle(forged)).toBe('ignored');
	});

	it('and taken back while it is answered stops the answer, and nothing of it is left', async () => {
		world.models.script([...says('Half of').slice(0, -1), new Promise(() => {})], says('Second.'));
		const answering = handler(message({ messageId: '0500', text: 'My password is hunter2.' }), 1, new AbortController().signal);
		await world.clock.advanceUntil(() => world.shown().length === 1, 60_000);
		await handle(changed('message-deleted', {}));
		await waitFor(world.clock, answering);
		expect(await answering).toBe('stopped');
		await handle({ ...changed('message-deleted', {}), key: 'again' });
		await handle(message({ messageId: '0510', startsThread: false }));
		expect(JSON.stringify(world.models.requests[1]?.messages)).not.toContain('hunter2');
		const rows = await opened.database.asUser(ana, ({ query }) =>
			query("select 1 from messages where content like '%hunter2%' union all select 1 from conversations where title like '%hunter2%'"),
		);
		expect(rows).toEqual([]);
	});

	it('and taken back after the process that answered it died leaves nothing behind', async () => {
		world.models.script([...saysWithoutEnd('Half of an answer here.'), new Promise(() => {})]);
		const event = message({ startsThread: false });
		const process = new AbortController();
		const dying = handler(event, 1, process.signal);
		dying.catch(() => {});
		await world.clock.advanceUntil(() => world.shown().length === 1, 60_000);
		process.abort();
		await waitFor(world.clock, dying);
		await world.store.eraseQuestion(ana, event.place, event.messageId);
		expect(await handle(event, 2)).toBe('ignored');
		expect(world.shown()).toEqual([]);
	});

	it('and taken back before its turn came is not answered', async () => {
		world.models.script(says('First.'));
		await handle(message({ messageId: '0500' }));
		await handle(changed('message-deleted', { messageId: '0510' }));
		expect(await handle(message({ messageId: '0510', startsThread: false }))).toBe('ignored');
		expect(world.models.requests).toHaveLength(1);
	});
});

describe('a button', () => {
	it('rates an answer, and anybody who can see it may', async () => {
		const replyId = await answered();
		expect(await handle(pressed({ name: 'feedback', replyId, rating: 'up' }, 'luis'))).toBe('commanded');
		expect(await handle(pressed({ name: 'feedback', replyId, rating: 'down' }, 'luis'))).toBe('commanded');
		expect(ratings).toEqual(['up', 'down']);
		const rows = await opened.database.asUser(luis, ({ query }) => query('select rating from feedback where message_id = $1', [replyId]));
		expect(rows).toEqual([{ rating: -1 }]);
		expect(world.platform.privately.map(({ text }) => text)).toEqual([english.feedback.thanks, english.feedback.thanks]);
	});

	it('rates the answer whose message it is on, with the reason that was given, where the platform tells no more and thanks itself', async () => {
		const replyId = await answered();
		const { replyHandle: _handle, ...event } = pressed({ name: 'feedback', replyId: null, rating: 'down', comment: 'too long' }, 'luis');
		expect(await handle(event)).toBe('commanded');
		const rows = await opened.database.asUser(luis, ({ query }) => query('select message_id, rating, comment from feedback'));
		expect(rows).toContainEqual({ message_id: replyId, rating: -1, comment: 'too long' });
		expect(await handle({ ...event, key: 'newest', messageId: '' })).toBe('commanded');
		expect(await handle({ ...event, key: 'other', messageId: '9999' })).toBe('refused');
		expect(world.platform.privately.map(({ text }) => text)).toEqual([english.refusal.answerGone]);
	});

	it('asks again, once', async () => {
		const replyId = await answered();
		world.models.script(says('Another one.'));
		expect(await handle(pressed({ name: 'retry', replyId }))).toBe('answered');
		expect(await handle(pressed({ name: 'retry', replyId }))).toBe('refused');
		expect(world.shown()).toEqual(['Very well.', 'Another one.']);
		expect(world.platform.privately.at(-1)?.text).toBe(english.refusal.askedAgain);
	});

	it.each(['retry', 'stop'] as const)('%s is for the one who asked', async (name) => {
		const replyId = await answered();
		expect(await handle(pressed({ name, replyId }, 'luis'))).toBe('refused');
		expect(world.platform.privately).toEqual([{ accountId: 'luis', text: english.refusal.notYours }]);
		expect(world.models.requests).toHaveLength(1);
	});

	it('does not ask a question again that was taken back', async () => {
		const replyId = await answered();
		await handle(changed('message-deleted', {}));
		expect(await handle(pressed({ name: 'retry', replyId }))).toBe('refused');
		expect(world.platform.privately.at(-1)?.text).toBe(english.refusal.questionGone);
	});

	it('of an answer that is not ours says so', async () => {
		expect(await handle(pressed({ name: 'retry', replyId: randomUUID() }))).toBe('refused');
		expect(world.platform.privately).toEqual([{ accountId: 'ana', text: english.refusal.answerGone }]);
	});

	it.each<[string, (replyId: string) => ChatEvent]>([
		['Stop', (replyId) => pressed({ name: 'stop', replyId })],
		["the platform's own Stop", () => ({ ...base('stop'), type: 'stop-requested', actor: actor('ana') })],
	])('%s stops the answer that is being written', async (_name, eventFor) => {
		world.models.script([...says('Half of').slice(0, -1), new Promise(() => {})]);
		const answering = handler(message(), 1, new AbortController().signal);
		await world.clock.advanceUntil(() => world.shown().length === 1, 60_000);
		expect(await handle(eventFor(world.platform.messages[0]?.replyId ?? (await runningAnswerId())))).toBe('commanded');
		await waitFor(world.clock, answering);
		expect(await answering).toBe('stopped');
	});
});

describe('an opened private view', () => {
	it('offers things to ask, and an app that takes none is no failure', async () => {
		const offered: unknown[] = [];
		world.platform.suggestPrompts = async (_place, { greeting, prompts }) => void offered.push(greeting, prompts);
		expect(await handle(greeting())).toBe('recorded');
		expect(offered).toEqual([english.greeting, english.prompts]);
		world.platform.suggestPrompts = () => Promise.reject(new BotError('PLATFORM_REJECTED', 'no agent view'));
		expect(await handle(greeting())).toBe('recorded');
	});

	it('is tried again when the platform is away', async () => {
		world.platform.suggestPrompts = () => Promise.reject(new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true }));
		await expect(handle(greeting())).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
	});
});

function dependencies(): EventHandlerDependencies {
	const command = (name: Command['name'], text: string): Command => ({
		name,
		spoken: [],
		run: async (context) => {
			commanded.push(context.place);
			return text;
		},
	});
	const help: Command = { name: 'help', spoken: [], run: async () => 'the help text' };
	const queue: Command = {
		name: 'queue',
		spoken: ['cola'],
		isArgument: (text) => text === 'pause',
		run: async ({ argument }) => `queue: ${argument}`,
	};
	const { platform, store, memories, running, turns } = world;
	return {
		platforms: new Map([['fake', platform]]),
		identities: { resolve: async (_platform, { accountId }) => people.get(accountId) ?? ana },
		...{ store, memories, running, turns },
		commands: createCommandRegistry([help, queue, command('stop', 'stopped')]),
		limits,
		model: 'fake-model',
		language: 'en',
		pacers: unpaced,
		observeFeedback: (rating) => void ratings.push(rating),
	};
}

/** Handles an event to its end, moving the clock meanwhile. */
async function handle(event: ChatEvent, attempt = 1): Promise<string> {
	const handling = handler(event, attempt, new AbortController().signal);
	await waitFor(world.clock, handling);
	return await handling;
}

/** A question of Ana's and its answer. Resolves with the answer's id. */
async function answered(): Promise<string> {
	world.models.script(says('Very well.'));
	await handle(message());
	return world.platform.messages[0]?.replyId ?? '';
}

async function runningAnswerId(): Promise<string> {
	const [row] = await opened.database.asUser(ana, ({ query }) =>
		query<{ id: string }>("select id from messages where status = 'generating' order by sequence desc limit 1"),
	);
	return row?.id ?? '';
}

function actor(accountId: string) {
	return { tenantId: 'T', accountId };
}

function base(key: string) {
	return { key: `${key}:${randomUUID()}`, platform: 'fake', tenantId: 'T', occurredAt: '2030-01-01T00:00:00Z', place };
}

function message(given: Partial<MessageReceived> = {}): MessageReceived {
	const said = { messageId: '0500', text: 'How are you?', addressedBy: 'mention', startsThread: true, attachments: [] } as const;
	return { ...base('message'), type: 'message-received', author: actor('ana'), ...said, attachments: [], ...given };
}

function changed<Type extends 'message-edited' | 'message-deleted'>(type: Type, given: object): Extract<ChatEvent, { type: Type }> {
	return { ...base(type), type, messageId: '0500', author: actor('ana'), ...given } as Extract<ChatEvent, { type: Type }>;
}

function pressed(button: ButtonAction, who = 'ana'): ButtonPressed {
	return { ...base('button'), type: 'button-pressed', actor: actor(who), messageId: '1000', button, replyHandle: 'handle' };
}

function invoked(text: string): ChatEvent {
	return { ...base('command'), type: 'command-invoked', actor: actor('ana'), text };
}

function greeting(): ChatEvent {
	return { ...base('opened'), type: 'direct-opened', actor: actor('ana') };
}
