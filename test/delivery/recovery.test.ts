import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { systemClock } from '#src/clock.ts';
import { recoverMessages } from '#src/delivery/recovery.ts';
import { createReplyRecord, readRecordedMessages } from '#src/delivery/reply-record.ts';
import { BotError } from '#src/errors.ts';
import { createPacer } from '#src/pacing/pacer.ts';
import type { Operation } from '#src/platform/capabilities.ts';
import type { MessageReference } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { createFakePlatform, type FakePlatform, roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';

const place: Place = { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '0500', kind: 'channel' };
const { signal } = new AbortController();
const recipient = { tenantId: 'T', accountId: 'U' };

let opened: TestDatabase;
let platform: FakePlatform;
let replyId: string;
let record: ReturnType<typeof createReplyRecord>;

beforeAll(async () => {
	opened = await openServerDatabase();
});
afterAll(() => opened.close());
beforeEach(() => {
	platform = createFakePlatform();
	replyId = randomUUID();
	record = createReplyRecord({ database: opened.database, clock: systemClock }, replyId, place);
});

describe('taking over the messages of an interrupted attempt', () => {
	it('finds none where nothing was sent, and asks the platform nothing', async () => {
		platform.findOwnMessages = () => Promise.reject(new BotError('INTERNAL', 'not to be asked'));
		expect(await recover()).toEqual([]);
	});

	it('gives the recorded messages in their order', async () => {
		const [first, second] = [await post('one'), await post('two')];
		await recordShown(0, 'edit', first);
		await recordShown(1, 'edit', second);
		expect(idsOf(await recover())).toEqual([first.messageId, second.messageId]);
	});

	it('closes a stream that is open and leaves a message alone that is not', async () => {
		const stream = await platform.openStream(place, recipient, 'half', signal);
		const posted = await post('other');
		await recordShown(0, 'stream', stream);
		await recordShown(1, 'edit', posted);
		await recover();
		expect(platform.visible().map(({ isStreaming }) => isStreaming)).toEqual([false, false]);
		expect(operations()).toEqual(['close-stream']);
	});

	it('does not close a stream that came to its end', async () => {
		const stream = await platform.openStream(place, recipient, 'whole', signal);
		await recordShown(0, 'stream', stream);
		await record.final(0);
		await recover();
		expect(operations()).toEqual([]);
	});

	it('takes a stream that is closed already as closed', async () => {
		const stream = await platform.openStream(place, recipient, 'half', signal);
		await recordShown(0, 'stream', stream);
		platform.failNext('close-stream', new BotError('PLATFORM_REJECTED', 'closed', { reason: 'stream-closed' }));
		expect(idsOf(await recover())).toEqual([stream.messageId]);
	});

	it('finds a message by its mark when its id was never written down', async () => {
		await post('of another reply', randomUUID());
		const lost = await post('half', replyId);
		await record.intended(0, 'edit');
		expect(idsOf(await recover())).toEqual([lost.messageId]);
	});

	it('finds a stream, which bears no mark while it is open, and closes it', async () => {
		const lost = await platform.openStream(place, recipient, 'half', signal);
		await record.intended(0, 'stream');
		expect(idsOf(await recover())).toEqual([lost.messageId]);
		expect(platform.visible()[0]?.isStreaming).toBe(false);
	});

	it('leaves a message without a mark alone when no stream was lost', async () => {
		const command = await post('Done.');
		await record.intended(0, 'edit');
		expect(idsOf(await recover())).not.toContain(command.messageId);
	});

	it('closes a stream although the platform says "too many" and does not answer at first', async () => {
		const stream = await platform.openStream(place, recipient, 'half', signal);
		await recordShown(0, 'stream', stream);
		platform.failNext('close-stream', new BotError('PLATFORM_RATE_LIMITED', 'slow down', { retryAfterMs: 10 }));
		platform.failNext('close-stream', new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true }));
		await recover();
		expect(platform.visible()[0]?.isStreaming).toBe(false);
	});

	it('puts lost and recorded messages in the order of the thread, each once', async () => {
		const [first, second] = [await post('one', replyId), await post('two', replyId)];
		await recordShown(0, 'edit', first);
		await record.intended(1, 'edit');
		expect(idsOf(await recover())).toEqual([first.messageId, second.messageId]);
	});

	it('looks for lost messages at the pace at which the platform lets threads be read', async () => {
		const paced: Operation[] = [];
		await record.intended(0, 'edit');
		await recover('0500', (operation) => paced.push(operation));
		expect(paced).toEqual(['read-thread']);
	});

	it('finds nothing when the message was never sent', async () => {
		await record.intended(0, 'edit');
		expect(await recover()).toEqual([]);
	});

	it('looks only at what came after the question', async () => {
		const before = await post('before the question', replyId);
		await record.intended(0, 'edit');
		expect(await recover(before.messageId)).toEqual([]);
	});

	it('fails when the thread cannot be read although a message may be lost in it', async () => {
		platform.findOwnMessages = () => Promise.reject(new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true }));
		await record.intended(0, 'edit');
		await expect(recover()).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
	});

	it('writes down what it took over, so that the next one finds it without asking', async () => {
		const lost = await post('half', replyId);
		await record.intended(0, 'stream');
		await recover();
		expect(await readRecordedMessages(opened.database, replyId)).toEqual([
			{ position: 0, mode: 'edit', state: 'shown', reference: { place, messageId: lost.messageId } },
		]);
	});

	it('closes nothing where the platform has no streams', async () => {
		platform = createFakePlatform({ ...roomyCapabilities, stream: null });
		await recordShown(0, 'stream', await post('half'));
		await recover();
		expect(operations()).toEqual([]);
	});
});

async function recover(questionMessageId = '0500', called: (operation: Operation) => void = () => {}): Promise<MessageReference[]> {
	platform.calls.length = 0;
	const { capabilities } = platform;
	const cache = createMemoryCache();
	const pacer = createPacer({
		platform: 'fake',
		capabilities,
		budgets: cache,
		clock: systemClock,
		observer: { called, limited: () => {} },
	});
	const options = { platform, pacer, clock: systemClock, database: opened.database, record, replyId, place, questionMessageId };
	return await recoverMessages(options, signal);
}

async function post(text: string, mark?: string): Promise<MessageReference> {
	return await platform.post(place, { text, buttons: [], ...(mark === undefined ? {} : { replyId: mark }) }, signal);
}

async function recordShown(position: number, mode: 'edit' | 'stream', { messageId }: MessageReference): Promise<void> {
	await record.intended(position, mode);
	await record.shown(position, messageId);
}

function idsOf(references: MessageReference[]): string[] {
	return references.map(({ messageId }) => messageId);
}

function operations(): string[] {
	return platform.calls.map(({ operation }) => operation);
}
