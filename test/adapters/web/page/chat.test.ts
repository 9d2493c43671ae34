import { beforeEach, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import { ApiProblem } from '../../../../adapters/web/page/state/api-client.ts';
import { type Chat, createChat } from '../../../../adapters/web/page/state/chat.ts';
import type { PageRoute } from '../../../../adapters/web/page/state/page-route.ts';
import { isAwaited, linesOf } from '../../../../adapters/web/page/state/talk-lines.ts';
import { answerId, answerRow, conversationId, conversationView, FakeApi, FakeStorage, messageRow, questionId, tom } from './fake-api.ts';

let clock: ManualClock;
let api: FakeApi;
let storage: FakeStorage;
let went: PageRoute[];

beforeEach(() => {
	clock = createManualClock();
	api = new FakeApi();
	storage = new FakeStorage();
	went = [];
});

/** A page that is opened: another one over the same storage is the same page after a reload, or a second tab. */
async function openPage(route: PageRoute = { name: 'new' }, later = (run: () => void) => run()): Promise<Chat> {
	const chat = createChat({
		...{ api, storage, clock, random: () => 1, newId: () => crypto.randomUUID(), later },
		wentTo: (to) => void went.push(to),
		isLookedAt: () => true,
		upload: async ({ name, size }) => ({ id: `id of ${name}`, name, mediaType: 'text/plain', sizeBytes: size }),
	});
	chat.show(route);
	await Promise.race([chat.enter(), clock.advance(0)]);
	if (chat.session.get().state === 'in') await greet('1');
	return chat;
}

async function greet(version: string): Promise<void> {
	api.stream.say('hello', { heartbeatMs: 15_000, version });
	await clock.advance(0);
}

const shown = (chat: Chat) =>
	linesOf(chat.open.talk.get(), chat.outbox.questions.get()).map((line) => {
		if (line.kind === 'outgoing') return `${line.outgoing.question.text} (${line.outgoing.state})`;
		return line.text;
	});

it('asks in a new conversation, hears it by the name that it gave it, and shows its address once it has one', async () => {
	const chat = await openPage();
	const { begins } = chat.open.talk.get();
	expect(api.live.at(-1)?.request).toEqual({ newConversation: begins, held: [] });
	chat.send('Why?');
	await clock.advance(0);
	expect(api.asked).toMatchObject([{ text: 'Why?', newConversation: begins }]);
	expect(went).toEqual([{ name: 'conversation', id: conversationId }]);
	expect(shown(chat)).toEqual(['Why? (taken)']);
	api.stream.say('message', messageRow());
	api.stream.say('answer', { messageId: 'm', answerId, epoch: 1, from: 0, text: 'Because.' });
	await clock.advance(0);
	expect(shown(chat)).toEqual(['Why?', 'Because.']);
	expect(api.live).toHaveLength(1);
	chat.send('And then?');
	await clock.advance(0);
	expect(api.asked.at(-1)).toMatchObject({ newConversation: begins });
});

it('waits no longer for a question whose row was heard of before its sending was answered', async () => {
	const chat = await openPage();
	api.ask = async () => {
		api.stream.say('message', messageRow({ status: 'answered' }));
		api.stream.say('ended', answerRow({ text: 'Because.', status: 'answered' }));
		await clock.advance(0);
		return { conversationId, questionId, answerId };
	};
	chat.send('Why?');
	await clock.advance(0);
	await clock.advance(0);
	expect(shown(chat)).toEqual(['Why?', 'Because.']);
	expect(isAwaited(chat.open.talk.get(), chat.outbox.questions.get())).toBe(false);
});

it('shows a question at every moment, also when its row is told of between two frames', async () => {
	const frames: (() => void)[] = [];
	const nextFrame = () => frames.splice(0).forEach((run) => void run());
	const chat = await openPage({ name: 'new' }, (run) => void frames.push(run));
	nextFrame();
	chat.send('Why?');
	await clock.advance(0);
	let drawn = chat.open.talk.get();
	chat.open.talk.subscribe(() => {
		drawn = chat.open.talk.get();
	});
	const seen: number[] = [];
	chat.outbox.questions.subscribe(() => void seen.push(linesOf(drawn, chat.outbox.questions.get()).length));
	api.stream.say('message', messageRow());
	await clock.advance(0);
	nextFrame();
	nextFrame();
	expect(chat.outbox.questions.get()).toEqual([]);
	expect(seen).toEqual([1]);
});

it('keeps a question while the store is away, through a reload too, and sends it once with the same id', async () => {
	const chat = await openPage();
	api.problem = new ApiProblem('away', { retryAfterMs: 2_000 });
	chat.send('Why?');
	await clock.advance(0);
	expect(shown(chat)).toEqual(['Why? (waiting)']);
	api.problem = null;
	const reloaded = await openPage();
	expect(shown(reloaded)).toEqual(['Why? (taken)']);
	await clock.advance(2_000);
	expect(new Set(api.asked.map(({ clientId }) => clientId)).size).toBe(1);
	const third = await openPage();
	expect(shown(third)).toEqual([]);
});

it('keeps what two tabs have not sent, whichever of them goes', async () => {
	const tabs = [await openPage(), await openPage()];
	api.problem = new ApiProblem('away', { retryAfterMs: 600_000 });
	for (const [index, tab] of tabs.entries()) {
		tab.send(`Question ${index}`);
		await clock.advance(1);
	}
	api.problem = null;
	const later = await openPage();
	await clock.advance(0);
	expect(later.outbox.questions.get().map(({ question: { text }, state }) => `${text} ${state}`)).toEqual([
		'Question 0 taken',
		'Question 1 taken',
	]);
});

it('waits no longer for an answer when private words came instead', async () => {
	const chat = await openPage();
	chat.send('help');
	await clock.advance(0);
	expect(isAwaited(chat.open.talk.get(), chat.outbox.questions.get())).toBe(true);
	api.stream.say('private', { id: 'n', text: 'Say this: …' });
	await clock.advance(0);
	expect(isAwaited(chat.open.talk.get(), chat.outbox.questions.get())).toBe(false);
	expect(shown(chat)).toEqual(['help (told)']);
});

it('gives a refused question back to be written otherwise', async () => {
	const chat = await openPage();
	api.problem = new ApiProblem('refused', { message: 'Too long.' });
	chat.send('Why?');
	await clock.advance(0);
	expect(chat.outbox.questions.get()).toMatchObject([{ state: 'refused', reason: 'Too long.' }]);
	const [refused] = chat.outbox.questions.get();
	if (refused !== undefined) chat.takeBack(refused.question);
	expect(chat.outbox.questions.get()).toEqual([]);
	expect(chat.drafts().read('new')).toBe('Why?');
});

it('shows a conversation as it is read, and reads it again whenever the line is back', async () => {
	api.views = [conversationView()];
	api.messages = [messageRow(), answerRow()];
	const chat = await openPage({ name: 'conversation', id: conversationId });
	api.stream.say('answer', { messageId: 'm', answerId, epoch: 1, from: 0, text: 'Be' });
	await clock.advance(0);
	expect(shown(chat)).toEqual(['Why?', 'Be']);
	api.stream.cut();
	api.messages = [messageRow(), answerRow({ text: 'Because.', status: 'answered' })];
	await clock.advance(500);
	expect(api.live.at(-1)?.request).toEqual({ conversation: conversationId, held: ['m.1.2'] });
	await greet('1');
	expect(shown(chat)).toEqual(['Why?', 'Because.']);
});

it('has an answer told from its beginning when a piece of it is missing', async () => {
	api.views = [conversationView()];
	api.messages = [messageRow(), answerRow()];
	await openPage({ name: 'conversation', id: conversationId });
	api.stream.say('answer', { messageId: 'm', answerId, epoch: 1, from: 7, text: 'x' });
	await clock.advance(0);
	expect(api.live).toHaveLength(2);
	expect(api.live.at(-1)?.request.held).toEqual([]);
});

it('stays as it is when the session is over, and goes on when the same person signs in again', async () => {
	const chat = await openPage();
	api.problem = new ApiProblem('signed-out');
	chat.send('Why?');
	await clock.advance(0);
	expect(chat.session.get()).toMatchObject({ state: 'out', me: tom });
	expect(shown(chat)).toEqual(['Why? (waiting)']);
	api.problem = null;
	await chat.enter();
	await clock.advance(0);
	expect(shown(chat)).toEqual(['Why? (taken)']);
});

it('keeps nothing for somebody else, and nothing after signing out', async () => {
	const chat = await openPage();
	chat.drafts().write('new', 'secret');
	api.problem = new ApiProblem('signed-out');
	chat.send('Why?');
	await clock.advance(0);
	api.problem = null;
	api.me = { ...tom, id: crypto.randomUUID(), name: 'Eve' };
	await chat.enter();
	await clock.advance(0);
	expect(shown(chat)).toEqual([]);
	expect(chat.drafts().read('new')).toBe('');
	expect(api.asked).toHaveLength(1);

	api.me = tom;
	const own = await openPage();
	// With the question that had not left: it belongs to the conversation that this one begins.
	expect(own.drafts().read(conversationId)).toBe('secret');
	await own.signOut();
	expect([...storage.values.keys()].filter((name) => name.includes(tom.id))).toEqual([]);
});

it('says that a conversation is not there, and shows it when it is', async () => {
	const chat = await openPage({ name: 'conversation', id: conversationId });
	expect(chat.open.talk.get().isGone).toBe(true);
	api.views = [conversationView()];
	api.messages = [messageRow()];
	api.stream.say('list', { ids: [conversationId] });
	await clock.advance(0);
	expect(shown(chat)).toEqual(['Why?']);
	api.stream.say('gone', { ids: [conversationId] });
	await clock.advance(0);
	expect(chat.open.talk.get().isGone).toBe(true);
	expect(chat.list.list.get().shown).toEqual([]);
});

it('goes on with a conversation of a chat in a new one', async () => {
	api.views = [conversationView({ platform: 'slack', takesQuestions: false })];
	const chat = await openPage({ name: 'conversation', id: conversationId });
	chat.send('not here');
	expect(api.asked).toEqual([]);
	const [view] = api.views;
	if (view !== undefined) chat.goOn(view);
	chat.send('And then?');
	await clock.advance(0);
	expect(api.asked).toMatchObject([{ continuedFrom: conversationId }]);
});

it('notices that the program is a newer one', async () => {
	const chat = await openPage();
	expect(chat.isOutdated.get()).toBe(false);
	api.stream.cut();
	await clock.advance(500);
	await greet('2');
	expect(chat.isOutdated.get()).toBe(true);
});

it('says how far its reader has read, once for each message', async () => {
	api.views = [conversationView()];
	api.messages = [messageRow(), answerRow()];
	const chat = await openPage({ name: 'conversation', id: conversationId });
	expect(api.changed).toEqual([]);
	api.stream.say('ended', answerRow({ text: 'Because.', status: 'answered' }));
	await clock.advance(0);
	expect(api.changed).toEqual([{ id: conversationId, change: { readThrough: 2 } }]);
	chat.wake();
	await clock.advance(0);
	expect(api.changed).toHaveLength(1);
});

it('begins another conversation where the open one is removed, and asks for nothing of it any more', async () => {
	api.views = [conversationView()];
	api.messages = [messageRow()];
	const chat = await openPage({ name: 'conversation', id: conversationId });
	const [view] = chat.list.list.get().shown;
	if (view === undefined) throw new Error('there is one');
	chat.remove(view);
	expect(went.at(-1)).toEqual({ name: 'new' });
	expect(chat.open.talk.get()).toMatchObject({ conversationId: null });
	await chat.signOut();
	expect(api.removed).toEqual([conversationId]);
});

it('shows one answer to each question: the newest, or the version that was chosen until it is asked again', async () => {
	const first = answerRow({ text: 'Perhaps.', status: 'answered', inReplyTo: questionId });
	const second = answerRow({ id: 'second', sequence: 5, text: 'Yes.', status: 'answered', inReplyTo: questionId });
	api.views = [conversationView()];
	api.messages = [messageRow(), first, messageRow({ id: 'next', sequence: 3, text: 'Sure?' }), second];
	const chat = await openPage({ name: 'conversation', id: conversationId });
	expect(shown(chat)).toEqual(['Why?', 'Yes.', 'Sure?']);
	chat.open.choose(first);
	expect(shown(chat)).toEqual(['Why?', 'Perhaps.', 'Sure?']);
	await chat.retry('second');
	expect(shown(chat)).toEqual(['Why?', 'Yes.', 'Sure?']);
});

it('keeps why an answer was good or bad beside its rating', async () => {
	const chat = await openPage();
	expect(await chat.rate(answerId, { rating: 'down' })).toBe(true);
	expect(await chat.rate(answerId, { rating: 'down', comment: 'Out of date' })).toBe(true);
	expect(api.rated).toEqual([{ rating: 'down' }, { rating: 'down', comment: 'Out of date' }]);
});

it('keeps how the page is to look through a reload and signing out', async () => {
	const chat = await openPage();
	chat.device.choose({ theme: 'dark' });
	await chat.signOut();
	expect((await openPage()).device.settings.get()).toEqual({ theme: 'dark' });
	storage.setItem('ccb.device.settings', '{"theme":"plaid"}');
	expect((await openPage()).device.settings.get()).toEqual({ theme: 'system' });
});

it('says why a question waits, where the program says so', async () => {
	const chat = await openPage();
	api.problem = new ApiProblem('away', { message: 'The database is away.', retryAfterMs: 2_000 });
	chat.send('Why?');
	await clock.advance(0);
	expect(chat.outbox.questions.get()).toMatchObject([{ state: 'waiting', reason: 'The database is away.' }]);
});

it('sends the files of a question with it, also without a word', async () => {
	const chat = await openPage();
	chat.files.add('new', [new File(['a'], 'a.txt'), new File(['b'], 'b.txt')]);
	await clock.advance(0);
	chat.send(' ');
	await clock.advance(0);
	expect(api.asked).toMatchObject([{ text: ' ', files: ['id of a.txt', 'id of b.txt'] }]);
	chat.send(' ');
	await clock.advance(0);
	expect(api.asked).toHaveLength(1);
});

it('begins no conversation with a command, and hears its answer where it was typed', async () => {
	const chat = await openPage();
	const { begins } = chat.open.talk.get();
	chat.send('/ccb quota');
	await clock.advance(0);
	expect(api.asked).toMatchObject([{ text: '/ccb quota', newConversation: begins }]);
	expect(went).toEqual([]);
	expect(isAwaited(chat.open.talk.get(), chat.outbox.questions.get())).toBe(true);
	api.stream.say('private', { id: 'n', text: '20 a minute' });
	await clock.advance(0);
	expect(isAwaited(chat.open.talk.get(), chat.outbox.questions.get())).toBe(false);
	expect(shown(chat)).toEqual(['/ccb quota (told)']);
	expect(chat.open.talk.get()).toMatchObject({ begins, conversationId: null, notices: [{ text: '20 a minute' }] });
});

it('waits for nothing more where the private answer comes sooner than the answer to the sending', async () => {
	const chat = await openPage();
	api.ask = async () => {
		api.stream.say('private', { id: 'n', text: '20 a minute' });
		await clock.advance(0);
		return { conversationId, questionId, answerId };
	};
	chat.send('/ccb quota');
	await clock.advance(0);
	await clock.advance(0);
	expect(shown(chat)).toEqual(['/ccb quota (told)']);
	expect(isAwaited(chat.open.talk.get(), chat.outbox.questions.get())).toBe(false);
});

it('leaves out what the company knows where somebody says so, from the first question on and with each try', async () => {
	const chat = await openPage();
	chat.knowledge.choose('new', true);
	chat.send('Why?');
	await clock.advance(0);
	expect(api.asked).toMatchObject([{ text: 'Why?', withoutKnowledge: true }]);
	expect(chat.knowledge.isLeftOut(conversationId)).toBe(true);
	expect(chat.knowledge.isLeftOut('new')).toBe(false);
	chat.knowledge.choose(conversationId, false);
	chat.send('And now?');
	await clock.advance(0);
	expect(api.asked.at(-1)).not.toHaveProperty('withoutKnowledge');
});

it('lets an answer end where it was asked, whatever is opened meanwhile, and cuts no line where the open conversation is opened again', async () => {
	const other = '99999999-9999-4999-8999-999999999999';
	api.views = [conversationView(), conversationView({ id: other, title: 'Other' })];
	api.messages = [messageRow(), answerRow()];
	const chat = await openPage({ name: 'conversation', id: conversationId });
	const first = api.stream;
	first.say('answer', { messageId: 'm', answerId, epoch: 1, from: 0, text: 'Half' });
	await clock.advance(0);
	expect(shown(chat)).toEqual(['Why?', 'Half']);
	const lines = api.live.length;
	chat.show({ name: 'conversation', id: conversationId });
	await clock.advance(0);
	expect(api.live).toHaveLength(lines);
	api.messages = [];
	chat.show({ name: 'conversation', id: other });
	await clock.advance(0);
	// Nobody listens to the first one any more.
	expect(() => first.say('answer', { messageId: 'm', answerId, epoch: 1, from: 4, text: ' an answer' })).toThrow();
	expect(shown(chat)).toEqual([]);
	expect(isAwaited(chat.open.talk.get(), chat.outbox.questions.get())).toBe(false);
	api.messages = [messageRow(), answerRow({ text: 'Half an answer.', status: 'answered' })];
	chat.show({ name: 'conversation', id: conversationId });
	await clock.advance(0);
	expect(shown(chat)).toEqual(['Why?', 'Half an answer.']);
	expect(isAwaited(chat.open.talk.get(), chat.outbox.questions.get())).toBe(false);
});
