/** One reply on a platform in memory, with its time moved by hand. */

import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { createPlaceRefusals } from '#src/delivery/place-refusals.ts';
import { type Reply, type ReplyOptions, startReply } from '#src/delivery/reply.ts';
import { createPacer } from '#src/pacing/pacer.ts';
import type { Budget, Capabilities } from '#src/platform/capabilities.ts';
import type { Place } from '#src/platform/place.ts';
import { createFakePlatform, type FakePlatform, roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import { plainSourceWords } from '#test/fakes/sources.ts';

export const perMinute = (limit: number): Budget => ({ scope: 'tenant', windows: [{ limit, windowMs: 60_000 }] });
export const editOnly: Capabilities = { ...roomyCapabilities, stream: null };
const buttons = [{ label: 'Again', action: { name: 'retry' as const, replyId: 'r' } }];

export const place: Place = { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '1', kind: 'channel' };

export function openWorld(capabilities: Capabilities) {
	const clock = createManualClock();
	const platform = createFakePlatform(capabilities);
	const cache = createMemoryCache({ clock: clock.now });
	const pacer = createPacer({ platform: 'fake', capabilities, budgets: cache, clock, observer: { called: () => {}, limited: () => {} } });
	const known = new Set<string>();
	const intended: number[] = [];
	const record = {
		intended: async (position: number) => void intended.push(position),
		shown: async (_position: number, messageId: string) => void known.add(messageId),
		final: async () => {},
		isKnown: (messageId: string) => known.has(messageId),
	};
	const seen: string[] = [];
	const observer = {
		firstText: () => void seen.push('first text'),
		updated: () => {},
		detoured: (reason: string) => void seen.push(reason),
	};
	const stopped: string[] = [];
	const leaving = new AbortController();
	const { signal } = leaving;
	const start = (replyId: string, existing: { place: Place; messageId: string }[] = [], more: Partial<ReplyOptions> = {}) =>
		startReply(
			{ platform, pacer, clock, record, observer, streamRefusals: createPlaceRefusals(clock) },
			{
				place,
				recipient: { tenantId: 'T', accountId: 'U' },
				replyId,
				existing,
				liveButtons: [],
				sourceWords: plainSourceWords,
				mayStream: true,
				questionMessageId: '0',
				onStopped: () => void stopped.push(replyId),
				signal,
				...more,
			},
		);
	return { clock, platform, pacer, start, signal, stopped, seen, intended, leave: () => leaving.abort() };
}

export function open(capabilities: Capabilities): { platform: FakePlatform; clock: ManualClock; reply: Reply; seen: string[] } {
	const world = openWorld(capabilities);
	return { ...world, reply: world.start('answer') };
}

/** Gives the text in small pieces, one every `pauseMs`. */
export async function type(reply: Reply, clock: ManualClock, text: string, pauseMs: number): Promise<void> {
	for (let index = 0; index < text.length; index += 20) {
		reply.append(text.slice(index, index + 20));
		await clock.advance(pauseMs);
	}
}

export async function finish(reply: Reply, clock: ManualClock, withinMs = 5_000, notice?: string): Promise<void> {
	let isDone = false;
	const end = reply.end({ buttons, ...(notice === undefined ? {} : { notice }) }).then(() => {
		isDone = true;
	});
	await Promise.race([end, clock.advanceUntil(() => isDone, withinMs)]);
	await end;
}
