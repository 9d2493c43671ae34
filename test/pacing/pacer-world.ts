/** A pacer over a platform with these budgets, and by a clock that the test moves. */

import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { BotError } from '#src/errors.ts';
import { createPacer, type PacedCall, type Pacer } from '#src/pacing/pacer.ts';
import type { Budget, Capabilities, Operation } from '#src/platform/capabilities.ts';
import type { Place } from '#src/platform/place.ts';
import { roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

export const place: Place = { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '1', kind: 'channel' };
/** Of whoever waits to the end. */
export const { signal } = new AbortController();

export const perMinute = (limit: number, scope: Budget['scope'] = 'tenant'): Budget => ({ scope, windows: [{ limit, windowMs: 60_000 }] });

/** What a platform refuses with. */
export const tooMany = (retryAfterMs?: number) =>
	new BotError('PLATFORM_RATE_LIMITED', 'slow', retryAfterMs === undefined ? {} : { retryAfterMs });

export function callTo(where: Place, operation: Operation = 'edit'): PacedCall {
	return { operation, place: where, priority: 'final' };
}

export function openWorld(budgets: Capabilities['budgets'], overall: Capabilities['overall'] = null) {
	const clock = createManualClock();
	const cache = createMemoryCache({ clock: clock.now });
	const called: Operation[] = [];
	const limited: Operation[] = [];
	const sent: string[] = [];
	const observer = {
		called: (operation: Operation) => void called.push(operation),
		limited: (operation: Operation) => void limited.push(operation),
	};
	const capabilities = { ...roomyCapabilities, budgets, overall };
	const openPacer = (platform: string) => createPacer({ platform, capabilities, budgets: cache, clock, observer });
	const pacer = openPacer('fake');
	return {
		clock,
		pacer,
		openPacer,
		called,
		limited,
		sent,
		send(text: string, call: PacedCall = callTo(place), through: Pacer = pacer): void {
			void through.run(call, signal, async () => void sent.push(text));
		},
		/** The limit as the cache has it now. */
		async limitOf(operation: Operation): Promise<number> {
			const { windows = [] } = budgets[operation] ?? {};
			return (await cache.budgetState({ key: `budget:fake:T:${operation}`, windows })).limit;
		},
	};
}
