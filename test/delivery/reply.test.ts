import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { editOnly, finish, open, openWorld, perMinute, place, type } from './reply-fixture.ts';

const buttons = [{ label: 'Again', action: { name: 'retry' as const, replyId: 'r' } }];

describe('a reply', () => {
	it('shows the first words at once, follows the text, and ends whole with its buttons', async () => {
		const { platform, clock, reply } = open(roomyCapabilities);
		await type(reply, clock, 'Hello there, this is an answer that grows. '.repeat(20), 50);
		await finish(reply, clock);
		expect(platform.visible()).toHaveLength(1);
		expect(platform.visible()[0]).toMatchObject({
			text: 'Hello there, this is an answer that grows. '.repeat(20),
			buttons: ['retry'],
			isStreaming: false,
		});
		expect(platform.messages[0]?.history.length).toBeGreaterThan(3);
	});

	it('shows its first words within 150 ms of the first token', async () => {
		const { platform, clock, reply } = open(editOnly);
		reply.append('Hi');
		await clock.advance(160);
		expect(platform.visible()[0]?.text).toBe('Hi');
	});

	it('shows its first words at once where nothing is gained by gathering them', async () => {
		const { platform, clock, reply } = open({ ...editOnly, firstTextWaitMs: 0 });
		reply.append('The');
		await clock.advance(0);
		expect(platform.visible()[0]?.text).toBe('The');
	});

	it('shows its first words as soon as there are enough of them', async () => {
		const { platform, clock, reply } = open(editOnly);
		reply.append('Hi ');
		await clock.advance(60);
		expect(platform.visible()).toEqual([]);
		reply.append('there, and a good morning to you.');
		await clock.advance(0);
		expect(platform.visible()[0]?.text).toBe('Hi there, and a good morning to you.');
	});

	it('opens no stream before there is something final to show in it', async () => {
		const { platform, clock, reply, seen } = open(roomyCapabilities);
		platform.renderBlock = ({ kind, source, isComplete }) => (kind === 'heading' && !isComplete ? '' : source);
		reply.append('# A heading that is long enough to be shown');
		await clock.advance(2_000);
		expect([platform.calls, seen]).toEqual([[], []]);
		reply.append('\n\nAnd text.');
		await clock.advance(2_000);
		expect(platform.calls[0]?.operation).toBe('open-stream');
		await finish(reply, clock);
		expect(platform.messages.map(({ history }) => history[0]?.split('\n')[0])).toEqual(['# A heading that is long enough to be shown']);
		expect(platform.visible()[0]?.text).toBe('# A heading that is long enough to be shown\n\nAnd text.');
	});

	it('posts nothing before there are words to show', async () => {
		const { platform, clock, reply } = open(editOnly);
		reply.append('\\( \\frac{a}{b} + \\frac{a}{c}');
		await clock.advance(2_000);
		expect(platform.calls).toEqual([]);
		reply.append(' \\) is');
		await clock.advance(2_000);
		expect(platform.visible()[0]?.text).toBe('a/b + a/c is');
	});

	it('ends whole when its text cannot be rendered, and then nothing in it is alive', async () => {
		const { platform, clock, reply, seen } = open(editOnly);
		platform.renderBlock = () => {
			throw new RangeError('Maximum call stack size exceeded');
		};
		await type(reply, clock, 'Words, [run](javascript:1) and <!here> to say.', 50);
		await finish(reply, clock);
		const [message] = platform.visible();
		expect(message).toMatchObject({ buttons: ['retry'], isStreaming: false });
		expect(message?.text.replaceAll('\u200b', '')).toBe('Words, [run](javascript:1) and <!here> to say.');
		expect(message?.text).not.toMatch(/\]\(|<!/);
		expect(seen).toContain('rendering-failed');
	});

	it('never has two updates in flight and never sends stale text', async () => {
		const { platform, clock, reply } = open(editOnly);
		await type(reply, clock, 'word '.repeat(200), 20);
		await finish(reply, clock);
		const lengths = platform.messages[0]?.history.map((text) => text.length) ?? [];
		expect(lengths).toEqual([...lengths].sort((left, right) => left - right));
		expect(platform.calls.filter((call) => call.operation === 'edit').length).toBeLessThan(12);
	});

	it('makes no call when the model is silent', async () => {
		const { platform, clock, reply } = open(editOnly);
		reply.append('A first sentence that is long enough.');
		await clock.advance(500);
		const before = platform.calls.length;
		await clock.advance(30_000);
		expect(platform.calls).toHaveLength(before);
	});

	it('edits where no native stream is left for it, and posts once where no edit is left either', async () => {
		const budgets = { 'open-stream': perMinute(1), 'close-stream': perMinute(1), edit: perMinute(1), remove: perMinute(1) };
		const world = openWorld({ ...roomyCapabilities, budgets });
		const replies = Array.from({ length: 4 }, (_, index) => world.start(`answer-${index}`));
		for (const reply of replies) {
			await type(reply, world.clock, 'The same text for everybody, long enough to show. '.repeat(5), 5);
			await world.clock.advance(300);
		}
		await Promise.all([...replies.map((reply) => reply.end({ buttons })), world.clock.advance(2_000)]);
		const used = (operation: string) => world.platform.calls.filter((call) => call.operation === operation).length;
		expect([used('open-stream'), used('close-stream'), used('edit'), used('remove')]).toEqual([1, 1, 1, 1]);
		expect(world.platform.visible()).toHaveLength(4);
		for (const message of world.platform.visible()) {
			expect(message.text).toBe('The same text for everybody, long enough to show. '.repeat(5));
			expect(message.buttons).toEqual(['retry']);
		}
	});

	it('keeps the end of every reply free of the updates of others', async () => {
		const world = openWorld({ ...editOnly, budgets: { edit: perMinute(10) } });
		const replies = Array.from({ length: 6 }, (_, index) => world.start(`answer-${index}`));
		for (let round = 0; round < 40; round++) {
			for (const reply of replies) reply.append('Some more text of this answer. ');
			await world.clock.advance(250);
		}
		const endedAtMs = world.clock.now();
		let ended = 0;
		for (const reply of replies) void reply.end({ buttons }).then(() => ended++);
		await world.clock.advanceUntil(() => ended === 6, 1_000);
		expect(world.clock.now() - endedAtMs).toBeLessThan(200);
	});

	it('goes on in a new message past the limit, and loses nothing', async () => {
		const { platform, clock, reply } = open({ ...roomyCapabilities, messageText: { limit: 1_300, unit: 'utf8-bytes' } });
		const paragraphs = Array.from(
			{ length: 30 },
			(_, index) => `Paragraph ${index} says something of its own, and says it at some length.`,
		);
		await type(reply, clock, paragraphs.join('\n\n'), 40);
		await finish(reply, clock);
		expect(platform.visible().length).toBeGreaterThan(1);
		expect(
			platform
				.visible()
				.map((message) => message.text)
				.join('\n\n'),
		).toBe(paragraphs.join('\n\n'));
		expect(platform.visible().map((message) => message.buttons)).toEqual([
			...platform
				.visible()
				.slice(1)
				.map(() => []),
			['retry'],
		]);
	});

	it('begins a new message before a native stream grows too old', async () => {
		const { platform, clock, reply } = open(roomyCapabilities);
		for (let minute = 0; minute < 5; minute++) {
			reply.append(`This is what was said in minute ${minute}.\n\n`);
			await clock.advance(60_000);
		}
		await finish(reply, clock);
		expect(platform.visible().length).toBe(2);
		expect(
			platform
				.visible()
				.map((message) => message.text)
				.join(' '),
		).toMatch(/minute 0.*minute 4/s);
	});

	it.each([
		['open-stream', 'not_allowed'],
		['append-stream', 'stream-closed'],
		['close-stream', 'stream-closed'],
	] as const)('ends whole although %s is refused', async (operation, reason) => {
		const { platform, clock, reply } = open(roomyCapabilities);
		platform.failNext(operation, new BotError('PLATFORM_REJECTED', 'no', { reason }), operation !== 'open-stream');
		if (operation === 'append-stream') platform.messages.length = 0;
		await type(reply, clock, 'Text that must arrive whole in any case. '.repeat(20), 30);
		for (const message of platform.messages) message.isStreaming = false;
		await finish(reply, clock);
		expect(platform.visible().map((message) => message.text)).toEqual(['Text that must arrive whole in any case. '.repeat(20)]);
	});

	it('does not post twice when the answer to a post is lost', async () => {
		const { platform, clock, reply } = open(editOnly);
		platform.failNext('post', new BotError('PLATFORM_UNAVAILABLE', 'lost', { retryable: true }), true);
		reply.append('Only once.');
		await finish(reply, clock);
		expect(platform.visible()).toHaveLength(1);
		expect(platform.visible()[0]?.text).toBe('Only once.');
	});

	it.each([
		['post', editOnly],
		['open-stream', roomyCapabilities],
	] as const)('goes on in the message of a first call (%s) whose answer was lost', async (operation, capabilities) => {
		const { platform, clock, reply } = open(capabilities);
		platform.failNext(operation, new BotError('PLATFORM_UNAVAILABLE', 'lost', { retryable: true }), true);
		await type(reply, clock, 'An answer that takes its time to grow. '.repeat(10), 200);
		await finish(reply, clock);
		expect(platform.visible()).toMatchObject([{ text: 'An answer that takes its time to grow. '.repeat(10), isStreaming: false }]);
		expect(platform.messages[0]?.history.length).toBeGreaterThan(2);
	});

	it('ends in the message of a first call whose answer was lost', async () => {
		const { platform, clock, reply } = open(roomyCapabilities);
		platform.failNext('open-stream', new BotError('PLATFORM_UNAVAILABLE', 'lost', { retryable: true }), true);
		reply.append('Long enough to be shown at once. ');
		await clock.advance(200);
		reply.append('And that was it.');
		await finish(reply, clock);
		expect(platform.visible()).toMatchObject([{ text: 'Long enough to be shown at once. And that was it.', isStreaming: false }]);
	});

	it('does not take an earlier message of its own for one whose answer was lost', async () => {
		const { platform, clock, reply } = open({ ...editOnly, messageText: { limit: 800, unit: 'utf8-bytes' } });
		const paragraphs = Array.from({ length: 6 }, (_, index) => `Paragraph ${index} says something of its own. `.repeat(3).trim());
		reply.append(`${paragraphs[0]}\n\n`);
		await clock.advance(200);
		platform.failNext('post', new BotError('PLATFORM_UNAVAILABLE', 'lost', { retryable: true }));
		reply.append(paragraphs.slice(1).join('\n\n'));
		await finish(reply, clock, 20_000);
		const shown = platform.visible().map((message) => message.text);
		expect(shown.length).toBeGreaterThan(1);
		expect(shown.join('\n\n')).toBe(paragraphs.join('\n\n'));
	});

	it('edits the messages of an interrupted attempt and removes those it does not need', async () => {
		const world = openWorld(roomyCapabilities);
		const existing = [
			await world.platform.post(place, { text: 'half an ans', buttons: [] }, world.signal),
			await world.platform.post(place, { text: 'more', buttons: [] }, world.signal),
		];
		const reply = world.start('again', existing);
		reply.append('The whole answer.');
		await finish(reply, world.clock);
		expect(world.platform.visible().map((message) => message.text)).toEqual(['The whole answer.']);
		expect(world.platform.visible()[0]?.id).toBe(existing[0]?.messageId);
	});

	it('gives its places in the budgets back when it is handed over', async () => {
		const budgets = { edit: perMinute(1), remove: perMinute(1) };
		const world = openWorld({ ...editOnly, budgets });
		const reply = world.start('answer');
		reply.append('Half of the answer, long enough to show.');
		await world.clock.advance(500);
		world.leave();
		await world.clock.advance(3_000);
		expect(await world.pacer.reserve('edit', place, 'another')).toBe(true);
	});

	it('announces in a message what there is to say before the text, which then takes its place', async () => {
		const { platform, clock, reply, seen } = open(roomyCapabilities);
		reply.announce('place 3');
		await clock.advance(500);
		reply.announce('place 2');
		await clock.advance(2_000);
		expect(seen).toEqual([]);
		reply.append('The answer at last, long enough to show.');
		await clock.advance(3_000);
		expect(seen).toEqual(['first text']);
		await finish(reply, clock);
		expect(platform.messages).toHaveLength(1);
		expect(platform.messages[0]?.history).toEqual(['place 3', 'place 2', 'The answer at last, long enough to show.', expect.any(String)]);
		expect(platform.visible()[0]).toMatchObject({
			text: 'The answer at last, long enough to show.',
			buttons: ['retry'],
			isStreaming: false,
		});
	});

	it('leaves nothing of an announcement when it ends without text', async () => {
		const { platform, clock, reply } = open(editOnly);
		reply.announce('place 3');
		await clock.advance(500);
		await finish(reply, clock, 5_000, 'Stopped.');
		expect(platform.visible().map(({ text }) => text)).toEqual(['Stopped.']);
	});

	it('sets a notice apart, even after an open code fence', async () => {
		const { platform, clock, reply } = open(editOnly);
		reply.append('Look:\n\n```ts\nconst a = 1;\n');
		await finish(reply, clock, 5_000, 'Stopped.');
		expect(platform.visible()[0]?.text).toBe('Look:\n\n```ts\nconst a = 1;\n```\n\nStopped.');
	});
});
