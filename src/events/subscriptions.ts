/** Who wants to hear of what happens in places. A room subscribes in one line of `core.ts`; what nobody wants is not kept. */

import type { PlaceEvent, PlaceEvents, PlaceEventType } from '../platform/place-event.ts';

export interface Subscriptions {
	/** From the inbox: the event is kept until `handle` has resolved, and handed over again when it rejects or its process dies. */
	on<Type extends PlaceEventType>(types: readonly Type[], handle: (event: PlaceEvents[Type], signal: AbortSignal) => Promise<void>): void;
	/** Before the platform's acknowledgement, each time that it is delivered, in that one process; nothing is kept. `hear` must be quick. */
	atOnce<Type extends PlaceEventType>(types: readonly Type[], hear: (event: PlaceEvents[Type]) => Promise<void>): void;
	/** Whether somebody waits for it in the inbox. */
	isWanted(event: PlaceEvent): boolean;
	/** To those who hear at once. @throws what they throw: then it is not to be acknowledged. */
	tell(event: PlaceEvent): Promise<void>;
	/** To all who subscribed, one after the other. @throws what they throw. */
	handle(event: PlaceEvent, signal: AbortSignal): Promise<'recorded' | 'ignored'>;
}

type Handle = (event: PlaceEvent, signal: AbortSignal) => Promise<void>;
type Hear = (event: PlaceEvent) => Promise<void>;

export function createSubscriptions(): Subscriptions {
	const kept = new Map<PlaceEventType, Handle[]>();
	const hearing = new Map<PlaceEventType, Hear[]>();

	return {
		on: (types, handle) => add(kept, types, handle as Handle),
		atOnce: (types, hear) => add(hearing, types, hear as Hear),
		isWanted: ({ type }) => kept.has(type),
		async tell(event) {
			for (const hear of hearing.get(event.type) ?? []) await hear(event);
		},
		async handle(event, signal) {
			const handles = kept.get(event.type) ?? [];
			for (const handle of handles) await handle(event, signal);
			return handles.length === 0 ? 'ignored' : 'recorded';
		},
	};
}

function add<Consumer>(to: Map<PlaceEventType, Consumer[]>, types: readonly PlaceEventType[], consumer: Consumer): void {
	for (const type of types) to.set(type, [...(to.get(type) ?? []), consumer]);
}
