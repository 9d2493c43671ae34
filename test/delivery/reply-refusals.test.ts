import { describe, expect, it } from 'vitest';
import type { Obstacle } from '#src/delivery/obstacle.ts';
import { BotError } from '#src/errors.ts';
import type { Capabilities } from '#src/platform/capabilities.ts';
import { roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { editOnly, finish, openWorld, type } from './reply-fixture.ts';

const refused = (refusal: string) => new BotError('PLATFORM_REJECTED', 'no', { reason: 'its own word', refusal });
const unknown = new BotError('PLATFORM_REJECTED', 'no', { reason: 'never_heard_of' });
const stop = [{ label: 'Stop', action: { name: 'stop' as const, replyId: 'r' } }];
const retry = [{ label: 'Again', action: { name: 'retry' as const, replyId: 'r' } }];
const begin = 'The beginning of the answer, long enough. ';
const whole = `${begin}And the rest of it.`;

/** A reply with a live Stop, which says in the place why it was closed. */
function open(capabilities: Capabilities = editOnly) {
	const world = openWorld(capabilities);
	const met: Obstacle[] = [];
	const reply = world.start('answer', [], {
		liveButtons: stop,
		onObstacle: (obstacle) => void met.push(obstacle),
		closing: (obstacle, { isBegun }) => ({
			notice: isBegun || obstacle === 'blocked-by-rules' ? `closed: ${obstacle}` : '',
			buttons: retry,
		}),
	});
	const used = (operation: string) => world.platform.calls.filter((call) => call.operation === operation).length;
	async function end() {
		let outcome: Awaited<ReturnType<typeof reply.end>> | null = null;
		const ended = reply.end({ buttons: retry }).then((delivered) => {
			outcome = delivered;
		});
		await world.clock.advanceUntil(() => outcome !== null, 200_000);
		await ended;
		return outcome;
	}
	return { ...world, reply, met, used, end };
}

describe('a reply that may not be posted', () => {
	it.each([
		['may-not-post', editOnly],
		['may-not-post', roomyCapabilities],
		['place-gone', editOnly],
	] as const)('(%s) learns it from its first words, tries no more, and says so at once', async (refusal, capabilities) => {
		const { platform, clock, reply, met, used, end } = open(capabilities);
		platform.refuse(['open-stream', 'post', 'edit'], refused(refusal));
		await type(reply, clock, 'word '.repeat(100), 50);
		expect(met).toEqual([refusal]);
		await clock.advance(60_000);
		expect(await end()).toEqual({ obstacle: refusal, isTold: false, hasText: false });
		expect([used('post'), platform.messages]).toEqual([1, []]);
	});

	it('is tried as bare text before it counts as not accepted', async () => {
		const { platform, clock, reply, met, used, end } = open();
		platform.refuse(['post'], unknown);
		reply.append(begin);
		await clock.advance(30_000);
		expect([met, used('post')]).toEqual([['not-accepted'], 2]);
		expect(await end()).toMatchObject({ obstacle: 'not-accepted', isTold: false });
	});

	it('because access was taken away stops its edits at once and leaves no live button', async () => {
		const { platform, clock, reply, met, used, end } = open();
		reply.append(begin);
		await clock.advance(200);
		platform.refuse(['edit', 'post'], refused('may-not-post'));
		await type(reply, clock, 'word '.repeat(400), 100);
		expect(met).toEqual(['may-not-post']);
		// The one that was refused, and two that were to close it.
		expect([used('edit'), used('post'), used('remove')]).toEqual([3, 1, 1]);
		expect(await end()).toEqual({ obstacle: 'may-not-post', isTold: false, hasText: true });
		expect(platform.visible()).toEqual([]);
	});
});

describe("a reply that the place's rules block", () => {
	const rule = ({ text }: { text: string }) => text.includes('swearword');

	it.each([
		['in the middle', 'More, and a swearword, and ', 'more.'],
		['at its end', '', 'A swearword.'],
	])('%s is closed with what was shown', async (_name, middle, last) => {
		const { platform, clock, reply, met, end } = open();
		platform.refuse(['post', 'edit'], refused('blocked-by-rules'), rule);
		reply.append(begin);
		await clock.advance(200);
		reply.append(middle);
		await clock.advance(5_000);
		reply.append(last);
		expect(await end()).toEqual({ obstacle: 'blocked-by-rules', isTold: true, hasText: true });
		expect(met).toEqual(['blocked-by-rules']);
		expect(platform.visible()).toMatchObject([{ text: `${begin.trim()}\n\nclosed: blocked-by-rules`, buttons: ['retry'] }]);
	});

	it('from its first words on is a sentence that says so', async () => {
		const { platform, clock, reply, end } = open();
		platform.refuse(['post', 'edit'], refused('blocked-by-rules'), rule);
		reply.append('A swearword, to begin with.');
		await clock.advance(5_000);
		expect(await end()).toEqual({ obstacle: 'blocked-by-rules', isTold: true, hasText: false });
		expect(platform.visible()).toMatchObject([{ text: 'closed: blocked-by-rules', buttons: ['retry'] }]);
	});

	it('even with what was shown before keeps the sentence alone', async () => {
		const { platform, clock, reply, end } = open();
		reply.append(begin);
		await clock.advance(200);
		platform.refuse(['post', 'edit'], refused('blocked-by-rules'), ({ text }) => text.includes('beginning'));
		reply.append('More.');
		await clock.advance(5_000);
		expect(await end()).toMatchObject({ isTold: true });
		expect(platform.visible()).toMatchObject([{ text: 'closed: blocked-by-rules', buttons: ['retry'] }]);
	});
});

describe('a reply whose form is refused', () => {
	const rich = ({ isBare = false }: { isBare?: boolean }) => !isBare;

	it.each([
		['form-refused', editOnly, ['post']],
		['form-refused', editOnly, ['edit']],
		['too-long', editOnly, ['edit', 'post']],
		['form-refused', roomyCapabilities, ['append-stream', 'close-stream', 'edit', 'post']],
		['form-refused', roomyCapabilities, ['open-stream', 'post', 'edit']],
	] as const)('(%s, %o) shows the same text bare', async (refusal, capabilities, operations) => {
		const { platform, clock, reply, met, end } = open(capabilities);
		if (operations[0] !== 'post' && operations[0] !== 'open-stream') {
			reply.append(begin);
			await clock.advance(200);
		} else reply.append(begin);
		platform.refuse(operations, refused(refusal), (message) => message.text !== '' && rich(message));
		await clock.advance(3_000);
		reply.append('And the rest of it.');
		await clock.advance(3_000);
		expect(await end()).toMatchObject({ obstacle: null });
		expect(met).toEqual([]);
		expect(platform.visible()).toMatchObject([{ text: whole, isBare: true, buttons: [], isStreaming: false }]);
	});
});

describe('a reply whose message is gone', () => {
	it('goes on at once in another one', async () => {
		const { platform, clock, reply, end, used } = open();
		reply.append(begin);
		await clock.advance(200);
		for (const message of platform.messages) message.isRemoved = true;
		reply.append('And the ');
		await clock.advance(4_000);
		expect(platform.visible()).toMatchObject([{ text: `${begin}And the ` }]);
		reply.append('rest of it.');
		expect(await end()).toMatchObject({ obstacle: null });
		expect(platform.visible()).toMatchObject([{ text: whole, buttons: ['retry'] }]);
		expect([used('post'), new Set(platform.sendKeys).size]).toEqual([2, 2]);
	});

	it('for the second time is not wanted', async () => {
		const { platform, clock, reply, met, end, used } = open();
		for (const words of [begin, 'And more of it. ', 'And even more. ']) {
			reply.append(words);
			await clock.advance(4_000);
			for (const message of platform.messages) message.isRemoved = true;
		}
		await type(reply, clock, 'word '.repeat(100), 100);
		expect(met).toEqual(['message-gone']);
		expect(await end()).toMatchObject({ obstacle: 'message-gone', isTold: false });
		expect([used('post'), platform.visible()]).toEqual([2, []]);
	});

	it('while it streamed goes on in another one', async () => {
		const { platform, clock, reply, end } = open(roomyCapabilities);
		reply.append(begin);
		await clock.advance(200);
		for (const message of platform.messages) message.isRemoved = true;
		reply.append('And the ');
		await clock.advance(4_000);
		expect(platform.visible()).toMatchObject([{ text: `${begin}And the ` }]);
		reply.append('rest of it.');
		expect(await end()).toMatchObject({ obstacle: null });
		expect(platform.visible()).toMatchObject([{ text: whole, buttons: ['retry'] }]);
	});
});

describe('a message that takes no more changes', () => {
	it.each([refused('message-closed'), unknown])('is asked once, and replaced by the whole text', async (error) => {
		const { platform, clock, reply, end, used } = open();
		reply.append(begin);
		await clock.advance(200);
		platform.refuse(['edit'], error);
		reply.append('And the rest of it.');
		await clock.advance(60_000);
		expect(used('edit')).toBe(1);
		expect(await end()).toMatchObject({ obstacle: null });
		expect(platform.visible()).toMatchObject([{ text: whole, buttons: ['retry'] }]);
	});
});

describe('a first post that nobody could look for', () => {
	const blind = { ...editOnly, findsOwnMessages: false };
	const openBlind = () => {
		const world = openWorld(blind);
		return { ...world, reply: world.start('answer', [], { liveButtons: stop, sign: 'It comes.' }) };
	};

	it('holds no words of the text, which follow at once', async () => {
		const { platform, clock, reply, seen } = openBlind();
		reply.append(begin);
		await clock.advance(10);
		expect(platform.messages[0]?.history).toEqual(['It comes.', begin]);
		expect(seen).toEqual(['first text']);
		await finish(reply, clock);
		expect(platform.visible()).toMatchObject([{ text: begin, buttons: ['retry'] }]);
	});

	it('that arrived although its answer was lost leaves no half text above the whole', async () => {
		const { platform, clock, reply } = openBlind();
		platform.failNext('post', new BotError('PLATFORM_UNAVAILABLE', 'lost', { retryable: true }), true);
		reply.append(begin);
		await clock.advance(5_000);
		reply.append('And the rest of it.');
		await finish(reply, clock);
		expect(platform.visible().map(({ text }) => text)).toEqual(['It comes.', whole]);
	});

	it('is made again and again where it surely was not carried out', async () => {
		const { platform, clock, reply } = openBlind();
		const notSent = new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true, reason: 'not-sent' });
		platform.refuse(['post', 'edit'], notSent);
		reply.append(whole);
		await clock.advance(10_000);
		const ended = reply.end({ buttons: retry });
		await clock.advance(10_000);
		platform.allow();
		await clock.advance(10_000);
		expect(await ended).toMatchObject({ obstacle: null });
		expect(platform.visible()).toMatchObject([{ text: whole, buttons: ['retry'] }]);
	});

	it('is not taken for the answer when that was lost too', async () => {
		const { platform, clock, reply } = openBlind();
		platform.refuse(['post'], new BotError('PLATFORM_UNAVAILABLE', 'lost', { retryable: true }));
		reply.append(whole);
		await clock.advance(1_000);
		const ended = reply.end({ buttons: retry });
		await clock.advance(10_000);
		expect(await ended).toEqual({ obstacle: 'lost', isTold: false, hasText: false });
	});
});

describe('a reply that is abandoned', () => {
	it.each([
		['while it grows', false],
		['at its end', true],
	])('%s shows nothing more once its last call is through', async (_name, isEnding) => {
		const { platform, clock, reply, used } = open();
		reply.append(begin);
		await clock.advance(200);
		platform.refuse(['edit'], new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true }));
		reply.append('And the rest of it.');
		if (isEnding) void reply.end({ buttons: retry }).catch(() => {});
		await clock.advance(5_000);
		let isOver = false;
		void reply.abandon().then(() => {
			isOver = true;
		});
		await clock.advance(10);
		expect(isOver).toBe(true);
		const before = used('edit');
		platform.allow();
		await clock.advance(60_000);
		expect([used('edit'), used('post')]).toEqual([before, 1]);
	});
});
