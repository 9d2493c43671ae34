import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { Capabilities } from '#src/platform/capabilities.ts';
import { roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { editOnly, finish, open, openWorld, perMinute } from './reply-fixture.ts';

describe('a reply whose first message has not had its turn', () => {
	it('is not written down as begun, so that nobody looks for it after a crash', async () => {
		const world = openWorld({ ...editOnly, budgets: { post: perMinute(1) } });
		const first = world.start('first');
		first.append('The beginning of the first answer, long enough. ');
		await world.clock.advance(200);
		expect(world.intended).toEqual([0]);
		const second = world.start('second');
		second.append('The beginning of the second answer, long enough. ');
		await world.clock.advance(30_000);
		expect(world.intended).toEqual([0]);
		await world.clock.advance(33_000);
		expect(world.intended).toEqual([0, 0]);
	});
});

describe('a reply in trouble', () => {
	it('shows the whole text again after an append whose answer was lost', async () => {
		const { platform, clock, reply } = open(roomyCapabilities);
		reply.append('The beginning of the answer, long enough. ');
		await clock.advance(200);
		platform.failNext('append-stream', new BotError('PLATFORM_UNAVAILABLE', 'lost', { retryable: true }), true);
		reply.append('And the rest of it.');
		await clock.advance(1_000);
		await finish(reply, clock);
		expect(platform.visible().map((message) => message.text)).toEqual(['The beginning of the answer, long enough. And the rest of it.']);
	});

	it('waits out a refusal as too many, and says nothing twice', async () => {
		const { platform, clock, reply } = open({ ...editOnly, budgets: { edit: perMinute(50) } });
		reply.append('The beginning of the answer, long enough. ');
		await clock.advance(200);
		platform.failNext('edit', new BotError('PLATFORM_RATE_LIMITED', 'slow down', { retryAfterMs: 3_000 }));
		reply.append('And the rest.');
		await finish(reply, clock, 10_000);
		expect(platform.visible().map((message) => message.text)).toEqual(['The beginning of the answer, long enough. And the rest.']);
	});

	it('posts anew when its message was deleted', async () => {
		const { platform, clock, reply } = open(editOnly);
		reply.append('The beginning of the answer, long enough. ');
		await clock.advance(200);
		for (const message of platform.messages) message.isRemoved = true;
		reply.append('And the rest.');
		await finish(reply, clock);
		expect(platform.visible().map((message) => message.text)).toEqual(['The beginning of the answer, long enough. And the rest.']);
	});

	it('tells that a person stopped the stream, and says no more where the platform seals it', async () => {
		for (const endsWhenStopped of [true, false]) {
			const stream = { ...roomyCapabilities.stream, endsWhenStopped } as NonNullable<Capabilities['stream']>;
			const world = openWorld({ ...roomyCapabilities, stream });
			const reply = world.start('answer');
			reply.append('The beginning of the answer, long enough. ');
			await world.clock.advance(200);
			world.platform.failNext('append-stream', new BotError('PLATFORM_REJECTED', 'stopped', { reason: 'stopped-by-person' }));
			reply.append('And the rest.');
			await world.clock.advance(2_000);
			expect(world.stopped).toEqual(['answer']);
			const before = world.platform.calls.length;
			await finish(reply, world.clock, 5_000, 'Stopped.');
			expect(world.platform.calls.length - before > 0).toBe(!endsWhenStopped);
		}
	});

	it('asks for no change of what a person stopped for good, however much text still comes', async () => {
		const stream = { ...roomyCapabilities.stream, endsWhenStopped: true } as NonNullable<Capabilities['stream']>;
		const { platform, clock, reply } = open({ ...roomyCapabilities, stream });
		reply.append('The beginning of the answer, long enough. ');
		await clock.advance(200);
		platform.failNext('append-stream', new BotError('PLATFORM_REJECTED', 'stopped', { reason: 'stopped-by-person' }));
		for (const words of ['And the rest. ', 'And more. ', 'And even more.']) {
			reply.append(words);
			await clock.advance(5_000);
		}
		expect(platform.calls.map(({ operation }) => operation)).toEqual(['open-stream', 'append-stream']);
	});

	it('sends a message whose answer was lost once only where it cannot look for it, and the whole text in the end', async () => {
		const lost = new BotError('PLATFORM_UNAVAILABLE', 'lost', { retryable: true });
		const { platform, clock, reply } = open({ ...editOnly, findsOwnMessages: false });
		platform.failNext('post', lost, true);
		reply.append('The beginning of the answer, long enough. ');
		await clock.advance(5_000);
		expect(platform.calls.map(({ operation }) => operation)).toEqual(['post']);
		platform.failNext('post', lost, true);
		reply.append('And the rest.');
		await finish(reply, clock, 10_000);
		expect(platform.messages.map(({ text }) => text).at(-1)).toBe('The beginning of the answer, long enough. And the rest.');
		expect(platform.messages).toHaveLength(2);
	});

	it('sends again what surely was not sent', async () => {
		const { platform, clock, reply } = open({ ...editOnly, findsOwnMessages: false });
		platform.failNext('post', new BotError('PLATFORM_UNAVAILABLE', 'refused', { retryable: true, reason: 'not-sent' }));
		reply.append('The whole answer, long enough to be shown.');
		await finish(reply, clock, 10_000);
		expect(platform.messages.map(({ text }) => text)).toEqual(['The whole answer, long enough to be shown.']);
	});

	it('gives each message a key of its own, the same for every attempt to send it', async () => {
		const { platform, clock, reply } = open(editOnly);
		platform.failNext('post', new BotError('PLATFORM_RATE_LIMITED', 'slow down', { retryAfterMs: 500 }));
		reply.append('The beginning of the answer, long enough. ');
		await clock.advance(3_000);
		for (const message of platform.messages) message.isRemoved = true;
		reply.append('And the rest.');
		await finish(reply, clock, 10_000);
		expect(platform.sendKeys).toEqual(['answer:0:1', 'answer:0:1', 'answer:0:2']);
	});
});
