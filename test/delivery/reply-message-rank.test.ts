/** Which messages of a reply go before the ends of others while its reader waits. */

import { expect, it } from 'vitest';
import { createPlaceRefusals } from '#src/delivery/place-refusals.ts';
import { createReplyMessage } from '#src/delivery/reply-message.ts';
import type { PacedCall } from '#src/pacing/pacer.ts';
import { createFakePlatform, roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { plainSourceWords } from '#test/fakes/sources.ts';

it.each([
	['the first one', 0, 'overdue'],
	['none that follows on text', 1, 'first'],
])('%s', async (_name, position, rank) => {
	const clock = createManualClock();
	const platform = createFakePlatform({ ...roomyCapabilities, stream: null });
	const ranks: string[] = [];
	const pacer = {
		run: async <Result>({ priority }: PacedCall, _signal: AbortSignal, send: () => Promise<Result>) => {
			ranks.push(typeof priority === 'function' ? priority() : priority);
			return await send();
		},
		reserve: async () => true,
		release: async () => {},
		isFree: async () => true,
	};
	const record = { intended: async () => {}, shown: async () => {}, final: async () => {}, isKnown: () => true };
	const observer = { firstText: () => {}, updated: () => {}, detoured: () => {} };
	const { signal } = new AbortController();
	const part = await createReplyMessage(
		{ platform, pacer, clock, record, observer, streamRefusals: createPlaceRefusals(clock) },
		{
			position,
			place: { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '1', kind: 'channel' },
			recipient: { tenantId: 'T', accountId: 'U' },
			replyId: 'answer',
			existing: undefined,
			liveButtons: [],
			sourceWords: plainSourceWords,
			mayStream: false,
			questionMessageId: '0',
			onStopped: () => {},
			isOverdue: () => true,
			signal,
		},
	);
	const text = () => ({ text: 'Some words.', stable: 'Some words.' });
	await part.show(text, () => 0, signal);
	expect(ranks).toEqual([rank]);
});
