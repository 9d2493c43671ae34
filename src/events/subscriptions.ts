/** Who wants to hear of what happens in places. A room subscribes in one line of `core.ts`; what nobody wants is not kept. */

import type { PlaceEvent, PlaceEvents, PlaceEventType } from '../platform/place-event.ts';

export interface Subscriptions {
	/**
	 * From the inbox: the event is kept until `handle` has resolved, and handed over again when it rejects or its process dies. Only those that
	 * `isMeant` takes, all of them without it.
	 */
	on<Type extends PlaceEventType>(
		types: readonly Type[],
		handle: (event: PlaceEvents[Type], signal: AbortSignal) => Promise<void>,
		isMeant?: (event: PlaceEvents[Type]) => boolean,
	): void;
	/** Before the platform's acknowledgement, each time that it is delivered, in that one process; nothing is kept. `hear` must be quick. */
	atOnce<Type extends PlaceEventType>(types: readonly Type[], hear: (event: PlaceEvents[Type]) => Promise<void>): void;
	/** Whether somebody waits for it in the inbox. */
	isWanted(event: PlaceEvent): boolean;
	/** To those who hear at once. @throws what they throw: then it is not to be acknowledged. */
	tell(event: PlaceEvent): Promise<void>;
	/** To all who subscribed, one after the other. @throws what they throw. */
	handle(event: PlaceEvent, signal: AbortSignal): Promise<'recorded' | 'ignored'>;
}

interface Kept {
	handle(event: PlaceEvent, signal: AbortSignal): Promise<void>;
	isMeant(event: PlaceEvent): boolean;
}
type Hear = (event: PlaceEvent) => Promise<void>;

export function createSubscriptions(): Subscriptions {
	const kept = new Map<PlaceEventType, Kept[]>();
	const hearing = new Map<PlaceEventType, Hear[]>();

	const keptFor = (event: PlaceEvent) => (kept.get(event.type) ?? []).filter(({ isMeant }) => isMeant(event));

	return {
		on: (types, handle, isMeant = () => true) => add(kept, types, { handle, isMeant } as Kept),
		atOnce: (types, hear) => add(hearing, types, hear as Hear),
		isWanted: (event) => keptFor(event).length > 0,
		async tell(event) {
			for (const hear of hearing.get(event.type) ?? []) await hear(event);
		},
		async handle(event, signal) {
			const meant = keptFor(event);
			for (const { handle } of meant) await handle(event, signal);
			return meant.length === 0 ? 'ignored' : 'recorded';
		},
	};
}

function add<Consumer>(to: Map<PlaceEventType, Consumer[]>, types: readonly PlaceEventType[], consumer: Consumer): void {
	for (const type of types) to.set(type, [...(to.get(type) ?? []), consumer]);
}
