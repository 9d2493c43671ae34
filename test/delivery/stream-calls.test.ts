import { expect, it } from 'vitest';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { createPlaceRefusals } from '#src/delivery/place-refusals.ts';
import { createReplyMessage } from '#src/delivery/reply-message.ts';
import { BotError } from '#src/errors.ts';
import { createPacer } from '#src/pacing/pacer.ts';
import type { Capabilities } from '#src/platform/capabilities.ts';
import { createFakePlatform, roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { plainSourceWords } from '#test/fakes/sources.ts';

/** A platform that takes one call a second about a stream, and a message on it. */
async function openStream(text: string) {
	const stream = { ...roomyCapabilities.stream, minCallIntervalMs: 1_000 } as NonNullable<Capabilities['stream']>;
	const capabilities = { ...roomyCapabilities, stream };
	const clock = createManualClock();
	const platform = createFakePlatform(capabilities);
	const cache = createMemoryCache({ clock: clock.now });
	const pacer = createPacer({ platform: 'fake', capabilities, budgets: cache, clock, observer: { called: () => {}, limited: () => {} } });
	const record = { intended: async () => {}, shown: async () => {}, final: async () => {}, isKnown: () => true };
	const observer = { firstText: () => {}, updated: () => {}, detoured: () => {} };
	const { signal } = new AbortController();
	const part = await createReplyMessage(
		{ platform, pacer, clock, record, observer, streamRefusals: createPlaceRefusals(clock) },
		{
			position: 0,
			place: { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '1', kind: 'channel' },
			recipient: { tenantId: 'T', accountId: 'U' },
			replyId: 'answer',
			existing: undefined,
			liveButtons: [],
			sourceWords: plainSourceWords,
			mayStream: true,
			questionMessageId: '0',
			onStopped: () => {},
			signal,
		},
	);
	await part.show(
		() => ({ text, stable: text }),
		() => 0,
		signal,
	);
	return { clock, platform, part };
}

const finalText = (text: string) => ({ text, bareText: text, buttons: [], sources: [] });

it('a stream is left the time that the platform wants between two calls, at its end too and after a failure', async () => {
	const { clock, platform, part } = await openStream('The whole answer.');
	platform.failNext('close-stream', new BotError('PLATFORM_UNAVAILABLE', 'lost', { retryable: true }));
	const finished = part.finish(finalText('The whole answer.'));
	const closings = () => platform.calls.filter(({ operation }) => operation === 'close-stream').length;
	for (const [passedMs, calls] of [
		[900, 0],
		[200, 1],
		[800, 1],
		[300, 2],
	] as const) {
		await clock.advance(passedMs);
		expect(closings()).toBe(calls);
	}
	await finished;
	expect(platform.visible()).toMatchObject([{ text: 'The whole answer.', isStreaming: false }]);
});

it('a text that does not go on from what its stream shows lands whole all the same', async () => {
	const { clock, platform, part } = await openStream('The whole answer, see');
	const finished = part.finish(finalText('The whole answer - see there.'));
	for (let seconds = 0; seconds < 5; seconds++) await clock.advance(1_000);
	await finished;
	expect(platform.visible()).toMatchObject([{ text: 'The whole answer - see there.', isStreaming: false }]);
});
