/** How a message is delivered to its reader, and the budget that is kept for its end. */

import { randomUUID } from 'node:crypto';
import type { Pacer } from '../pacing/pacer.ts';
import type { Capabilities, Operation } from '../platform/capabilities.ts';
import type { Place } from '../platform/place.ts';

/**
 * `stream`: a native stream, closed at the end. `edit`: a post, then edits. `repost`: a post at the start, and at the end the whole text
 * as a new message in place of the first. `once`: a single post at the end.
 */
export type DeliveryMode = 'stream' | 'edit' | 'repost' | 'once';

export interface Reservation {
	readonly mode: DeliveryMode;
	readonly id: string;
	/** The call that the slot is kept for; null when the mode needs none. */
	readonly operation: Operation | null;
	/** Keeps the slot for another two minutes. */
	renew(): Promise<void>;
	/** Gives an unused slot back. */
	release(): Promise<void>;
}

/** The call that ends a message in each mode. */
const endings = { stream: 'close-stream', edit: 'edit', repost: 'remove' } as const;

/**
 * Takes the best mode that still has room for its *end*: a reply that begins in a way it cannot finish in time is worse than one that
 * appears whole. `allowStream` is false where the platform refused native streams lately, or an existing message must be edited.
 */
export async function reserveDelivery(pacer: Pacer, capabilities: Capabilities, place: Place, allowStream: boolean): Promise<Reservation> {
	const id = randomUUID();
	const reserve = (operation: Operation) => pacer.reserve(operation, place, id);
	if (allowStream && capabilities.stream?.kinds.includes(place.kind) && (await reserve('close-stream'))) {
		if (await reserve('open-stream')) return reservation('stream');
		await pacer.release('close-stream', place, id);
	}
	if (await reserve('edit')) return reservation('edit');
	if (await reserve('remove')) return reservation('repost');
	return reservation('once');

	function reservation(mode: DeliveryMode): Reservation {
		const operation = mode === 'once' ? null : endings[mode];
		return {
			mode,
			id,
			operation,
			renew: async () => {
				if (operation !== null) await pacer.reserve(operation, place, id);
			},
			release: async () => {
				if (mode === 'stream') await pacer.release('open-stream', place, id);
				if (operation !== null) await pacer.release(operation, place, id);
			},
		};
	}
}
